//! Applying a change: its alterations, and the effects that follow.

use std::convert::Infallible;

use smallvec::SmallVec;

use super::alterations::{AlterationSet, Alterations, Effects};
use super::holders::broken_holder;
use super::resolve::ResolvedChange;
use super::thing_writes::ThingWrite;
use super::written_things::WrittenThings;
use crate::answer::{HeldConflict, UnmetAdvice};
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::QuestionBits;
use crate::firm::ends::ListMember;
use crate::firm::{Alteration, Firm, by_user};
use crate::link::product::{
    AlteredPerson, DeclaredAlteration, EffectId, EffectTrigger, RoleId, RulingId, ThingStep,
};
use crate::vocabulary::Person;

/// A firm with alterations laid over it.
pub(super) struct FirmOverlay<'f> {
    firm: &'f Firm,
    compiled: &'f CompiledProduct,
    product: usize,
    altered: AlterationSet,
    things: SmallVec<[ThingWrite; 2]>,
}

impl<'f> FirmOverlay<'f> {
    pub(super) fn new(firm: &'f Firm, compiled: &'f CompiledProduct, product: usize) -> Self {
        Self {
            firm,
            compiled,
            product,
            altered: AlterationSet::default(),
            things: SmallVec::new(),
        }
    }

    /// Applies a change, permitted or not, with the effects that follow from it.
    pub(super) fn apply(&mut self, resolved: &ResolvedChange, bits: &QuestionBits<'_>) -> Effects {
        if let Some(change) = self.compiled.product.change(resolved.change) {
            self.perform(&change.does, resolved);
            self.perform_on_things(&change.steps, resolved);
        }
        if self.alters_nothing() {
            return self.nothing_changed(bits);
        }
        self.follow(resolved, bits)
    }

    /// Applies every step of a change or an effect, in order.
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

    /// Applies what a change or an effect does to the thing or the group.
    pub(super) fn perform_on_things(&mut self, steps: &[ThingStep], resolved: &ResolvedChange) {
        if steps.is_empty() {
            return;
        }
        let Some(declared) = self.compiled.product.change(resolved.change) else {
            return;
        };
        let member = |somebody| match somebody {
            AlteredPerson::Person(Person::Target) => resolved.target.member(),
            other => self.user(other, resolved).map(ListMember::User),
        };
        let writes = ThingWrite::of(steps, declared, resolved, member);
        self.things.extend(writes);
    }

    fn user(&self, somebody: AlteredPerson, resolved: &ResolvedChange) -> Option<u32> {
        match somebody {
            AlteredPerson::Person(Person::User) => Some(resolved.user),
            AlteredPerson::Person(Person::Target) => resolved.target.user(),
            AlteredPerson::Holder(role) => self.firm.roster.holder(self.product, role),
        }
    }

    /// Every value that was set, even if it was the same before.
    pub(super) fn written(&self) -> &[Alteration] {
        self.altered.all()
    }

    /// The values that differ now.
    pub(super) fn alterations(&self) -> Alterations {
        let all = self.altered.all().iter().copied();
        all.filter(|altered| self.differs(*altered)).collect()
    }

    /// Each write into things and groups, even of what was the same before.
    pub(super) fn thing_writes(&self) -> &[ThingWrite] {
        &self.things
    }

    /// What was written into things and groups; none where nothing was.
    pub(super) fn written_things(&self) -> Option<WrittenThings> {
        let is_any = !self.things.is_empty();
        is_any.then(|| WrittenThings::of(self.firm, &self.things))
    }

    /// Whether nothing differs.
    fn alters_nothing(&self) -> bool {
        let mut written = self.altered.all().iter();
        let things = || {
            self.written_things()
                .map(|things| things.altered(self.firm))
        };
        !written.any(|altered| self.differs(*altered)) && things().unwrap_or_default() == 0
    }

    /// Whether a value is another one than before.
    fn differs(&self, altered: Alteration) -> bool {
        let words = self.firm.roster.profile(self.product, altered.user);
        self.compiled.layout.part(altered.what).read(words) != altered.to
    }

    /// The effects that follow from a change already applied to the overlay. The steps of the effects are applied as
    /// well.
    fn follow(&mut self, resolved: &ResolvedChange, bits: &QuestionBits<'_>) -> Effects {
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
                self.perform_on_things(&effect.steps, resolved);
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

    /// The effects of a change that alters nothing.
    fn nothing_changed(&self, bits: &QuestionBits<'_>) -> Effects {
        let effects = self.compiled.product.effects.iter().enumerate();
        effects
            .filter(|(_, effect)| effect.after == EffectTrigger::NothingChanged)
            .map(|(number, _)| EffectId::from(number))
            .filter(|effect| self.follows(*effect, bits))
            .collect()
    }
}

impl Firm {
    /// The ruling against alterations that would leave a role without exactly one holder, or with a disabled one.
    pub(super) fn broken_invariant(
        &self,
        compiled: &CompiledProduct,
        alterations: &[Alteration],
    ) -> Option<(RoleId, RulingId)> {
        let altered = alterations.iter();
        let altered = altered.map(|altered| (altered, altered.what, altered.to));
        let is_enabled = |altered: &Alteration| -> Result<bool, Infallible> {
            let words = self.roster.profile(altered.product, altered.user);
            Ok(crate::firm::is_enabled(words))
        };
        let broken = broken_holder(&compiled.product, altered, is_enabled);
        broken.unwrap_or_else(|never| match never {})
    }
}

impl Firm {
    /// The conflicts that users newly hold after alterations of one product, and the advice that they newly do not follow,
    /// user by user.
    pub(super) fn newly_warned_after(
        &self,
        compiled: &CompiledProduct,
        alterations: &[Alteration],
    ) -> (Vec<HeldConflict>, Vec<UnmetAdvice>) {
        let (mut held, mut unmet) = (Vec::new(), Vec::new());
        let Some(product) = alterations.first().map(|altered| altered.product) else {
            return (held, unmet);
        };
        let mut conflicts = self.conflicts_of(product, compiled);
        if conflicts.next().is_none() && compiled.product.advice.is_empty() {
            return (held, unmet);
        }
        for (user, altered) in by_user(alterations) {
            let words = self.words_after(product, user, &altered);
            held.extend(self.newly_held(product, user, &words));
            unmet.extend(self.newly_unmet(product, user, &words));
        }
        (held, unmet)
    }
}
