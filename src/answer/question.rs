//! Questions by names.

/// May this user do this action, to this target, given these facts?
///
/// ```
/// use clio_rules::Question;
///
/// let about_a_person = Question::new("tomas", "edit_user_profile").product("manage").target("wren");
/// let about_a_matter = Question::new("wren", "open_matter").fact("matter_access", "listed");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Question {
    pub(crate) product: Option<String>,
    pub(crate) user: String,
    pub(crate) action: String,
    pub(crate) target: Option<String>,
    pub(crate) facts: Vec<(String, String)>,
}

impl Question {
    /// Whether `user` may do `action`, both by their ids.
    pub fn new(user: impl Into<String>, action: impl Into<String>) -> Self {
        Self {
            user: user.into(),
            action: action.into(),
            ..Self::default()
        }
    }

    /// Says which product is meant. Needed where several declare the action.
    #[must_use]
    pub fn product(mut self, product: impl Into<String>) -> Self {
        self.product = Some(product.into());
        self
    }

    /// Names the user that it is done to.
    #[must_use]
    pub fn target(mut self, target: impl Into<String>) -> Self {
        self.target = Some(target.into());
        self
    }

    /// Supplies a fact of the action.
    #[must_use]
    pub fn fact(mut self, fact: impl Into<String>, value: impl Into<String>) -> Self {
        self.facts.push((fact.into(), value.into()));
        self
    }
}
