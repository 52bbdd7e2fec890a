//! Exit codes.

use std::process::ExitCode;

/// What a command came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Allowed, accepted, nothing wrong.
    Yes,
    /// Denied, rejected.
    No,
    /// Could not be asked or decided: a bad file, an unknown name, wrong usage, a search that was cut off.
    NotAsked,
}

impl Exit {
    /// The exit of an answer.
    pub(crate) fn of(yes: bool) -> Self {
        if yes { Self::Yes } else { Self::No }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Yes => 0,
            Exit::No => 1,
            Exit::NotAsked => 2,
        })
    }
}
