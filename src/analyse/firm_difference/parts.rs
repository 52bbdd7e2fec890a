//! The kinds of differences of one person.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::access::SharedAccess;

/// Roles that were given and taken, in the order of the rule file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoleChanges {
    /// The roles that were given.
    pub given: Vec<ProductRole>,
    /// The roles that were taken.
    pub taken: Vec<ProductRole>,
}

/// A role of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProductRole {
    /// Id of the product.
    pub product: Arc<str>,
    /// Id of the role.
    pub role: Arc<str>,
}

impl RoleChanges {
    pub(super) fn keep_product(&mut self, product: &str) {
        for list in [&mut self.given, &mut self.taken] {
            list.retain(|it| &*it.product == product);
        }
    }
}

/// A setting with another value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SettingChange {
    /// Id of the product.
    pub product: Arc<str>,
    /// Id of the setting.
    pub setting: Arc<str>,
    /// The value before.
    pub from: Arc<str>,
    /// The value after.
    pub to: Arc<str>,
}

/// The differences of people who are alike in both states, and their consequences.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SharedDifference {
    pub(super) roles: RoleChanges,
    pub(super) settings: Vec<SettingChange>,
    /// By product.
    pub(super) gained: Vec<SharedAccess>,
    pub(super) lost: Vec<SharedAccess>,
}

impl SharedDifference {
    pub(super) fn keep_product(&mut self, product: &str) {
        self.roles.keep_product(product);
        self.settings.retain(|setting| &*setting.product == product);
        for lists in [&mut self.gained, &mut self.lost] {
            let is_of = |list: &SharedAccess| list.iter().all(|access| access.product() == product);
            lists.retain(is_of);
        }
    }

    /// Whether there is any difference.
    pub(super) fn is_any(&self) -> bool {
        let roles = self.roles.given.len() + self.roles.taken.len();
        let mut access = self.gained.iter().chain(&self.lost);
        roles + self.settings.len() > 0 || access.any(|list| !list.is_empty())
    }
}

/// A difference that permission changes cannot make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Outside {
    /// The kind of difference.
    pub kind: OutsideKind,
    /// For a seat, the id of its product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<Arc<str>>,
    /// For a name, the old one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// For a name, the new one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// The kinds of differences that permission changes cannot make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OutsideKind {
    /// The person was added.
    Added,
    /// The person was removed.
    Removed,
    /// The person was enabled.
    Enabled,
    /// The person was disabled.
    Disabled,
    /// The person has another name.
    Renamed,
    /// The person got a seat.
    SeatGiven,
    /// The person lost their seat.
    SeatTaken,
}
