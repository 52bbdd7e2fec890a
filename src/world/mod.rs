//! The world: what the rules mean about people, coded once.

pub(crate) mod bound_change;
pub(crate) mod choices;
pub(crate) mod completion;
pub(crate) mod cover;
pub(crate) mod input;
pub(crate) mod invariants;
pub(crate) mod kinds;
pub(crate) mod outcome;
pub(crate) mod question;
pub(crate) mod settled;
