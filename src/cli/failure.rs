//! Why a command ends without an answer.

use std::io::{self, Write};

use clio_rules::protocol::AskFailure;
use clio_rules::{AskError, Finding, LoadError, WriteError};

use super::exit::ExitStatus;
use super::format::FindingFormat;
use super::report::FindingReport;
use super::terminal::Terminal;

/// Something that keeps a command from answering.
#[derive(Debug)]
pub(crate) enum CommandFailure {
    /// Something is wrong with what was given.
    Found(FindingReport),
    /// Arguments do not go together.
    Usage(clap::Error),
    /// The answer cannot be written.
    Output(io::Error),
}

impl CommandFailure {
    /// Shows what is wrong. It is never an answer.
    pub(crate) fn show(self, format: FindingFormat, terminal: &mut Terminal) -> ExitStatus {
        let shown = match self {
            Self::Found(report) => report
                .show(format, terminal)
                .and_then(|()| terminal.flush()),
            Self::Usage(error) => error.print(),
            Self::Output(error) => Err(error),
        };
        if let Err(error) = shown {
            let written = match terminal.written() {
                [] => String::new(),
                files => format!("; written all the same: {}", files.join(", ")),
            };
            let cause = cause(&error);
            terminal.note(&format!(
                "error: the answer cannot be written: {cause}{written}"
            ));
        }
        ExitStatus::NotAsked
    }
}

/// What the system reports, also where the writer of a table stands in between.
fn cause(error: &io::Error) -> io::ErrorKind {
    let table = error.get_ref().and_then(|inner| inner.downcast_ref());
    match table.map(csv::Error::kind) {
        Some(csv::ErrorKind::Io(inner)) => inner.kind(),
        _ => error.kind(),
    }
}

impl From<LoadError> for CommandFailure {
    fn from(error: LoadError) -> Self {
        let mut report = FindingReport::default();
        report.add(error.findings());
        Self::Found(report)
    }
}

impl From<AskFailure> for CommandFailure {
    fn from(failure: AskFailure) -> Self {
        let mut report = FindingReport::default();
        report.add(failure.findings());
        Self::Found(report)
    }
}

impl From<Finding> for CommandFailure {
    fn from(finding: Finding) -> Self {
        Self::Found(FindingReport::from(finding))
    }
}

impl From<AskError> for CommandFailure {
    fn from(error: AskError) -> Self {
        error.into_finding().into()
    }
}

impl From<WriteError> for CommandFailure {
    fn from(error: WriteError) -> Self {
        error.finding().clone().into()
    }
}

impl From<io::Error> for CommandFailure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<serde_json::Error> for CommandFailure {
    fn from(error: serde_json::Error) -> Self {
        Self::Output(error.into())
    }
}
