//! On what grounds: the rule that spoke, and everything it says.

use serde::{Deserialize, Serialize};

use crate::answer::{Answer, Decision};
use crate::change::Verdict;
use crate::link::product::Basis;

/// The rule that decided, and everything it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReplyGrounds {
    /// Whether the source document says so.
    pub basis: Basis,
    /// Id of the rule.
    pub rule: String,
    /// The reason in plain words.
    pub reason: String,
    /// Where the rule stands, as `file:line`.
    pub place: String,
    /// The heading of the section of the source document.
    pub section: String,
    /// Where in the product it is done; only of what is allowed.
    #[serde(rename = "where", default, skip_serializing_if = "Option::is_none")]
    pub site: Option<String>,
}

impl From<&Answer<'_>> for ReplyGrounds {
    fn from(answer: &Answer<'_>) -> Self {
        Self {
            basis: answer.basis(),
            rule: answer.rule().to_owned(),
            reason: answer.reason().to_owned(),
            place: answer.place().file_and_line(),
            section: answer.section().to_owned(),
            site: answer.site().map(str::to_owned),
        }
    }
}

impl From<&Decision> for ReplyGrounds {
    fn from(decision: &Decision) -> Self {
        Self {
            basis: decision.basis(),
            rule: decision.rule().to_owned(),
            reason: decision.reason().to_owned(),
            place: decision.place().to_owned(),
            section: decision.section().to_owned(),
            site: decision.site().map(str::to_owned),
        }
    }
}

impl From<&Verdict> for ReplyGrounds {
    fn from(verdict: &Verdict) -> Self {
        Self {
            basis: verdict.basis(),
            rule: verdict.rule().to_owned(),
            reason: verdict.reason().to_owned(),
            place: verdict.place().to_owned(),
            section: verdict.section().to_owned(),
            site: verdict.site().map(str::to_owned),
        }
    }
}
