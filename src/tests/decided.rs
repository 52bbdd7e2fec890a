//! What people in a cell of a matrix are told, beside what the cell says.

use pretty_assertions::assert_eq;

use crate::Cell;

/// Whether anybody was allowed, and whether anybody was denied.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DecisionsSeen {
    pub(crate) allowed: bool,
    pub(crate) denied: bool,
}

impl DecisionsSeen {
    pub(crate) fn note(&mut self, is_allowed: bool) {
        self.allowed |= is_allowed;
        self.denied |= !is_allowed;
    }

    pub(crate) fn note_all(&mut self, other: Self) {
        self.allowed |= other.allowed;
        self.denied |= other.denied;
    }

    /// Checks that a cell says what was decided. `what` tells in a failure which cell it is.
    pub(crate) fn assert_said_by(self, cell: &Cell, what: &str) {
        let (allowed, denied) = match cell {
            Cell::Allow => (true, false),
            Cell::Deny => (false, true),
            Cell::Depends { when, .. } => {
                assert!(!when.is_empty(), "{what}");
                (true, true)
            }
        };
        assert_eq!(Self { allowed, denied }, self, "{what}: {cell:?}");
    }
}
