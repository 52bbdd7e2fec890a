//! What replies say of people and things.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::access_path::AccessPath;
use crate::answer::FactMap;

/// What people may do on things in one of two states of a firm, and not in the other.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct AccessOnThings {
    /// What they newly may do.
    pub gained: Vec<ThingAccess>,
    /// What they may no longer do.
    pub lost: Vec<ThingAccess>,
    /// The number of things that were not compared, because there were more rows than
    /// [`Limits::thing_rows`](crate::Limits::thing_rows), or, for a plan, because
    /// [`Limits::search_time`](crate::Limits::search_time) was over.
    #[serde(default, skip_serializing_if = "crate::answer::is_zero")]
    pub left_out: usize,
}

/// The same actions of the same people on the same things, through the same lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ThingAccess {
    /// Id of the product.
    pub product: Arc<str>,
    /// Id of the kind of things.
    pub kind: Arc<str>,
    /// Ids of the first things, in the order of the firm.
    pub things: Vec<Arc<str>>,
    /// How many things there are beyond these.
    #[serde(default, skip_serializing_if = "crate::answer::is_zero")]
    pub more_things: usize,
    /// Who may do what on each of them.
    #[serde(flatten)]
    pub who: UserActions,
}

/// The same actions of the same people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct UserActions {
    /// The actions.
    pub actions: Vec<ActionOnThing>,
    /// Ids of the first users, in the order of the firm.
    pub users: Vec<Arc<str>>,
    /// How many users there are beyond these.
    #[serde(default, skip_serializing_if = "crate::answer::is_zero")]
    pub more_users: usize,
    /// The lists through which they may do it: each of them is enough, or all are needed. Empty where they may do it whatever the
    /// lists say.
    pub through: Vec<AccessPath>,
}

/// An action with its facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ActionOnThing {
    /// Its id.
    pub action: Arc<str>,
    /// Its facts without defaults that no thing says, with the values this is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "FactMap")]
    pub facts: Vec<(String, String)>,
}

impl ThingAccess {
    /// Most users, and most things, that are named. Beyond that they are counted.
    pub const MOST_NAMED: usize = 50;
}

impl AccessOnThings {
    /// Whether nothing is gained or lost.
    pub fn is_empty(&self) -> bool {
        self.gained.is_empty() && self.lost.is_empty() && self.left_out == 0
    }

    /// Keeps one product.
    pub(in crate::analyse) fn keep_product(&mut self, product: &str) {
        for rows in [&mut self.gained, &mut self.lost] {
            rows.retain(|row| &*row.product == product);
        }
    }
}
