//! What can be different of one person.

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
    /// What it was.
    pub from: Arc<str>,
    /// What it is.
    pub to: Arc<str>,
}

/// What is different of people who were alike and are alike, and what follows from it.
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

    /// Whether anything is different.
    pub(super) fn is_any(&self) -> bool {
        let roles = self.roles.given.len() + self.roles.taken.len();
        let mut access = self.gained.iter().chain(&self.lost);
        roles + self.settings.len() > 0 || access.any(|list| !list.is_empty())
    }
}

/// Something that no permission change alters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Outside {
    /// What it is.
    pub kind: OutsideKind,
    /// Of a seat, id of its product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<Arc<str>>,
    /// Of a name, what it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// Of a name, what it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
}

/// What no permission change alters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum OutsideKind {
    /// Somebody is new.
    Added,
    /// Somebody is gone.
    Removed,
    /// Somebody is enabled who was not.
    Enabled,
    /// Somebody is disabled who was not.
    Disabled,
    /// Somebody has another name.
    Renamed,
    /// Somebody has a seat who had none.
    SeatGiven,
    /// Somebody has no seat who had one.
    SeatTaken,
}
