//! What a change by handles comes to.

use super::judge::ChangeOutcome;
use super::resolve::ResolvedChange;
use super::written_things::WrittenThings;
use crate::explore::compile::CompiledProduct;
use crate::finding::AskError;
use crate::firm::{Alteration, Firm};
use crate::link::product::{Basis, Ruling, RulingKind};

impl Firm {
    /// The outcome of a change whose arguments were checked.
    pub(crate) fn judgement<'f>(
        &'f self,
        compiled: &'f CompiledProduct,
        resolved: &ResolvedChange,
    ) -> Result<Judgement<'f>, AskError> {
        let outcome = self.outcome_with(compiled, resolved, WrittenThings::altered)?;
        Ok(Judgement { compiled, outcome })
    }
}

/// The outcome of a change by handles: numbers into the rulebook, from which everything else can be read.
#[derive(Clone)]
pub struct Judgement<'f> {
    compiled: &'f CompiledProduct,
    /// Of things and groups, how many differ afterwards.
    outcome: ChangeOutcome<usize>,
}

impl<'f> Judgement<'f> {
    /// Whether it is accepted.
    pub fn is_accepted(&self) -> bool {
        self.outcome.judged.accepted
    }

    /// Ids of the rules that decided: the one that accepts, or all that refuse.
    pub fn rules(&self) -> impl Iterator<Item = &'f str> {
        self.rulings().map(|ruling| &*ruling.rule)
    }

    /// The reasons in plain words, one for each rule.
    pub fn reasons(&self) -> impl Iterator<Item = &'f str> {
        self.rulings().map(|ruling| &*ruling.reason)
    }

    /// Ids of the effects, in the order of the rule file.
    pub fn effects(&self) -> impl Iterator<Item = &'f str> {
        let declared = &self.compiled.product.effects;
        let effects = self.outcome.effects.iter();
        effects.filter_map(|effect| Some(&*declared.get(effect.index())?.id))
    }

    /// The number of roles, settings, lists, properties and groups that differ afterwards.
    pub fn altered(&self) -> usize {
        self.outcome.alterations.len() + self.outcome.things
    }

    /// The roles and settings that differ afterwards.
    pub(crate) fn alterations(&self) -> &[Alteration] {
        &self.outcome.alterations
    }

    /// The kinds of the rulings that decided.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = RulingKind> {
        self.rulings().map(|ruling| ruling.kind)
    }

    /// For an acceptance, the basis of the change's rule. A rejection is `stated` when any of its grounds is. It is
    /// `inferred` when the other option of any single reading would turn the verdict.
    pub fn basis(&self) -> Basis {
        if self.outcome.judged.turned {
            return Basis::Inferred;
        }
        let bases = self.rulings().map(|ruling| ruling.basis);
        bases.min().unwrap_or(Basis::Inferred)
    }

    fn rulings(&self) -> impl Iterator<Item = &'f Ruling> {
        let compiled = self.compiled;
        let rulings = self.outcome.judged.rulings.iter();
        rulings.filter_map(|ruling| compiled.ruling(*ruling))
    }
}

impl std::fmt::Debug for Judgement<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let word = if self.is_accepted() {
            "accept"
        } else {
            "reject"
        };
        write!(
            f,
            "Judgement({word}, {:?})",
            self.rules().collect::<Vec<_>>()
        )
    }
}
