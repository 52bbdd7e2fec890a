//! Why something could not be asked.

use std::fmt::Display;

use serde::{Serialize, Serializer};

use super::{Code, ErrorSubject, Finding, SubjectRole, ask as codes};

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
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
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

    /// What it is about: which word of the question or change is wrong or missing, in a form that can be matched. None where it is
    /// about all of it.
    ///
    /// ```
    /// use clio_rules::{Firm, Question, Rulebook, SubjectRole};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let question = Question::new("tomas", "edit_user_profile").target("wern");
    /// let error = firm.ask(&question).unwrap_err();
    /// match error.subject() {
    ///     Some(about) if about.role == SubjectRole::Target => {
    ///         assert_eq!(about.name.as_deref(), Some("wern"));
    ///     }
    ///     other => unreachable!("{other:?}"),
    /// }
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn subject(&self) -> Option<&ErrorSubject> {
        self.finding.subject()
    }

    /// The same, about something that is this in the request.
    pub(crate) fn about(mut self, role: SubjectRole) -> Self {
        self.finding = Box::new(self.finding.about(role));
        self
    }

    /// The same, about the one to whom it is done.
    pub(crate) fn of_target(self) -> Self {
        self.about(SubjectRole::Target)
    }

    /// The error as a finding, to be shown beside others.
    pub fn finding(&self) -> &Finding {
        &self.finding
    }

    /// The finding, taken out of the error.
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
