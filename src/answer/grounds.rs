//! Grounds: the rule that decided, and everything it states.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::link::product::Basis;

/// The rule that decided, and everything it says.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Grounds {
    /// Whether the source document states it.
    pub basis: Basis,
    /// Id of the rule.
    pub rule: Arc<str>,
    /// The reason in plain words.
    pub reason: Arc<str>,
    /// Whether the source document states what the reason says; only where that is not the basis of the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason_basis: Option<Basis>,
    /// Where the rule stands, as `file:line`.
    pub place: String,
    /// The heading of the section of the source document.
    pub section: Arc<str>,
    /// Where in the product it is done. Only allowed answers have it.
    #[serde(rename = "where", default, skip_serializing_if = "Option::is_none")]
    pub site: Option<Arc<str>>,
}
