//! Exit codes.

use std::process::ExitCode;

/// What a command came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ExitStatus {
    /// Allowed, accepted, nothing wrong.
    Yes,
    /// Denied, rejected.
    No,
    /// Could not be asked or decided: a bad file, an unknown name, wrong usage, a search that was cut off.
    NotAsked,
}

impl ExitStatus {
    /// The exit of an answer.
    pub(crate) fn of(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(exit: ExitStatus) -> Self {
        Self::from(match exit {
            ExitStatus::Yes => 0,
            ExitStatus::No => 1,
            ExitStatus::NotAsked => 2,
        })
    }
}
