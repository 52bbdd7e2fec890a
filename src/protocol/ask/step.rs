//! A change that somebody makes, as it stands in replies: a line that `batch` takes.

use serde::{Deserialize, Serialize};

use crate::answer::ValueWord;
use crate::change::Change;

/// A change with who makes it. It can be asked as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StepReply {
    /// Id of the product.
    pub product: String,
    /// Id of the user who makes it.
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
}

impl StepReply {
    /// A change in this product.
    pub(super) fn of(change: &Change, product: &str) -> Self {
        Self {
            product: product.to_owned(),
            user: change.user.clone(),
            change: change.change.clone(),
            role: change.role.clone(),
            setting: change.setting.clone(),
            value: change.value.clone().map(ValueWord),
            target: change.target.clone(),
        }
    }
}
