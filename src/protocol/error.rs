//! Errors: questions that could not be asked. An error is never an answer.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::finding::AskError;
use crate::finding::{Finding, FindingReply, Findings, Severity, line};
use crate::finding::{LoadError, WriteError};

/// The reply to a question that could not be asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ErrorReply {
    /// The `id` of the request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Value>,
    /// The number of the line, from 1, where requests came as lines.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u64>,
    /// The error, or the first of several.
    pub error: FindingReply,
    /// Further errors in a given file or text. A question has none.
    pub more: Vec<FindingReply>,
    /// The number of findings that are not listed.
    #[serde(default, skip_serializing_if = "crate::answer::is_zero")]
    pub beyond: usize,
}

impl ErrorReply {
    /// The first error, and the rest. `None` if there is no finding.
    pub fn of<'f>(findings: impl IntoIterator<Item = &'f Finding>, beyond: usize) -> Option<Self> {
        let mut more: Vec<FindingReply> = findings.into_iter().map(Into::into).collect();
        let is_error = |finding: &FindingReply| finding.severity == Severity::Error;
        let first = more.iter().position(is_error).unwrap_or_default();
        (!more.is_empty()).then(|| Self {
            id: None,
            line: None,
            error: more.remove(first),
            more,
            beyond,
        })
    }
}

impl From<&Finding> for ErrorReply {
    fn from(finding: &Finding) -> Self {
        Self {
            id: None,
            line: None,
            error: finding.into(),
            more: Vec::new(),
            beyond: 0,
        }
    }
}

/// Why a question could not be asked. It is never an answer.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{first}")]
pub struct AskFailure {
    first: Box<Finding>,
    findings: Findings,
}

impl AskFailure {
    /// All findings.
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    /// The error reply.
    pub fn reply(&self) -> ErrorReply {
        let reply = ErrorReply::of(self.findings.iter(), self.findings.beyond());
        reply.unwrap_or_else(|| (&*self.first).into())
    }
}

impl From<Finding> for AskFailure {
    fn from(finding: Finding) -> Self {
        let mut findings = Findings::new();
        findings.push(finding.clone());
        Self {
            first: Box::new(finding),
            findings,
        }
    }
}

impl From<AskError> for AskFailure {
    fn from(error: AskError) -> Self {
        error.into_finding().into()
    }
}

impl From<WriteError> for AskFailure {
    fn from(error: WriteError) -> Self {
        error.finding().clone().into()
    }
}

impl From<LoadError> for AskFailure {
    fn from(error: LoadError) -> Self {
        let findings = error.findings();
        let is_error = |finding: &&Finding| finding.severity() == Severity::Error;
        let first = findings.iter().find(is_error).or(findings.iter().next());
        // A load that is refused always says why.
        let refused = || Finding::new(&line::NOT_ONE_TEXT, None, &[&0]);
        Self {
            first: Box::new(first.cloned().unwrap_or_else(refused)),
            findings: findings.clone(),
        }
    }
}
