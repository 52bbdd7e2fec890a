//! The differences without steps, by product.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The number of roles and settings for which the search for steps was cut off. It is written as one number.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(into = "usize", from = "usize")]
#[cfg_attr(feature = "schema", schemars(with = "usize"))]
pub struct Unplanned(pub(super) Vec<(Arc<str>, usize)>);

impl Unplanned {
    /// The number of differences.
    pub fn count(&self) -> usize {
        self.0.iter().map(|(_, count)| count).sum()
    }

    pub(super) fn is_none(&self) -> bool {
        self.count() == 0
    }

    pub(super) fn keep_product(&mut self, product: &str) {
        self.0.retain(|(of, _)| **of == *product);
    }
}

impl PartialEq for Unplanned {
    fn eq(&self, other: &Self) -> bool {
        self.count() == other.count()
    }
}

impl Eq for Unplanned {}

impl From<Unplanned> for usize {
    fn from(unplanned: Unplanned) -> Self {
        unplanned.count()
    }
}

impl From<usize> for Unplanned {
    fn from(count: usize) -> Self {
        Self(vec![("".into(), count)])
    }
}
