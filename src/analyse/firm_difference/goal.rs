//! The goal of a plan: what people are at the end, and which alterations lead there.

use super::ledger::{LedgerEntry, LedgerKey};
use crate::firm::profiles::ProfileClass;
use crate::firm::{Alteration, Firm, has_seat};
use crate::link::product::{RoleId, UserPart};
use crate::value::Value;

/// The final state of people. People who no longer exist can end in any state.
pub(super) struct TargetState<'f> {
    pub(super) firm: &'f Firm,
    /// By user of the firm being altered, the user at the end.
    pub(super) people: &'f [Option<u32>],
}

impl TargetState<'_> {
    fn user(&self, user: u32) -> Option<u32> {
        *self.people.get(user as usize)?
    }

    /// The final value of a property. `None` when it does not matter.
    pub(super) fn value(&self, (product, user, what): LedgerKey) -> Option<Value> {
        let user = self.user(user)?;
        let is_seated = has_seat(self.firm.roster.profile(product, user));
        value(self.firm, (product, user, what)).filter(|_| is_seated)
    }

    /// All final values of a user in a product.
    pub(super) fn class(&self, product: usize, user: u32) -> Option<ProfileClass> {
        self.firm.roster.class(product, self.user(user)?)
    }
}

/// Whether alterations bring a property to its final value and no other property away from it. When a role with a
/// single holder is handed on, its side effects may be undone later.
pub(super) fn is_step(
    goal: &TargetState<'_>,
    alterations: &[Alteration],
    about: LedgerEntry,
    rank: u8,
) -> bool {
    let makes_it = |altered: &Alteration| key(altered) == about.key && altered.to == about.to;
    let is_held_by_one = |altered: &Alteration| match altered.what {
        UserPart::Role(role) => is_held_by_one(goal.firm, altered.product, role),
        UserPart::Setting(_) => false,
    };
    let fits = |altered: &Alteration| {
        let wanted = goal.value(key(altered));
        wanted.is_none_or(|wanted| wanted == altered.to) || rank == 2 && !is_held_by_one(altered)
    };
    alterations.iter().any(makes_it) && alterations.iter().all(fits)
}

/// The property that an alteration changes.
pub(super) fn key(altered: &Alteration) -> LedgerKey {
    (altered.product, altered.user, altered.what)
}

pub(super) fn is_held_by_one(firm: &Firm, product: usize, role: RoleId) -> bool {
    let compiled = firm.rulebook.product(product);
    compiled.is_some_and(|compiled| compiled.product.single_holder(role).is_some())
}

/// The value of a property in a firm.
pub(super) fn value(firm: &Firm, (product, user, what): LedgerKey) -> Option<Value> {
    let field = firm.rulebook.product(product)?.layout.part(what);
    Some(field.read(firm.roster.profile(product, user)))
}
