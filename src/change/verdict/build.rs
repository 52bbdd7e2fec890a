//! Building verdicts from judged changes.

use std::sync::Arc;

use super::altered_thing::AlteredThing;
use super::reason::{in_words, reasons, turned_basis};
use super::request::RequestWords;
use super::{Verdict, VerdictRulings, VerdictWord};
use crate::answer::Grounds;
use crate::change::alterations::Consequences;
use crate::change::judge::ChangeOutcome;
use crate::change::{Bulk, Change};
use crate::explore::compile::CompiledProduct;
use crate::firm::Firm;
use crate::link::product::{Basis, Ruling};

impl Verdict {
    pub(in crate::change) fn of_change(
        firm: &Firm,
        compiled: &CompiledProduct,
        change: &Change,
        outcome: ChangeOutcome,
    ) -> Self {
        let judged = &outcome.judged;
        let request = RequestWords::of(change, &compiled.product.id);
        let spoke = first_ruling(compiled, judged);
        let verdict = Self {
            reasons: reasons(compiled, judged, None).collect(),
            ..Self::new(firm, compiled, request, judged.accepted, spoke)
        };
        let basis = basis_of(compiled, judged);
        let followed = Consequences {
            effects: outcome.effects.into_vec(),
            alterations: outcome.alterations.into_vec(),
            things: outcome.things,
        };
        verdict.followed_by(firm, compiled, basis, followed)
    }

    pub(in crate::change) fn of_bulk(
        firm: &Firm,
        compiled: &CompiledProduct,
        bulk: &Bulk,
        judged: &[VerdictRulings],
        followed: Consequences,
    ) -> Self {
        let request = RequestWords::of_bulk(bulk, &compiled.product.id);
        let refused = judged.iter().find(|part| !part.accepted);
        let spoke = match (refused, &compiled.product.bulk) {
            (Some(part), _) => first_ruling(compiled, part),
            (None, bulk) => bulk
                .as_ref()
                .and_then(|bulk| compiled.ruling(bulk.accepted)),
        };
        let of_parts = (1..).zip(judged);
        let verdict = Self {
            reasons: of_parts
                .flat_map(|(number, part)| reasons(compiled, part, Some(number)))
                .collect(),
            ..Self::new(firm, compiled, request, refused.is_none(), spoke)
        };
        let bases = judged.iter().map(|part| basis_of(compiled, part));
        let basis = bases.fold(verdict.grounds.basis, Basis::weaker);
        verdict.followed_by(firm, compiled, basis, followed)
    }

    /// A verdict with the basis of its ruling, without reasons and without what follows.
    fn new(
        firm: &Firm,
        compiled: &CompiledProduct,
        request: RequestWords,
        accepted: bool,
        spoke: Option<&Ruling>,
    ) -> Self {
        let nothing = || Arc::from("");
        Self {
            request,
            verdict: if accepted {
                VerdictWord::Accept
            } else {
                VerdictWord::Reject
            },
            effects: Vec::new(),
            grounds: Grounds {
                basis: spoke.map_or(Basis::Inferred, |ruling| ruling.basis),
                rule: spoke.map_or_else(nothing, |ruling| Arc::clone(&ruling.rule)),
                reason: spoke.map_or_else(nothing, |ruling| Arc::clone(&ruling.reason)),
                reason_basis: spoke.and_then(|ruling| ruling.reason_basis),
                place: spoke.map_or_else(String::new, |ruling| ruling.place.file_and_line()),
                section: spoke
                    .map_or("", |ruling| compiled.product.heading(ruling.section))
                    .into(),
                site: spoke.and_then(|ruling| ruling.site.clone()),
            },
            reasons: Vec::new(),
            altered: Vec::new(),
            altered_things: Vec::new(),
            conflicts: Vec::new(),
            advice: Vec::new(),
            state: firm.state,
            alterations: Vec::new(),
            things: Vec::new(),
        }
    }

    /// The verdict with what follows. A rejection is `stated` when any of its grounds is. An acceptance has the given
    /// basis.
    fn followed_by(
        mut self,
        firm: &Firm,
        compiled: &CompiledProduct,
        basis: Basis,
        followed: Consequences,
    ) -> Self {
        let Consequences {
            effects,
            alterations,
            things,
        } = followed;
        let product = &compiled.product;
        let effects = effects.iter().filter_map(|effect| product.effect(*effect));
        self.effects = effects.map(|effect| Arc::clone(&effect.id)).collect();
        let altered = alterations.iter();
        self.altered = altered
            .filter_map(|altered| in_words(firm, compiled, *altered))
            .collect();
        self.altered_things = AlteredThing::all(firm, compiled, &things);
        self.grounds.basis = self
            .reasons
            .iter()
            .map(|reason| reason.grounds.basis)
            .min()
            .unwrap_or(basis);
        let basis = self.grounds.basis;
        let of_reason = self.grounds.reason_basis;
        self.grounds.reason_basis = of_reason.filter(|of_reason| *of_reason != basis);
        (self.conflicts, self.advice) = firm.newly_warned_after(compiled, &alterations);
        self.alterations = alterations;
        self.things = things;
        self
    }
}

fn first_ruling<'c>(compiled: &'c CompiledProduct, judged: &VerdictRulings) -> Option<&'c Ruling> {
    compiled.ruling(*judged.rulings.first()?)
}

/// The basis of the first ruling, unless a reading turns it.
fn basis_of(compiled: &CompiledProduct, judged: &VerdictRulings) -> Basis {
    let basis = first_ruling(compiled, judged).map_or(Basis::Inferred, |ruling| ruling.basis);
    basis.weaker(turned_basis(judged.turned))
}
