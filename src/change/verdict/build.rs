//! Building verdicts from judged changes.

use std::sync::Arc;

use super::reason::{Reason, in_words, reasons, turned_basis};
use super::request::RequestWords;
use super::{Verdict, VerdictRulings, VerdictWord};
use crate::answer::Grounds;
use crate::change::judge::ChangeOutcome;
use crate::change::{Bulk, Change};
use crate::explore::compile::CompiledProduct;
use crate::firm::{Alteration, Firm};
use crate::link::product::{Basis, EffectId, Ruling};

impl Verdict {
    pub(in crate::change) fn of_change(
        firm: &Firm,
        compiled: &CompiledProduct,
        change: &Change,
        outcome: ChangeOutcome,
    ) -> Self {
        let request = RequestWords::of(change, &compiled.product.id);
        let ChangeOutcome {
            judged,
            effects,
            alterations,
        } = outcome;
        let reasons = reasons(compiled, &judged, None).collect();
        let spoke = judged
            .rulings
            .first()
            .and_then(|ruling| compiled.ruling(*ruling));
        let basis = spoke
            .map_or(Basis::Inferred, |ruling| ruling.basis)
            .weaker(turned_basis(judged.turned));
        Self::new(
            firm,
            compiled,
            request,
            judged.accepted,
            spoke,
            basis,
            reasons,
        )
        .followed_by(firm, compiled, &effects, alterations.into_vec())
    }

    pub(in crate::change) fn of_bulk(
        firm: &Firm,
        compiled: &CompiledProduct,
        bulk: &Bulk,
        judged: Vec<VerdictRulings>,
        effects: Vec<EffectId>,
        alterations: Vec<Alteration>,
    ) -> Self {
        let request = RequestWords::of_bulk(bulk, &compiled.product.id);
        let accepted = judged.iter().all(|part| part.accepted);
        let reasons: Vec<Reason> = (1..)
            .zip(&judged)
            .flat_map(|(number, part)| reasons(compiled, part, Some(number)))
            .collect();
        let of_bulk = compiled.product.bulk.as_ref().map(|bulk| bulk.accepted);
        let first_refused = judged
            .iter()
            .find(|part| !part.accepted)
            .and_then(|part| part.rulings.first().copied());
        let spoke = if accepted { of_bulk } else { first_refused };
        let spoke = spoke.and_then(|ruling| compiled.ruling(ruling));
        let basis = judged
            .iter()
            .map(|part| {
                let basis = part
                    .rulings
                    .first()
                    .and_then(|ruling| compiled.ruling(*ruling))
                    .map(|ruling| ruling.basis);
                basis
                    .unwrap_or(Basis::Inferred)
                    .weaker(turned_basis(part.turned))
            })
            .fold(
                spoke.map_or(Basis::Inferred, |ruling| ruling.basis),
                Basis::weaker,
            );
        Self::new(firm, compiled, request, accepted, spoke, basis, reasons).followed_by(
            firm,
            compiled,
            &effects,
            alterations,
        )
    }

    /// A rejection is `stated` when any of its grounds is. An acceptance has the given basis.
    fn new(
        firm: &Firm,
        compiled: &CompiledProduct,
        request: RequestWords,
        accepted: bool,
        spoke: Option<&Ruling>,
        basis: Basis,
        reasons: Vec<Reason>,
    ) -> Self {
        let strongest = reasons.iter().map(Reason::basis).min();
        let basis = strongest.unwrap_or(basis);
        Self {
            request,
            verdict: if accepted {
                VerdictWord::Accept
            } else {
                VerdictWord::Reject
            },
            effects: Vec::new(),
            grounds: Grounds {
                basis,
                rule: spoke.map_or_else(|| "".into(), |ruling| Arc::clone(&ruling.rule)),
                reason: spoke.map_or_else(|| "".into(), |ruling| Arc::clone(&ruling.reason)),
                reason_basis: spoke.and_then(|ruling| ruling.reason_basis_beside(basis)),
                place: spoke
                    .map(|ruling| ruling.place.file_and_line())
                    .unwrap_or_default(),
                section: spoke
                    .map_or("", |ruling| compiled.product.heading(ruling.section))
                    .into(),
                site: spoke.and_then(|ruling| ruling.site.clone()),
            },
            reasons,
            altered: Vec::new(),
            conflicts: Vec::new(),
            advice: Vec::new(),
            state: firm.state,
            alterations: Vec::new(),
        }
    }

    fn followed_by(
        self,
        firm: &Firm,
        compiled: &CompiledProduct,
        effects: &[EffectId],
        alterations: Vec<Alteration>,
    ) -> Self {
        let effects = effects
            .iter()
            .filter_map(|effect| compiled.product.effect(*effect));
        let (conflicts, advice) = firm.newly_warned_after(compiled, &alterations);
        Self {
            effects: effects.map(|effect| Arc::clone(&effect.id)).collect(),
            altered: alterations
                .iter()
                .filter_map(|altered| in_words(firm, compiled, *altered))
                .collect(),
            conflicts,
            advice,
            alterations,
            ..self
        }
    }
}
