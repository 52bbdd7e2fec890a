//! Questions by names.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::{FactMap, text_or_null};

/// May this user do this action, to this target, given these facts?
///
/// It borrows its names, or owns those that are passed as `String`.
///
/// ```
/// use clio_rules::Question;
///
/// let about_a_person = Question::new("tomas", "edit_user_profile").product("manage").target("wren");
/// let about_a_matter = Question::new("wren", "open_matter").fact("matter_access", "listed");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Question<'q> {
    /// Id of the product. It is needed when several products have the action.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<Cow<'q, str>>,
    /// Id of the user who asks.
    pub user: Cow<'q, str>,
    /// Id of the action.
    pub action: Cow<'q, str>,
    /// Id of the target, for actions that have one.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text_or_null"
    )]
    pub target: Option<Cow<'q, str>>,
    /// Facts of the action by their names.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "FactMap")]
    #[cfg_attr(
        feature = "schema",
        schemars(!default, with = "Option<FactMap>")
    )]
    pub facts: Vec<(Cow<'q, str>, Cow<'q, str>)>,
}

impl<'q> Question<'q> {
    /// Whether `user` may do `action`, both by their ids.
    pub fn new(user: impl Into<Cow<'q, str>>, action: impl Into<Cow<'q, str>>) -> Self {
        Self {
            user: user.into(),
            action: action.into(),
            ..Self::default()
        }
    }

    /// Who may do `action`? For [`Firm::who_can`](crate::Firm::who_can), which asks it for everybody.
    ///
    /// ```
    /// use clio_rules::Question;
    ///
    /// let about_a_person = Question::of_everybody("edit_user_profile").target("wren");
    /// ```
    pub fn of_everybody(action: impl Into<Cow<'q, str>>) -> Self {
        Self::new("", action)
    }

    /// Names the product. It is needed when several products declare the action.
    #[must_use]
    pub fn product(mut self, product: impl Into<Cow<'q, str>>) -> Self {
        self.product = Some(product.into());
        self
    }

    /// Names the target.
    #[must_use]
    pub fn target(mut self, target: impl Into<Cow<'q, str>>) -> Self {
        self.target = Some(target.into());
        self
    }

    /// The facts that are given, as they are written.
    pub(crate) fn given(&self) -> Vec<(String, String)> {
        let facts = self.facts.iter();
        let owned = facts.map(|(name, value)| (name.to_string(), value.to_string()));
        owned.collect()
    }

    /// Supplies a fact of the action.
    #[must_use]
    pub fn fact(mut self, fact: impl Into<Cow<'q, str>>, value: impl Into<Cow<'q, str>>) -> Self {
        self.facts.push((fact.into(), value.into()));
        self
    }
}
