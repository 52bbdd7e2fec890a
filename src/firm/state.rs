//! The states of a firm: what a verdict is about.

use std::sync::atomic::{AtomicU64, Ordering};

/// Tells one state of a firm from every other: of the same firm after a change or with other readings, and of other
/// firms. Clones of a firm share it. Handles outlive a change and bear the stamp of the roster; verdicts do not and
/// bear this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StateStamp(u64);

impl StateStamp {
    /// A stamp that no other state of this process has.
    pub(crate) fn next() -> Self {
        static STATES: AtomicU64 = AtomicU64::new(0);
        Self(STATES.fetch_add(1, Ordering::Relaxed))
    }
}
