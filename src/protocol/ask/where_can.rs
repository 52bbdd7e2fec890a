//! `where_can`: on whom may this user do this?

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::can::about;
use super::page::page;
use crate::analyse::WhereCan;
use crate::answer::{Question, given};
use crate::protocol::error::AskFailure;
use crate::protocol::grounds::ReplyGrounds;
use crate::protocol::questions::{Ask, QuestionOutcome};
use crate::protocol::world::World;

/// On whom may this user do this action? It has to be one that is done to somebody.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WhereCanRequest {
    /// Id of the product; needed where several know the action.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Id of the user who asks.
    pub user: String,
    /// Id of the action.
    pub action: String,
    /// Facts of the action by their names.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "given")]
    #[cfg_attr(
        feature = "schema",
        schemars(with = "std::collections::BTreeMap<String, crate::answer::ValueWord>")
    )]
    pub facts: Vec<(String, String)>,
    /// Id of the last target of the page before this one; without it, the first page is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// How many targets a page has at most; without it, there is one page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<usize>,
}

/// On whom it is allowed, in the order of the firm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WhereCanReply {
    /// Everybody to whom it may be done.
    pub allowed: Vec<AllowedTarget>,
    /// Where more targets follow: what the next page's `after` is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Arc<str>>,
}

/// A user to whom it may be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AllowedTarget {
    /// Id of the user to whom it may be done.
    pub target: Arc<str>,
    /// The rule that decided.
    #[serde(flatten)]
    pub grounds: Arc<ReplyGrounds>,
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
    /// One page, which starts behind so many users.
    fn page(on_whom: &WhereCan<'_>, behind: usize, limit: Option<usize>) -> Self {
        // Targets of one kind share what is said of them.
        let grounds = on_whom.kinds().map(|answer| answer.map(ReplyGrounds::from));
        let grounds: Vec<_> = grounds.map(|grounds| grounds.map(Arc::new)).collect();
        let mut allowed = Vec::new();
        let next = page(on_whom.targets_by_kind(behind), limit, |target, kind| {
            let grounds = grounds.get(kind).cloned().flatten();
            allowed.extend(grounds.map(|grounds| AllowedTarget { target, grounds }));
        });
        Self { allowed, next }
    }
}

impl Ask for WhereCanRequest {
    type Reply = WhereCanReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<WhereCanReply>, AskFailure> {
        let question = about(
            Question::new(&*self.user, &*self.action),
            world,
            self.product.as_deref(),
            None,
            &self.facts,
        );
        let behind = world.behind(self.after.as_deref())?;
        let on_whom = world.firm().where_can(&question)?;
        Ok(QuestionOutcome {
            yes: on_whom.count() > 0,
            product: Some(on_whom.product().to_owned()),
            reply: WhereCanReply::page(&on_whom, behind, self.limit),
        })
    }

    fn product(&self) -> Option<&str> {
        self.product.as_deref()
    }

    fn product_mut(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.product)
    }
}
