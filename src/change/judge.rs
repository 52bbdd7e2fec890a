//! Judging one change: the grounds, then the change's table, then the invariants of the firm.

use super::alterations::{Alterations, Effects};
use super::apply::FirmOverlay;
use super::request::Change;
use super::resolve::ResolvedChange;
use super::verdict::{Verdict, VerdictRulings};
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::QuestionBits;
use crate::finding::{AskError, foreign};
use crate::firm::{Firm, has_seat};
use crate::link::product::{Argument, Clause, Ruling, RulingId};

/// The outcome of one change, before it is put into words. Most outcomes need no heap memory.
#[derive(Debug, Clone)]
pub(crate) struct ChangeOutcome {
    pub(crate) judged: VerdictRulings,
    pub(crate) effects: Effects,
    pub(crate) alterations: Alterations,
}

impl ChangeOutcome {
    fn rejected(judged: VerdictRulings) -> Self {
        Self {
            judged,
            effects: Effects::new(),
            alterations: Alterations::new(),
        }
    }
}

impl Firm {
    /// Validates one change by names, and explains the verdict. [`Firm::validate`] is the fast form, by handles.
    ///
    /// # Errors
    /// [`AskError`] when the change cannot be asked. An error is never a rejection.
    ///
    /// ```
    /// use clio_rules::{Change, Firm, Rulebook};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let verdict = firm.judge(&Change::new("tomas", "grant").role("billing").target("wren"))?;
    /// assert!(verdict.is_accepted());
    /// assert_eq!(&*verdict.effects[0], "payment_notifications_start");
    /// let after = firm.after(&verdict)?;
    /// assert!(after.ask(&clio_rules::Question::new("wren", "create_bill"))?.is_allowed());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn judge(&self, change: &Change) -> Result<Verdict, AskError> {
        self.is_in_state(change.if_state.as_deref())?;
        let resolved = self.resolve_change(change)?;
        let compiled = self.compiled(resolved.product)?;
        let outcome = self.outcome(compiled, &resolved)?;
        Ok(Verdict::of_change(self, compiled, change, outcome))
    }

    pub(crate) fn compiled(&self, product: usize) -> Result<&CompiledProduct, AskError> {
        self.rulebook
            .product(product)
            .ok_or_else(|| foreign("rulebook"))
    }

    pub(crate) fn outcome(
        &self,
        compiled: &CompiledProduct,
        resolved: &ResolvedChange,
    ) -> Result<ChangeOutcome, AskError> {
        let judged = self.judged(compiled, resolved)?;
        if !judged.accepted {
            return Ok(ChangeOutcome::rejected(judged));
        }
        let mut overlay = FirmOverlay::new(self, compiled, resolved.product);
        let effects = self.perform(compiled, resolved, &mut overlay);
        let alterations = overlay.alterations();
        if let Some((_, broken)) = self.broken_invariant(compiled, &alterations) {
            return Ok(ChangeOutcome::rejected(VerdictRulings::refused(broken)));
        }
        Ok(ChangeOutcome {
            judged,
            effects,
            alterations,
        })
    }

    /// The alterations and effects of a change, permitted or not. It does nothing to a user without a seat.
    pub(crate) fn done_anyway(
        &self,
        compiled: &CompiledProduct,
        resolved: &ResolvedChange,
    ) -> (Effects, Alterations) {
        if !has_seat(self.roster.profile(resolved.product, resolved.target)) {
            return (Effects::new(), Alterations::new());
        }
        let mut overlay = FirmOverlay::new(self, compiled, resolved.product);
        let effects = self.perform(compiled, resolved, &mut overlay);
        (effects, overlay.alterations())
    }

    /// Applies an accepted change, with its effects.
    fn perform(
        &self,
        compiled: &CompiledProduct,
        resolved: &ResolvedChange,
        overlay: &mut FirmOverlay<'_>,
    ) -> Effects {
        let bits = self.change_bits(compiled, resolved);
        let does = compiled
            .product
            .change(resolved.change)
            .map_or(&[][..], |change| &change.does);
        overlay.perform(does, resolved);
        if overlay.alterations().is_empty() {
            return overlay.nothing_changed(&bits);
        }
        overlay.follow(resolved, &bits)
    }

    /// Whether a change is permitted, and by which rulings.
    pub(crate) fn judged(
        &self,
        compiled: &CompiledProduct,
        resolved: &ResolvedChange,
    ) -> Result<VerdictRulings, AskError> {
        let no_such = || foreign("rulebook");
        let bits = self.change_bits(compiled, resolved);
        if let Some(ground) = compiled.ground(&bits) {
            return Ok(VerdictRulings::refused(ground));
        }
        let change = compiled
            .product
            .change(resolved.change)
            .ok_or_else(no_such)?;
        let judge = compiled
            .judges
            .get(resolved.change.index())
            .ok_or_else(no_such)?;
        let outcome = judge.decide(&bits).ok_or_else(no_such)?;
        let refusals = &outcome.answer.0;
        let accepted = refusals.is_empty();
        let granted = [change.clause.first + Clause::GRANTED];
        let spoke = if accepted { &granted } else { &**refusals };
        let rulings = spoke
            .iter()
            .map(|ruling| RulingId(change.first_ruling.0 + u32::from(*ruling)))
            .collect();
        Ok(VerdictRulings {
            accepted,
            rulings,
            turned: outcome.turned,
        })
    }

    pub(crate) fn change_bits(
        &self,
        compiled: &CompiledProduct,
        resolved: &ResolvedChange,
    ) -> QuestionBits<'_> {
        let mut question = [0; 2];
        for argument in Argument::ALL {
            let field = compiled.layout.argument(argument);
            field.write(&mut question, resolved.arguments.read(argument));
        }
        self.bits(
            resolved.product,
            resolved.user,
            Some(resolved.target),
            question,
        )
    }
}

impl CompiledProduct {
    /// A ruling of this product.
    pub(super) fn ruling(&self, id: RulingId) -> Option<&Ruling> {
        self.product.ruling(id)
    }
}
