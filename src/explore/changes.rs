//! Exploring changes and effects. Both read what a change says, and what the firm says of the thing that it names.

use std::fmt::Display;

use super::explorer::{Explorer, PathSource};
use super::layout::Layout;
use super::semantics;
use super::table::{ChangeRefusals, Decider, YesOrNo};
use super::tree::{ConditionTree, Tree};
use crate::finding::rules as codes;
use crate::link::product::{DecisionInput, Effect, EffectTrigger, FactId, FactUse, LinkedChange};

/// Everything that is decided about the changes of a product.
pub(super) struct ChangeDeciders {
    /// By change, which rulings refuse it.
    pub(super) judges: Vec<Decider<ChangeRefusals>>,
    /// By effect, whether it follows.
    pub(super) effects: Vec<Decider<bool>>,
    /// By change, what it and its effects read of a thing.
    pub(super) facts: Vec<Vec<FactUse>>,
}

/// Bits of the question that comes with a change.
const QUESTION_BITS: u32 = 64;

impl Explorer<'_> {
    pub(super) fn changes(
        &mut self,
        conditions: &[ConditionTree],
        layout: &Layout,
    ) -> Option<ChangeDeciders> {
        let draft = self.draft;
        let product = &draft.product;
        let changes = product.changes.iter();
        let judges: Option<Vec<_>> = changes
            .map(|change| self.judge(change, conditions))
            .collect();
        let judges = judges?;
        let effects = product.effects.iter();
        let effects: Option<Vec<_>> = effects
            .map(|effect| self.follow(effect, &judges, conditions))
            .collect();
        let effects = effects?;
        let facts: Option<Vec<_>> = product
            .changes
            .iter()
            .zip(&judges)
            .map(|(change, judge)| {
                let of_effects = change.effects.iter();
                let of_effects = of_effects.filter_map(|effect| effects.get(effect.index()));
                let mut read = judge.questions();
                read.extend(of_effects.flat_map(Tree::questions));
                self.facts_of_change(change, &read, layout)
            })
            .collect();
        let facts = facts?;
        let of_change = |number: usize| facts.get(number).map_or(&[][..], Vec::as_slice);
        let judges = judges.into_iter().enumerate();
        let judges = judges.map(|(number, tree)| self.decider(tree, of_change(number), layout));
        let judges = judges.collect();
        let of_effect = product.effects.iter().zip(effects);
        let effects = of_effect.map(|(effect, tree)| {
            let facts = match effect.after {
                EffectTrigger::Change(change) => of_change(change.index()),
                EffectTrigger::NothingChanged => &[],
            };
            self.decider(tree, facts, layout)
        });
        Some(ChangeDeciders {
            effects: effects.collect(),
            judges,
            facts,
        })
    }

    fn judge(
        &mut self,
        change: &LinkedChange,
        conditions: &[ConditionTree],
    ) -> Option<Tree<DecisionInput, ChangeRefusals>> {
        let product = &self.draft.product;
        self.decision(&change.id, change.place.clone(), conditions, |world| {
            Ok(ChangeRefusals(
                semantics::judge(product, &change.clause, world)?.into(),
            ))
        })
    }

    fn follow(
        &mut self,
        effect: &Effect,
        judges: &[Tree<DecisionInput, ChangeRefusals>],
        conditions: &[ConditionTree],
    ) -> Option<Tree<DecisionInput, bool>> {
        let follows = |world: &mut PathSource<'_>| semantics::follows(effect, world);
        let tree = self.decision(&effect.id, effect.place.clone(), conditions, follows)?;
        let is_made = match effect.after {
            EffectTrigger::Change(change) => {
                let judge = judges.get(change.index());
                judge.is_none_or(|judge| judge.leaves().any(YesOrNo::is_yes))
            }
            EffectTrigger::NothingChanged => true,
        };
        if !is_made || !tree.leaves().any(|follows| *follows) {
            self.findings
                .report(&codes::EFFECT_NEVER, effect.place.clone(), &[&effect.id]);
        }
        Some(tree)
    }

    /// The facts among what is read, with the places of their bits. Too many are reported.
    fn facts_of_change(
        &mut self,
        change: &LinkedChange,
        read: &[DecisionInput],
        layout: &Layout,
    ) -> Option<Vec<FactUse>> {
        let product = &self.draft.product;
        let facts = product.facts_of_change(change.kind, change.targets);
        let is_read = |(fact, _): &(FactId, _)| read.contains(&DecisionInput::Fact(*fact));
        let facts = facts
            .filter(is_read)
            .map(|(fact, value)| (fact, Some(value)));
        let (places, bits) = layout.places(facts, product);
        if bits > QUESTION_BITS {
            let words: [&dyn Display; 3] = [&change.id, &(bits - 1), &(QUESTION_BITS - 1)];
            self.findings
                .report(&codes::FACTS_TOO_WIDE, change.place.clone(), &words);
            return None;
        }
        Some(places)
    }
}
