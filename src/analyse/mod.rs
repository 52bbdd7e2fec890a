//! Whatever asks more than one question at once: from tables, and never from scripts.

mod cover;
mod difference;

pub use difference::{ChangeKind, RuleChange, RulebookDifference};
