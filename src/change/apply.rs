//! What a change does: its alterations, and the effects that follow.

use super::alterations::AlterationSet;
use super::judge::{Alterations, Effects};
use super::resolve::ResolvedChange;
use crate::answer::HeldConflict;
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::QuestionBits;
use crate::firm::{Alteration, Firm, by_user};
use crate::link::product::{
    AlteredPerson, DeclaredAlteration, EffectId, EffectTrigger, Role, RoleId, RulingId,
    SingleHolder, UserPart,
};
use crate::value::Value;
use crate::vocabulary::Person;
use smallvec::{SmallVec, smallvec};

/// A firm with alterations laid over it.
pub(super) struct FirmOverlay<'f> {
    firm: &'f Firm,
    compiled: &'f CompiledProduct,
    product: usize,
    altered: AlterationSet,
}

impl<'f> FirmOverlay<'f> {
    pub(super) fn new(firm: &'f Firm, compiled: &'f CompiledProduct, product: usize) -> Self {
        Self {
            firm,
            compiled,
            product,
            altered: AlterationSet::default(),
        }
    }

    /// Does everything a change or an effect lists, in order.
    pub(super) fn perform(&mut self, does: &[DeclaredAlteration], resolved: &ResolvedChange) {
        let levels = &self.compiled.product.levels;
        for one in does {
            let Some(user) = self.user(one.whose(), resolved) else {
                continue;
            };
            for (_, what, to) in one.writes(levels, resolved.arguments) {
                self.altered.set(Alteration {
                    product: self.product,
                    user,
                    what,
                    to,
                });
            }
        }
    }

    fn user(&self, somebody: AlteredPerson, resolved: &ResolvedChange) -> Option<u32> {
        match somebody {
            AlteredPerson::Person(Person::User) => Some(resolved.user),
            AlteredPerson::Person(Person::Target) => Some(resolved.target),
            AlteredPerson::Holder(role) => self.firm.roster.holder(self.product, role),
        }
    }

    /// What was set, whether or not it was so before.
    pub(super) fn written(&self) -> &[Alteration] {
        self.altered.all()
    }

    /// What is different now.
    pub(super) fn alterations(&self) -> Alterations {
        let all = self.altered.all().iter().copied();
        all.filter(|altered| self.before(*altered) != altered.to)
            .collect()
    }

    /// What it was before.
    pub(super) fn before(&self, altered: Alteration) -> Value {
        let words = self.firm.roster.profile(self.product, altered.user);
        self.compiled.layout.part(altered.what).read(words)
    }

    /// The effects that follow from one change, which did what the overlay holds; what they do is done as well.
    pub(super) fn follow(&mut self, resolved: &ResolvedChange, bits: &QuestionBits<'_>) -> Effects {
        let candidates: &[EffectId] = self
            .compiled
            .product
            .change(resolved.change)
            .map_or(&[], |change| &change.effects);
        let following: Effects = candidates
            .iter()
            .copied()
            .filter(|e| self.follows(*e, bits))
            .collect();
        for effect in &following {
            if let Some(effect) = self.compiled.product.effect(*effect) {
                self.perform(&effect.does, resolved);
            }
        }
        following
    }

    fn follows(&self, effect: EffectId, bits: &QuestionBits<'_>) -> bool {
        let outcome = self
            .compiled
            .effects
            .get(effect.index())
            .and_then(|decider| decider.decide(bits));
        outcome.is_some_and(|outcome| *outcome.answer)
    }

    /// The effects of a change that altered nothing.
    pub(super) fn nothing_changed(&self, bits: &QuestionBits<'_>) -> Effects {
        let effects = self.compiled.product.effects.iter().enumerate();
        effects
            .filter(|(_, effect)| effect.after == EffectTrigger::NothingChanged)
            .map(|(number, _)| EffectId::from(number))
            .filter(|effect| self.follows(*effect, bits))
            .collect()
    }
}

impl Firm {
    /// The ruling of a role that alterations would leave without exactly one holder, or with a disabled one.
    pub(super) fn broken_invariant(
        &self,
        compiled: &CompiledProduct,
        alterations: &[Alteration],
    ) -> Option<(RoleId, RulingId)> {
        let is_of_one = |altered: &Alteration| role_of_one(compiled, altered).is_some();
        if alterations.iter().any(is_of_one) {
            return self.broken_of_one(compiled, alterations);
        }
        None
    }

    fn broken_of_one(
        &self,
        compiled: &CompiledProduct,
        alterations: &[Alteration],
    ) -> Option<(RoleId, RulingId)> {
        let roles = &compiled.product.roles;
        let mut tallies: SmallVec<[HolderTally; 16]> =
            smallvec![HolderTally::default(); roles.len()];
        for altered in alterations {
            let role = role_of_one(compiled, altered);
            if let Some(tally) = role.and_then(|(role, _)| tallies.get_mut(role.index())) {
                let words = self.roster.profile(altered.product, altered.user);
                tally.count(altered.to.is_yes(), crate::firm::is_enabled(words));
            }
        }
        let broken = |(role, tally): (&Role, &HolderTally)| {
            let holders = role.holders.as_ref()?;
            tally.breaks(holders.enabled).then_some(holders.ruling)
        };
        let mut all = (0_usize..)
            .map(RoleId::from)
            .zip(roles.iter().zip(&tallies));
        all.find_map(|(id, of_role)| Some((id, broken(of_role)?)))
    }
}

/// The role that is altered, and its holders, where exactly one user holds it.
fn role_of_one<'c>(
    compiled: &'c CompiledProduct,
    altered: &Alteration,
) -> Option<(RoleId, &'c SingleHolder)> {
    match altered.what {
        UserPart::Role(role) => Some((role, compiled.product.role(role)?.holders.as_ref()?)),
        UserPart::Setting(_) => None,
    }
}

/// How alterations give and take a role that exactly one user holds.
#[derive(Debug, Clone, Copy, Default)]
struct HolderTally {
    given: usize,
    taken: usize,
    /// Given to somebody who is disabled.
    to_disabled: bool,
}

impl HolderTally {
    fn count(&mut self, is_given: bool, is_enabled: bool) {
        match is_given {
            true => self.given += 1,
            false => self.taken += 1,
        }
        self.to_disabled |= is_given && !is_enabled;
    }

    fn breaks(self, must_be_enabled: bool) -> bool {
        self.given != self.taken || must_be_enabled && self.to_disabled
    }
}

impl Firm {
    /// The conflicts that somebody newly holds after alterations of one product, user by user.
    pub(crate) fn newly_held_after(
        &self,
        compiled: &CompiledProduct,
        alterations: &[Alteration],
    ) -> Vec<HeldConflict> {
        let mut newly = Vec::new();
        if compiled.product.conflicts.is_empty() {
            return newly;
        }
        for (user, altered) in by_user(alterations) {
            let product = altered.first().map_or(0, |altered| altered.product);
            let words = self.words_after(product, user, &altered);
            newly.extend(self.newly_held(product, user, &words));
        }
        newly
    }
}
