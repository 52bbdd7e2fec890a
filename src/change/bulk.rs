//! Bulk changes: every part is judged against the firm as it is. One refused part refuses all.

use std::collections::HashMap;

use super::alterations::AlterationSet;
use super::apply::FirmOverlay;
use super::judge::ChangeOutcome;
use super::request::Bulk;
use super::resolve::ResolvedChange;
use super::verdict::{Verdict, VerdictRulings};
use crate::explore::compile::CompiledProduct;
use crate::finding::AskError;
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
        let (effects, alterations) = if judged.iter().all(|part| part.accepted) {
            let alterations = together(&outcomes);
            (self.union(compiled, &outcomes, &alterations), alterations)
        } else {
            (Vec::new(), Vec::new())
        };
        Ok(Verdict::of_bulk(
            self,
            compiled,
            bulk,
            &judged,
            &effects,
            alterations,
        ))
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
        let mut first: HashMap<(u32, UserPart), Value> = HashMap::new();
        let mut differing: HashMap<(u32, UserPart), bool> = HashMap::new();
        let written: Vec<Vec<Alteration>> = parts
            .iter()
            .map(|part| self.written(compiled, part))
            .collect();
        for altered in written.iter().flatten() {
            let key = (altered.user, altered.what);
            let same = *first.entry(key).or_insert(altered.to) == altered.to;
            *differing.entry(key).or_default() |= !same;
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
                |altered: &Alteration| differing.get(&(altered.user, altered.what)) == Some(&true);
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
    fn written(&self, compiled: &CompiledProduct, part: &ResolvedChange) -> Vec<Alteration> {
        let mut overlay = FirmOverlay::new(self, compiled, part.product);
        if let Some(change) = compiled.product.change(part.change) {
            overlay.perform(&change.does, part);
        }
        overlay.written().to_vec()
    }

    /// The effects of all parts, each once, in the order of the rule file.
    fn union(
        &self,
        compiled: &CompiledProduct,
        outcomes: &[ChangeOutcome],
        alterations: &[Alteration],
    ) -> Vec<EffectId> {
        let follows_nothing = |effect: &EffectId| {
            let effect = compiled.product.effect(*effect);
            effect.is_some_and(|effect| effect.after == EffectTrigger::NothingChanged)
        };
        let all = outcomes
            .iter()
            .flat_map(|outcome| outcome.effects.iter().copied());
        let mut effects: Vec<EffectId> = all
            .filter(|e| alterations.is_empty() == follows_nothing(e))
            .collect();
        effects.sort_unstable();
        effects.dedup();
        effects
    }
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
