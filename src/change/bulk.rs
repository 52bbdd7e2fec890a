//! Bulk changes: every part is judged against the firm as it is. One refused part refuses all.

use std::collections::HashMap;

use super::alterations::{AlterationSet, Consequences};
use super::apply::FirmOverlay;
use super::judge::ChangeOutcome;
use super::request::Bulk;
use super::resolve::ResolvedChange;
use super::thing_writes::WrittenSlot;
use super::verdict::{Verdict, VerdictRulings};
use super::written_things::WrittenThings;
use crate::explore::compile::CompiledProduct;
use crate::finding::{AskError, ask as codes, error};
use crate::firm::ends::ListMember;
use crate::firm::{Alteration, Firm};
use crate::link::product::{EffectId, EffectTrigger, RulingKind, UserPart};
use crate::value::Value;
use smallvec::SmallVec;

impl Firm {
    /// Validates many changes by one user: all of them or none.
    ///
    /// # Errors
    /// [`AskError`] when the bulk change as a whole cannot be asked: no parts, a part that may not stand in it, an unknown name.
    ///
    /// ```
    /// use clio_rules::{Bulk, Change, Firm, Rulebook};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let verdict = firm.judge_bulk(
    ///     &Bulk::new("tomas")
    ///         .part(Change::new("tomas", "grant").role("billing").target("wren"))
    ///         .part(Change::new("tomas", "grant").role("billing").target("nadia")),
    /// )?;
    /// assert!(!verdict.is_accepted());
    /// assert_eq!(verdict.reasons[0].part, Some(2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn judge_bulk(&self, bulk: &Bulk) -> Result<Verdict, AskError> {
        self.is_in_state(bulk.if_state.as_deref())?;
        let (product, parts) = self.resolve_bulk(bulk)?;
        let compiled = self.compiled(product)?;
        let outcomes = parts
            .iter()
            .map(|part| self.outcome(compiled, part))
            .collect::<Result<Vec<_>, _>>()?;
        let mut judged: Vec<VerdictRulings> = outcomes
            .iter()
            .map(|outcome| outcome.judged.clone())
            .collect();
        self.refuse_contradictions(compiled, &parts, &mut judged);
        self.refuse_together(compiled, &outcomes, &mut judged);
        let mut followed = Consequences::default();
        if judged.iter().all(|part| part.accepted) {
            followed.alterations = together(&outcomes);
            let things = self.written_things(compiled, &outcomes, &parts);
            followed.things = things.alterations(self);
            if things.closes_circle(self) {
                return Err(error(&codes::GROUP_IN_ITSELF, &[]).into());
            }
            let is_nothing = followed.alterations.is_empty() && followed.things.is_empty();
            followed.effects = union(compiled, &outcomes, is_nothing);
        }
        Ok(Verdict::of_bulk(self, compiled, bulk, &judged, followed))
    }

    /// When parts set the same thing to different values, each of them is refused.
    fn refuse_contradictions(
        &self,
        compiled: &CompiledProduct,
        parts: &[ResolvedChange],
        judged: &mut [VerdictRulings],
    ) {
        let Some(bulk) = &compiled.product.bulk else {
            return;
        };
        let mut first: HashMap<PartSlot, PartValue> = HashMap::new();
        let mut differing: HashMap<PartSlot, bool> = HashMap::new();
        let written: Vec<Vec<(PartSlot, PartValue)>> = parts
            .iter()
            .map(|part| self.written(compiled, part))
            .collect();
        for (slot, to) in written.iter().flatten() {
            let same = first.entry(*slot).or_insert(*to) == to;
            *differing.entry(*slot).or_default() |= !same;
        }
        for (part, written) in judged.iter_mut().zip(&written) {
            let grounds = part
                .rulings
                .iter()
                .filter_map(|ruling| compiled.ruling(*ruling));
            // A user without a seat or a disabled user gets only that reason.
            let is_ground = grounds
                .into_iter()
                .any(|ruling| ruling.kind == RulingKind::Ground);
            let contradicts =
                |(slot, _): &(PartSlot, PartValue)| differing.get(slot) == Some(&true);
            if !is_ground && written.iter().any(contradicts) {
                if part.accepted {
                    *part = VerdictRulings {
                        accepted: false,
                        rulings: SmallVec::new(),
                        turned: false,
                    };
                }
                part.rulings.push(bulk.contradiction);
            }
        }
    }

    /// Refuses parts that are each valid alone but break an invariant of the firm together.
    fn refuse_together(
        &self,
        compiled: &CompiledProduct,
        outcomes: &[ChangeOutcome],
        judged: &mut [VerdictRulings],
    ) {
        let Some((role, ruling)) = self.broken_invariant(compiled, &together(outcomes)) else {
            return;
        };
        for (part, outcome) in judged
            .iter_mut()
            .zip(outcomes)
            .filter(|(part, _)| part.accepted)
        {
            if outcome
                .alterations
                .iter()
                .any(|altered| altered.what == UserPart::Role(role))
            {
                *part = VerdictRulings::refused(ruling);
            }
        }
    }

    /// The values that a part would set, permitted or not.
    fn written(
        &self,
        compiled: &CompiledProduct,
        part: &ResolvedChange,
    ) -> Vec<(PartSlot, PartValue)> {
        let mut overlay = FirmOverlay::new(self, compiled, part.product);
        if let Some(change) = compiled.product.change(part.change) {
            overlay.perform(&change.does, part);
            overlay.perform_on_things(&change.steps, part);
        }
        let people = overlay.written().iter();
        let people = people.map(|altered| {
            let slot = PartSlot::User(altered.user, altered.what);
            (slot, (true, None, altered.to))
        });
        let things = overlay.thing_writes().iter();
        let things = things.flat_map(|write| write.slots(self));
        let things = things.map(|(slot, to)| (PartSlot::Thing(slot), to));
        people.chain(things).collect()
    }

    /// What all parts, which are accepted, write into things and groups, with their effects.
    fn written_things(
        &self,
        compiled: &CompiledProduct,
        outcomes: &[ChangeOutcome],
        parts: &[ResolvedChange],
    ) -> WrittenThings {
        let mut overlay = FirmOverlay::new(self, compiled, 0);
        let mut effects = Vec::new();
        for (part, outcome) in parts.iter().zip(outcomes) {
            if let Some(change) = compiled.product.change(part.change) {
                overlay.perform_on_things(&change.steps, part);
            }
            effects.extend(outcome.effects.iter().map(|effect| (*effect, part)));
        }
        for (effect, part) in effects {
            if let Some(effect) = compiled.product.effect(effect) {
                overlay.perform_on_things(&effect.steps, part);
            }
        }
        overlay.written_things().unwrap_or_default()
    }
}

