//! What was compared, in numbers.

use std::fmt;
use std::ops::AddAssign;

/// How many were asked, and to how many the answer was yes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) decisions: u64,
    pub(crate) allowed: u64,
    pub(crate) changes: u64,
    pub(crate) accepted: u64,
    /// How many of them Cedar was asked itself; none where there are no policies.
    pub(crate) of_cedar: Option<u64>,
}

impl Tally {
    /// Counts one answer.
    pub(crate) fn count(&mut self, is_change: bool, yes: bool) {
        let (all, those) = if is_change {
            (&mut self.changes, &mut self.accepted)
        } else {
            (&mut self.decisions, &mut self.allowed)
        };
        *all += 1;
        *those += u64::from(yes);
    }

    /// How many were asked.
    pub(crate) fn all(&self) -> u64 {
        self.decisions + self.changes
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.decisions += other.decisions;
        self.allowed += other.allowed;
        self.changes += other.changes;
        self.accepted += other.accepted;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "  decisions  {:>10}, {:>9} allowed",
            self.decisions, self.allowed
        )?;
        write!(
            f,
            "  changes    {:>10}, {:>9} accepted",
            self.changes, self.accepted
        )?;
        match self.of_cedar {
            Some(asked) if asked < self.all() => write!(
                f,
                "\n  Cedar      {asked:>10} answers; the others differ from one of these only in settings, which it cannot read there"
            ),
            _ => Ok(()),
        }
    }
}
