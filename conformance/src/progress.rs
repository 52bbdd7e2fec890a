//! A line that says how far a run is, where stderr is a terminal.

use std::io::{IsTerminal, Write, stderr};

/// Shows progress or keeps quiet.
pub(crate) struct Progress {
    is_shown: bool,
}

impl Progress {
    /// Shown on a terminal only.
    pub(crate) fn on_terminal() -> Self {
        Self {
            is_shown: stderr().is_terminal(),
        }
    }

    /// Never shown.
    #[cfg(test)]
    pub(crate) fn hidden() -> Self {
        Self { is_shown: false }
    }

    /// Says how far it is. That a terminal cannot be written to is no reason to stop.
    pub(crate) fn show(&self, what: &str, done: usize, all: usize) {
        if self.is_shown {
            let end = if done == all { "\r\x1b[K" } else { "" };
            let _ = write!(stderr(), "\r{what}: {done} of {all}{end}");
        }
    }
}
