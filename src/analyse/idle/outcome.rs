//! Everything that is decided about one question: what has to stay the same where an input turns nothing.

use crate::budget::CutOff;
use crate::explore::table::ActionRuling;
use crate::link::product::{ActionId, ChangeId, Conflict, DecisionInput, EffectId, EffectTrigger};
use crate::value::Value;
use crate::vocabulary::Person;
use crate::world::bound_change::BoundChange;

use super::IdleSearch;
use super::situation::{Known, Situation, Situations};

/// A decision that inputs can turn.
pub(super) enum DecidedQuestion<'r> {
    /// An action, for all that share its rules.
    Action(ActionId),
    /// A change, with the effects that can follow.
    Change(ChangeId),
    Conflict(&'r Conflict),
}

/// What is decided.
#[derive(PartialEq)]
enum DecidedOutcome {
    Ruling(Option<ActionRuling>),
    /// The rulings that refuse a change; for one that is accepted, the effects whose condition holds.
    Verdict(Vec<u16>, Vec<EffectId>),
    Held(bool),
}

impl<'r> IdleSearch<'r> {
    /// Every decision of the product; actions that share their rules once.
    pub(super) fn decided(&self) -> Vec<DecidedQuestion<'r>> {
        let product = self.product();
        let actions = self.compiled.first_of.iter();
        let actions = actions.map(|first| DecidedQuestion::Action(ActionId(*first)));
        let changes = (0..product.changes.len()).map(ChangeId::from);
        let changes = changes.map(DecidedQuestion::Change);
        let conflicts = product.conflicts.iter().map(DecidedQuestion::Conflict);
        actions.chain(changes).chain(conflicts).collect()
    }

    /// The inputs that a decision can read, each as the user's. `None` for a conflict, which may read any of the user's.
    pub(super) fn reads(&self, question: &DecidedQuestion<'_>) -> Option<Vec<DecisionInput>> {
        let of_user = |input: DecisionInput| input.of(Person::User);
        match question {
            DecidedQuestion::Action(action) => {
                let axes = self.compiled.decider(*action)?.axes().iter();
                Some(axes.map(|axis| of_user(axis.input)).collect())
            }
            DecidedQuestion::Change(change) => {
                let judge = self.compiled.judges.get(change.index())?;
                let effects = self.effects_of(*change);
                let effects = effects.filter_map(|id| self.compiled.effects.get(id.index()));
                let axes = effects.flat_map(|effect| effect.axes());
                let axes = judge.axes().iter().chain(axes);
                Some(axes.map(|axis| of_user(axis.input)).collect())
            }
            DecidedQuestion::Conflict(_) => None,
        }
    }

    /// Whether a decision is not the same with one value of some inputs and with another, for anybody who can have either.
    pub(super) fn turns(
        &self,
        question: &DecidedQuestion<'_>,
        values: [&[(DecisionInput, Value)]; 2],
    ) -> Result<bool, CutOff> {
        let differs = |bound: Option<BoundChange>, situation: &Situation<'_>| {
            let [one, other] = values.map(|given| situation.with(given));
            Ok(one.can_be()
                && other.can_be()
                && self.outcome(question, bound, &one)? != self.outcome(question, bound, &other)?)
        };
        match question {
            DecidedQuestion::Change(change) => {
                for (bound, situations) in self.of_change(*change) {
                    if situations.any(|situation| differs(Some(bound), situation))? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            DecidedQuestion::Action(action) => {
                let action = self.product().action(*action);
                let has_target = action.is_some_and(|action| action.on_target);
                let situations = Situations::new(self, has_target, Vec::new());
                situations.any(|situation| differs(None, situation))
            }
            DecidedQuestion::Conflict(_) => {
                Situations::new(self, false, Vec::new()).any(|situation| differs(None, situation))
            }
        }
    }

    fn outcome(
        &self,
        question: &DecidedQuestion<'_>,
        bound: Option<BoundChange>,
        situation: &Situation<'_>,
    ) -> Known<DecidedOutcome> {
        Ok(match question {
            DecidedQuestion::Action(action) => {
                let decider = self.compiled.decider(*action);
                let ruled = decider.map(|decider| situation.walk(decider.tree()));
                DecidedOutcome::Ruling(ruled.transpose()?.flatten().copied())
            }
            DecidedQuestion::Conflict(conflict) => {
                DecidedOutcome::Held(self.is_held(conflict, situation)?)
            }
            DecidedQuestion::Change(_) => match bound {
                Some(bound) => self.verdict(bound, situation)?,
                None => DecidedOutcome::Held(false),
            },
        })
    }

    fn verdict(&self, bound: BoundChange, situation: &Situation<'_>) -> Known<DecidedOutcome> {
        let judge = self.compiled.judges.get(bound.change.index());
        let refused = judge
            .map(|judge| situation.walk(judge.tree()))
            .transpose()?;
        let refused = refused.flatten().map_or(&[][..], |refusals| &refusals.0);
        let mut effects = Vec::new();
        for id in self.effects_of(bound.change).filter(|_| refused.is_empty()) {
            let follows = self.compiled.effects.get(id.index());
            let follows = follows.map(|follows| situation.walk(follows.tree()));
            if follows.transpose()?.flatten() == Some(&true) {
                effects.push(id);
            }
        }
        Ok(DecidedOutcome::Verdict(refused.to_vec(), effects))
    }

    /// The effects that can follow a change, those of nothing changed included.
    fn effects_of(&self, change: ChangeId) -> impl Iterator<Item = EffectId> {
        let effects = self.product().effects.iter().enumerate();
        let can_follow = effects.filter(move |(_, effect)| match effect.after {
            EffectTrigger::Change(after) => after == change,
            EffectTrigger::NothingChanged => true,
        });
        can_follow.map(|(number, _)| EffectId::from(number))
    }
}
