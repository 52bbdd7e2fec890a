//! Grounds: the rule that decided, and everything it states.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::link::product::Basis;

/// The rule that decided, and everything it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

/// The methods by which an answer shows its grounds.
macro_rules! says_by_grounds {
    () => {
        /// Everything that the rule states.
        pub fn grounds(&self) -> &crate::answer::Grounds {
            &self.grounds
        }

        /// Id of the rule that decided.
        pub fn rule(&self) -> &str {
            &self.grounds.rule
        }

        /// The reason in plain words.
        pub fn reason(&self) -> &str {
            &self.grounds.reason
        }

        /// Whether the source document states it. It is also `inferred` when the other option of any single reading
        /// would turn the answer.
        pub fn basis(&self) -> crate::link::product::Basis {
            self.grounds.basis
        }

        /// Whether the source document states what the reason says; only where that is not the basis of the answer.
        pub fn reason_basis(&self) -> Option<crate::link::product::Basis> {
            self.grounds.reason_basis
        }

        /// Where the rule stands, as `file:line`.
        pub fn place(&self) -> &str {
            &self.grounds.place
        }

        /// The heading of the section of the source document.
        pub fn section(&self) -> &str {
            &self.grounds.section
        }

        /// Where in the product it is done. Only allowed answers have it.
        pub fn site(&self) -> Option<&str> {
            self.grounds.site.as_deref()
        }
    };
}
pub(crate) use says_by_grounds;