/// What a part sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum PartSlot {
    User(u32, UserPart),
    Thing(WrittenSlot),
}

/// What a part sets it to.
type PartValue = (bool, Option<ListMember>, Value);

/// The effects of all parts, each once, in the order of the rule file.
fn union(
    compiled: &CompiledProduct,
    outcomes: &[ChangeOutcome],
    is_nothing: bool,
) -> Vec<EffectId> {
    let follows_nothing = |effect: &EffectId| {
        let effect = compiled.product.effect(*effect);
        effect.is_some_and(|effect| effect.after == EffectTrigger::NothingChanged)
    };
    let all = outcomes
        .iter()
        .flat_map(|outcome| outcome.effects.iter().copied());
    let mut effects: Vec<EffectId> = all.filter(|e| is_nothing == follows_nothing(e)).collect();
    effects.sort_unstable();
    effects.dedup();
    effects
}

/// The alterations of all parts, each once. Parts do not contradict each other. When two effects set the same thing,
/// the later one wins, as if they ran one after the other.
fn together(outcomes: &[ChangeOutcome]) -> Vec<Alteration> {
    let mut together = AlterationSet::default();
    for altered in outcomes.iter().flat_map(|outcome| &outcome.alterations) {
        together.set(*altered);
    }
    together.into_vec()
}

#[cfg(test)]
mod tests;
