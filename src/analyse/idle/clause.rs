//! Clauses with their owners, and how they would answer without one of their parts.

use std::collections::BTreeMap;

use crate::budget::CutOff;
use crate::link::product::{
    Action, Argument, ChangeId, Clause, DecisionInput, LinkedChange, Rule, RuleTargets, Ruling,
    RulingId,
};
use crate::world::bound_change::BoundChange;

use super::IdleSearch;
use super::situation::{Known, Situation, Situations};

/// The clause of a rule of an action, or of a change.
#[derive(Clone, Copy)]
pub(super) struct OwnedClause<'r> {
    pub(super) owner: ClauseHolder<'r>,
    /// Whom the rule speaks about; that of a change speaks about anyone.
    pub(super) whom: RuleTargets,
    pub(super) clause: &'r Clause,
}

/// Whose clause it is.
#[derive(Clone, Copy)]
pub(super) enum ClauseHolder<'r> {
    /// The rule at this place of an action.
    Action(&'r Action, usize),
    Change(&'r LinkedChange, ChangeId),
}

/// A part of a clause that may be taken out.
#[derive(Clone, Copy)]
pub(super) enum ClausePart {
    When,
    /// The refusal at this place under `unless`.
    Refusal(usize),
}

/// Clauses with one of their rulings, by where the file writes what belongs to it: one part of a group is part of many clauses.
pub(super) type WrittenParts<'r> = BTreeMap<u32, Vec<(OwnedClause<'r>, u16)>>;

impl<'r> IdleSearch<'r> {
    /// The clauses of all actions and changes.
    pub(super) fn clauses(&self) -> impl Iterator<Item = OwnedClause<'r>> {
        let product = self.product();
        let of_actions = product.actions.iter().flat_map(|action| {
            let rules = action.rules.iter().enumerate();
            rules.map(move |(at, rule)| OwnedClause {
                owner: ClauseHolder::Action(action, at),
                whom: rule.whom,
                clause: &rule.clause,
            })
        });
        let changes = product.changes.iter().enumerate();
        let of_changes = changes.map(|(number, change)| OwnedClause {
            owner: ClauseHolder::Change(change, ChangeId::from(number)),
            whom: RuleTargets::Anyone,
            clause: &change.clause,
        });
        of_actions.chain(of_changes)
    }

    /// The parts with rulings of these numbers, counted from the first of their clause.
    pub(super) fn written(&self, is_wanted: impl Fn(u16) -> bool) -> WrittenParts<'r> {
        let mut parts = WrittenParts::new();
        for owned in self.clauses() {
            let rulings = Clause::REFUSED + owned.clause.unless.len() as u16;
            for number in (0..rulings).filter(|number| is_wanted(*number)) {
                let at = self.ruling(&owned, number).and_then(|it| it.written_at);
                if let Some(at) = at {
                    let all = parts.entry(at.start).or_default();
                    all.push((owned, number));
                }
            }
        }
        parts
    }

    /// A ruling of a clause, counted from the first of the clause.
    pub(super) fn ruling(&self, owned: &OwnedClause<'_>, number: u16) -> Option<&'r Ruling> {
        let first = match owned.owner {
            ClauseHolder::Action(action, _) => action.first_ruling,
            ClauseHolder::Change(change, _) => change.first_ruling,
        };
        let number = u32::from(owned.clause.first + number);
        self.product().ruling(RulingId(first.0 + number))
    }

    /// All situations of a change, for each choice of its arguments.
    pub(super) fn of_change(
        &'r self,
        change: ChangeId,
    ) -> impl Iterator<Item = (BoundChange, Situations<'r>)> {
        BoundChange::of(self.compiled, change).map(|bound| {
            let given = Argument::READ.map(|argument| {
                let value = bound.arguments.read(argument);
                (DecisionInput::Argument(argument), value)
            });
            (bound, Situations::new(self, true, given.to_vec()))
        })
    }

    /// Whether something holds in any situation in which a clause is asked.
    pub(super) fn any_of(
        &self,
        owned: &OwnedClause<'_>,
        mut holds: impl FnMut(&Situation<'_>) -> Known<bool>,
    ) -> Result<bool, CutOff> {
        match owned.owner {
            ClauseHolder::Action(action, _) => {
                Situations::new(self, action.on_target, Vec::new()).any(holds)
            }
            ClauseHolder::Change(_, change) => {
                for (_, situations) in self.of_change(change) {
                    if situations.any(&mut holds)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
        }
    }

    /// Whether any answer changes when a part is taken out of a clause.
    pub(super) fn matters(
        &self,
        owned: &OwnedClause<'_>,
        part: ClausePart,
    ) -> Result<bool, CutOff> {
        let without = owned.without(part);
        let as_before = |ruling| owned.as_before(part, ruling);
        match owned.owner {
            ClauseHolder::Action(action, at) => {
                let mut rules = action.rules.clone();
                if let Some(rule) = rules.get_mut(at) {
                    rule.clause = without;
                }
                self.any_of(owned, |situation| {
                    let now = situation.decide(action, &action.rules)?;
                    Ok(now != as_before(situation.decide(action, &rules)?))
                })
            }
            ClauseHolder::Change(change, _) => self.any_of(owned, |situation| {
                let now = situation.judge(&change.clause)?;
                let then = situation.judge(&without)?.into_iter();
                Ok(!then.map(as_before).eq(now))
            }),
        }
    }
}

impl OwnedClause<'_> {
    fn without(&self, part: ClausePart) -> Clause {
        let mut clause = self.clause.clone();
        match part {
            ClausePart::When => clause.when = None,
            ClausePart::Refusal(at) if at < clause.unless.len() => {
                clause.unless.remove(at);
            }
            ClausePart::Refusal(_) => {}
        }
        clause
    }

    /// The number that a ruling has while the part is there: those of later refusals move up.
    fn as_before(&self, part: ClausePart, ruling: u16) -> u16 {
        let ClausePart::Refusal(at) = part else {
            return ruling;
        };
        let clause = self.clause;
        let refusals = clause.first + Clause::REFUSED;
        let behind = refusals + at as u16..refusals + clause.unless.len() as u16;
        ruling + u16::from(behind.contains(&ruling))
    }

    /// The rule by itself.
    pub(super) fn rule(&self) -> Rule {
        Rule {
            whom: self.whom,
            clause: self.clause.clone(),
        }
    }

    /// The rule without refusals: whom it grants is let through to them.
    pub(super) fn without_refusals(&self) -> Rule {
        let mut rule = self.rule();
        rule.clause.unless.clear();
        rule
    }
}
