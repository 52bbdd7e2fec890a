//! `who_can`: who may do this?

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::page::UserPage;
use crate::analyse::{MissingInput, WhoCan};
use crate::answer::{FactMap, Grounds, Question, text_or_null};
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome, names_product};
use crate::protocol::world::World;

/// Who may do this action?
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WhoCanRequest {
    /// Id of the product; needed where several know the action.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Id of the action.
    pub action: String,
    /// Id of the user or the thing it is done to, where the action is done to one.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text_or_null"
    )]
    pub target: Option<String>,
    /// Facts of the action by their names.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "FactMap")]
    pub facts: Vec<(String, String)>,
    /// Ids of the users who are listed; the firm stays whole. Without it, all users.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Vec<String>>,
    /// Id of the last user of the previous page. Without it, the first page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// The most users on a page. Without it, there is one page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<usize>,
}

/// Who may, and who may not, in the order of the firm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WhoCanReply {
    /// Everybody for whom it is allowed.
    pub allowed: Vec<AllowedUser>,
    /// Everybody for whom it is denied.
    pub denied: Vec<DeniedUser>,
    /// If more users follow, the `after` of the next page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Arc<str>>,
}

/// A user for whom it is allowed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AllowedUser {
    /// Id of the user.
    pub user: Arc<str>,
    /// The rule that decided.
    #[serde(flatten)]
    pub grounds: Arc<Grounds>,
}

/// A user for whom it is denied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DeniedUser {
    /// Id of the user.
    pub user: Arc<str>,
    /// The rule that decided.
    #[serde(flatten)]
    pub grounds: Arc<Grounds>,
    /// The fewest things that would have to be different, together; none where nothing allows it.
    pub missing: Arc<[MissingInput]>,
}

impl WhoCanRequest {
    /// Who may do an action, by its id.
    pub fn of(action: impl Into<String>) -> Self {
        Self {
            action: action.into(),
            ..Self::default()
        }
    }
}

impl WhoCanReply {
    fn of(who: &WhoCan<'_>, page: UserPage) -> Self {
        // Users of one kind share the same answer.
        let kinds: Vec<_> = who
            .kinds()
            .map(|(answer, missing)| {
                let grounds = Arc::new(answer.grounds());
                (answer.is_allowed(), grounds, Arc::clone(missing))
            })
            .collect();
        let (mut allowed, mut denied) = (Vec::new(), Vec::new());
        let users = who.users_by_kind(page.behind);
        let next = page.take(users, |user, kind| match kinds.get(kind) {
            Some((true, grounds, _)) => allowed.push(AllowedUser {
                user,
                grounds: Arc::clone(grounds),
            }),
            Some((false, grounds, missing)) => denied.push(DeniedUser {
                user,
                grounds: Arc::clone(grounds),
                missing: Arc::clone(missing),
            }),
            None => {}
        });
        Self {
            allowed,
            denied,
            next,
        }
    }
}

impl Ask for WhoCanRequest {
    type Reply = WhoCanReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<WhoCanReply>, AskFailure> {
        let (product, target) = (self.product.as_deref(), self.target.as_deref());
        let question = Question::of_everybody(&*self.action);
        let question = world.about(question, product, target, &self.facts);
        let page = UserPage::of(world, self.after.as_deref(), self.limit)?;
        let mut who = world.firm().who_can(&question)?;
        if let Some(only) = &self.only {
            who = who.only(only)?;
        }
        Ok(QuestionOutcome::new(
            who.counts().0 > 0,
            Some(who.product()),
            WhoCanReply::of(&who, page),
        ))
    }

    names_product!(product);
}
