//! What can be different of one person.

use std::sync::Arc;

use serde::Serialize;

/// Roles that were given and taken, in the order of the rule file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct GivenTaken {
    pub(super) given: Vec<OfProduct>,
    pub(super) taken: Vec<OfProduct>,
}

/// A role of a product.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct OfProduct {
    pub(super) product: Arc<str>,
    pub(super) role: Arc<str>,
}

impl GivenTaken {
    pub(super) fn keep_product(&mut self, product: &str) {
        for list in [&mut self.given, &mut self.taken] {
            list.retain(|it| &*it.product == product);
        }
    }

    /// The roles that were given: ids of product and role.
    pub fn given(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.given.iter().map(|it| (&*it.product, &*it.role))
    }

    /// The roles that were taken: ids of product and role.
    pub fn taken(&self) -> impl ExactSizeIterator<Item = (&str, &str)> {
        self.taken.iter().map(|it| (&*it.product, &*it.role))
    }
}

/// A setting with another value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SettingChange {
    /// Id of the product.
    pub product: Arc<str>,
    /// Id of the setting.
    pub setting: Arc<str>,
    /// What it was.
    pub from: String,
    /// What it is.
    pub to: String,
}

/// Something that no permission change alters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
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
