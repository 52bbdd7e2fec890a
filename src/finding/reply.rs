//! Findings as they stand in JSON.

use serde::{Deserialize, Serialize};

use super::{ErrorSubject, Finding, Label, Severity};

/// Something that is wrong or suspicious.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FindingReply {
    /// The stable code, for instance `unknown-role`.
    pub code: String,
    /// Whether it stops or only warns.
    pub severity: Severity,
    /// What is wrong, in one line.
    pub message: String,
    /// The way out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Where it stands, as `file:line:column`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Other places that belong to it.
    pub labels: Vec<LabelReply>,
    /// Which word of the request it is about, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<ErrorSubject>,
}

/// A second place that belongs to a finding.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct LabelReply {
    /// Where to look as well, as `file:line:column`.
    pub place: String,
    /// What stands there.
    pub text: String,
}

impl From<&Label> for LabelReply {
    fn from(label: &Label) -> Self {
        Self {
            place: label.place.to_string(),
            text: label.text.clone(),
        }
    }
}

impl From<&Finding> for FindingReply {
    fn from(finding: &Finding) -> Self {
        Self {
            code: finding.code().name().to_owned(),
            severity: finding.severity(),
            message: finding.message().to_owned(),
            help: finding.help().map(str::to_owned),
            place: finding.place().map(ToString::to_string),
            labels: finding.labels.iter().map(Into::into).collect(),
            subject: finding.subject().cloned(),
        }
    }
}
