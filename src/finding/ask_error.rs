//! Why something could not be asked.

use std::fmt::Display;

use serde::{Serialize, Serializer};

use super::{Code, Finding, SubjectRole, ask as codes};

/// A question or change that could not be asked. It is never a denial.
///
/// ```
/// use clio_rules::{Firm, Question, Rulebook};
///
/// let firm = Firm::example(&Rulebook::builtin()?)?;
/// let error = firm.ask(&Question::new("wren", "creat_bill")).unwrap_err();
/// assert_eq!(error.code().name(), "unknown-action");
/// assert_eq!(error.help(), Some("did you mean `create_bill`?"));
/// # Ok::<(), clio_rules::LoadError>(())
/// ```
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{finding}")]
pub struct AskError {
    finding: Box<Finding>,
}

impl AskError {
    /// The stable code, for instance `unknown-user`.
    pub fn code(&self) -> &'static Code {
        self.finding.code()
    }

    /// What is wrong, in one line.
    pub fn message(&self) -> &str {
        self.finding.message()
    }

    /// The way out, with the nearest existing name where there is one.
    pub fn help(&self) -> Option<&str> {
        self.finding.help()
    }

    /// The same, about the one to whom it is done.
    pub(crate) fn of_target(mut self) -> Self {
        self.finding = Box::new(self.finding.about(SubjectRole::Target));
        self
    }

    /// The error as a finding, to be shown beside others.
    pub fn into_finding(self) -> Finding {
        *self.finding
    }
}

impl From<Finding> for AskError {
    fn from(finding: Finding) -> Self {
        Self {
            finding: Box::new(finding),
        }
    }
}

impl Serialize for AskError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.finding.serialize(serializer)
    }
}

/// An error about a question.
pub(crate) fn error(code: &'static Code, words: &[&dyn Display]) -> Finding {
    Finding::new(code, None, words)
}

/// A handle, or what it stands for, that belongs to another firm or rulebook.
pub(crate) fn foreign(what: &str) -> AskError {
    error(&codes::FOREIGN_HANDLE, &[&what]).into()
}
