//! The subject of a proof, and why it can stay undecided.

use crate::budget::{Budget, CutOff};
use crate::explore::compile::CompiledProduct;
use crate::link::product::RoleId;
use crate::rulebook::Rulebook;

/// Why a property could not be decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UndecidedReason {
    /// The search was cut off before anything was found.
    CutOff(CutOff),
    /// There are more changes, or more changes made together, than are tried.
    TooManyChanges,
    /// There are more levels or roles with a single holder than the small firms can have people for.
    TooManyRoles,
    /// A change of another product, by their numbers, alters things or groups that are read here.
    ChangeElsewhere { product: usize, change: usize },
    /// The firm itself does not confirm the finding of the proof.
    NotSo,
}

/// The subject of a proof.
#[derive(Clone, Copy)]
pub(super) struct ProofSubject<'r> {
    pub(super) rulebook: &'r Rulebook,
    pub(super) compiled: &'r CompiledProduct,
    /// Roles with a single holder.
    pub(super) of_one: &'r [RoleId],
    /// The budget of the proof: each path to its end is a state.
    pub(super) budget: &'r Budget,
}
