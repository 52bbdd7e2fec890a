//! `bulk`: are these permission changes accepted, all of them at once?

use serde::{Deserialize, Serialize};

use super::change::ChangeReply;
use crate::answer::ValueWord;
use crate::change::{Bulk, Change};
use crate::protocol::error::AskFailure;
use crate::protocol::json::text_or_null;
use crate::protocol::questions::{Ask, QuestionOutcome};
use crate::protocol::world::World;

/// Are these permission changes accepted, all of them or none?
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BulkRequest {
    /// Id of the product; needed where several have bulk changes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Id of the user who asks for them.
    pub user: String,
    /// The changes.
    pub parts: Vec<PartRequest>,
}

/// A part of a bulk change. Who asks for it, and in which product, stands around it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct PartRequest {
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

impl From<&Change> for PartRequest {
    fn from(change: &Change) -> Self {
        Self {
            change: change.change.clone(),
            role: change.role.clone(),
            setting: change.setting.clone(),
            value: change.value.clone().map(ValueWord),
            target: change.target.clone(),
        }
    }
}

impl From<&Bulk> for BulkRequest {
    fn from(bulk: &Bulk) -> Self {
        Self {
            product: bulk.product.clone(),
            user: bulk.user.clone(),
            parts: bulk.parts.iter().map(Into::into).collect(),
        }
    }
}

impl PartRequest {
    fn change(&self, user: &str) -> Change {
        Change {
            product: None,
            user: user.to_owned(),
            change: self.change.clone(),
            role: self.role.clone(),
            setting: self.setting.clone(),
            value: self.value.clone().map(|ValueWord(value)| value),
            target: self.target.clone(),
        }
    }
}

impl Ask for BulkRequest {
    type Reply = ChangeReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<ChangeReply>, AskFailure> {
        let bulk = Bulk {
            product: world.meant(self.product.as_deref()).map(str::to_owned),
            user: self.user.clone(),
            parts: self
                .parts
                .iter()
                .map(|part| part.change(&self.user))
                .collect(),
        };
        Ok(QuestionOutcome::of(&world.firm().judge_bulk(&bulk)?))
    }

    fn product(&self) -> Option<&str> {
        self.product.as_deref()
    }

    fn product_mut(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.product)
    }
}
