//! `change`: is this permission change accepted?

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::answer::{HeldConflict, ValueWord};
use crate::change::{AlteredValue, Change, Reason, Verdict, VerdictWord};
use crate::protocol::error::AskFailure;
use crate::protocol::grounds::ReplyGrounds;
use crate::protocol::json::text_or_null;
use crate::protocol::questions::{Ask, QuestionOutcome};
use crate::protocol::world::World;

/// Is this permission change accepted, and what follows from it?
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangeRequest {
    /// Id of the product; needed where several know the change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Id of the user who asks for it.
    pub user: String,
    /// Id of the change.
    pub change: String,
    /// The role that is given or taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// The setting that is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub setting: Option<String>,
    /// What it is set to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<ValueWord>,
    /// Id of the user it is done to.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "text_or_null"
    )]
    pub target: Option<String>,
}

/// Whether it is accepted, on what grounds, and what follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChangeReply {
    /// Whether it is accepted. Whatever is not `accept` is a no.
    pub verdict: VerdictWord,
    /// Ids of the effects, in the order of the rule file.
    pub effects: Vec<Arc<str>>,
    /// The rule that accepted, or the first that refused.
    #[serde(flatten)]
    pub grounds: ReplyGrounds,
    /// Every ground of a rejection; none of an acceptance.
    pub reasons: Vec<Reason>,
    /// What is different afterwards; nothing after a rejection.
    pub altered: Vec<AlteredValue>,
    /// Conflicts that somebody newly holds afterwards. They refuse nothing.
    pub conflicts: Vec<HeldConflict>,
}

impl From<&Change> for ChangeRequest {
    fn from(change: &Change) -> Self {
        Self {
            product: change.product.clone(),
            user: change.user.clone(),
            change: change.change.clone(),
            role: change.role.clone(),
            setting: change.setting.clone(),
            value: change.value.clone().map(ValueWord),
            target: change.target.clone(),
        }
    }
}

impl From<&Verdict> for ChangeReply {
    fn from(verdict: &Verdict) -> Self {
        Self {
            verdict: match verdict.is_accepted() {
                true => VerdictWord::Accept,
                false => VerdictWord::Reject,
            },
            effects: verdict.effects().into_iter().map(Arc::from).collect(),
            grounds: verdict.into(),
            reasons: verdict.reasons().to_vec(),
            altered: verdict.altered().to_vec(),
            conflicts: verdict.conflicts().to_vec(),
        }
    }
}

impl QuestionOutcome<ChangeReply> {
    pub(super) fn of(verdict: &Verdict) -> Self {
        Self {
            yes: verdict.is_accepted(),
            product: Some(verdict.product().to_owned()),
            reply: verdict.into(),
        }
    }
}

impl Ask for ChangeRequest {
    type Reply = ChangeReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<ChangeReply>, AskFailure> {
        let change = Change {
            product: world.meant(self.product.as_deref()).map(str::to_owned),
            user: self.user.clone(),
            change: self.change.clone(),
            role: self.role.clone(),
            setting: self.setting.clone(),
            value: self.value.clone().map(|ValueWord(value)| value),
            target: self.target.clone(),
        };
        Ok(QuestionOutcome::of(&world.firm().judge(&change)?))
    }

    fn product(&self) -> Option<&str> {
        self.product.as_deref()
    }

    fn product_mut(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.product)
    }
}
