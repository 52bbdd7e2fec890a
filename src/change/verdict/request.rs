//! The request of a verdict, in its own words.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::change::{Bulk, Change, ChangePart};

/// The request, in its own words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(super) struct RequestWords {
    pub(super) product: Arc<str>,
    pub(super) user: String,
    #[serde(flatten)]
    change: Option<ChangePart>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    parts: Vec<ChangePart>,
}

impl RequestWords {
    pub(super) fn of(change: &Change, product: &Arc<str>) -> Self {
        Self {
            product: Arc::clone(product),
            user: change.user.clone(),
            change: Some(change.into()),
            parts: Vec::new(),
        }
    }

    /// A bulk change, by its parts.
    pub(super) fn of_bulk(bulk: &Bulk, product: &Arc<str>) -> Self {
        Self {
            product: Arc::clone(product),
            user: bulk.user.clone(),
            change: None,
            parts: bulk.parts.clone(),
        }
    }
}
