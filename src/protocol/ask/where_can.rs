//! `where_can`: to whom, or to what, may this user do this?

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::page::UserPage;
use crate::analyse::WhereCan;
use crate::answer::{FactMap, Grounds, Question};
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome, names_product};
use crate::protocol::world::World;

/// To whom, or to which things, may this user do this action? It has to be one that is done to somebody or something.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WhereCanRequest {
    /// Id of the product; needed where several know the action.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Id of the user who asks.
    pub user: String,
    /// Id of the action.
    pub action: String,
    /// Facts of the action by their names.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "FactMap")]
    pub facts: Vec<(String, String)>,
    /// Id of the last target of the previous page. Without it, the first page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// The most targets on a page. Without it, there is one page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<usize>,
}

/// To whom or what it is allowed, in the order of the firm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WhereCanReply {
    /// Everybody, or everything, to whom it may be done.
    pub allowed: Vec<AllowedTarget>,
    /// If more targets follow, the `after` of the next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Arc<str>>,
}

/// A user or thing to whom it may be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AllowedTarget {
    /// Id of the user or thing to whom it may be done.
    pub target: Arc<str>,
    /// The rule that decided.
    #[serde(flatten)]
    pub grounds: Arc<Grounds>,
}

impl WhereCanRequest {
    /// On whom `user` may do `action`, both by their ids.
    pub fn of(user: impl Into<String>, action: impl Into<String>) -> Self {
        Self {
            user: user.into(),
            action: action.into(),
            ..Self::default()
        }
    }
}

impl WhereCanReply {
    fn of(on_whom: &WhereCan<'_>, page: UserPage) -> Self {
        // Targets of one kind share the same answer.
        let grounds = on_whom
            .kinds()
            .map(|answer| answer.map(|answer| answer.grounds()));
        let grounds: Vec<_> = grounds.map(|grounds| grounds.map(Arc::new)).collect();
        let mut allowed = Vec::new();
        let next = page.take(on_whom.targets_by_kind(page.behind), |target, kind| {
            let grounds = grounds.get(kind).cloned().flatten();
            allowed.extend(grounds.map(|grounds| AllowedTarget { target, grounds }));
        });
        Self { allowed, next }
    }
}

impl Ask for WhereCanRequest {
    type Reply = WhereCanReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<WhereCanReply>, AskFailure> {
        let question = Question::new(&*self.user, &*self.action);
        let question = world.about(question, self.product.as_deref(), None, &self.facts);
        let on_whom = world.firm().where_can(&question)?;
        let after = self.after.as_deref().map(|id| on_whom.target_number(id));
        let page = UserPage::behind(after.transpose()?, self.limit);
        Ok(QuestionOutcome::new(
            on_whom.count() > 0,
            Some(on_whom.product()),
            WhereCanReply::of(&on_whom, page),
        ))
    }

    names_product!(product);
}
