//! Situations: everybody that a decision can be about, in every firm, with all facts and both choices of every reading.

use crate::budget::CutOff;
use crate::explore::semantics::{self, InputSource};
use crate::explore::tree::Tree;
use crate::explore::{ExplorationError, Halt, Path, explore};
use crate::link::product::{Action, Clause, ConditionId, DecisionInput, RoleId, Rule};
use crate::value::Value;
use crate::vocabulary::Person;
use crate::world::cover::ValueSet;
use crate::world::input::WorldInput;

use super::IdleSearch;

/// Inputs with their values.
pub(super) type GivenInputs = Vec<(DecisionInput, Value)>;

/// Why a run in a situation stops before its end.
pub(super) enum SearchEnd {
    /// What was searched for is found.
    Found,
    /// The budget is used up.
    CutOff(CutOff),
}

/// Something that is known in a situation, or the halt that asks for more.
pub(super) type Known<T> = Result<T, Halt<DecisionInput, SearchEnd>>;

/// All situations of one kind of question.
pub(super) struct Situations<'r> {
    search: &'r IdleSearch<'r>,
    has_target: bool,
    /// Inputs that are the same in all of them: the arguments of a change.
    given: GivenInputs,
}

/// One situation, as far as it is known.
#[derive(Clone)]
pub(super) struct Situation<'s> {
    of: &'s Situations<'s>,
    path: &'s Path<DecisionInput>,
    given: GivenInputs,
}

impl<'r> Situations<'r> {
    pub(super) fn new(search: &'r IdleSearch<'r>, has_target: bool, given: GivenInputs) -> Self {
        Self {
            search,
            has_target,
            given,
        }
    }

    /// Whether something holds in any situation that can be. The first one ends the search.
    pub(super) fn any(
        &self,
        mut holds: impl FnMut(&Situation<'_>) -> Known<bool>,
    ) -> Result<bool, CutOff> {
        let cut_off = |by| Halt::Fail(SearchEnd::CutOff(by));
        let run = |path: &Path<DecisionInput>| {
            self.search.budget.take_state().map_err(cut_off)?;
            let situation = Situation {
                of: self,
                path,
                given: self.given.clone(),
            };
            if situation.can_be() && holds(&situation)? {
                return Err(Halt::Fail(SearchEnd::Found));
            }
            Ok(())
        };
        let product = self.search.product();
        match explore(usize::MAX, |input| product.width(input), run) {
            Err(ExplorationError::Fails {
                error: SearchEnd::Found,
                ..
            }) => Ok(true),
            Err(ExplorationError::Fails {
                error: SearchEnd::CutOff(by),
                ..
            }) => Err(by),
            Ok(_) | Err(ExplorationError::TooManyPaths) => Ok(false),
        }
    }
}

impl<'s> Situation<'s> {
    /// The same situation in which these inputs have these values, whatever they have in this one.
    pub(super) fn with(&self, given: &[(DecisionInput, Value)]) -> Self {
        let mut other = self.clone();
        other.given.extend(given);
        other
    }

    /// Whether some firm has such people.
    pub(super) fn can_be(&self) -> bool {
        let search = self.of.search;
        let product = search.product();
        let known = self.path.asked().iter().chain(&self.given);
        let known = known.map(|(input, value)| {
            let value = ValueSet::of(product.width(*input), [value.0]);
            (WorldInput::from(*input), value)
        });
        let known: Vec<_> = known.collect();
        search.firms.can_be(&known, self.of.has_target)
    }

    /// The value of an input. A target who is the user has the user's values, and users are enabled: others are denied before
    /// any rule.
    pub(super) fn input(&self, input: DecisionInput) -> Known<Value> {
        let input = match input {
            DecisionInput::SameUser if !self.of.has_target => return Ok(Value::NO),
            DecisionInput::SameUser => return self.path.read(input),
            _ if input.person() == Some(Person::Target) && self.is_same()? => {
                input.of(Person::User)
            }
            input => input,
        };
        if input == DecisionInput::Enabled(Person::User) {
            return Ok(Value::YES);
        }
        let given = self.given.iter().rev().find(|(given, _)| *given == input);
        given.map_or_else(|| self.path.read(input), |(_, value)| Ok(*value))
    }

    /// Whether user and target are the same person.
    pub(super) fn is_same(&self) -> Known<bool> {
        Ok(self.input(DecisionInput::SameUser)?.is_yes())
    }

    fn source(&self) -> impl InputSource<Halt = Halt<DecisionInput, SearchEnd>> {
        self.of.search.compiled.asking(|input| self.input(input))
    }

    /// Where a decision tree leads.
    pub(super) fn walk<'t, T>(&self, tree: &'t Tree<DecisionInput, T>) -> Known<Option<&'t T>> {
        tree.walk(|input| self.input(input))
    }

    /// The ruling of these rules, in the place of the rules of an action.
    pub(super) fn decide(&self, action: &Action, rules: &[Rule]) -> Known<u16> {
        let product = self.of.search.product();
        semantics::decide(product, rules, action.silent, &mut self.source())
    }

    /// The rulings that refuse a change with this clause.
    pub(super) fn judge(&self, clause: &Clause) -> Known<Vec<u16>> {
        semantics::judge(self.of.search.product(), clause, &mut self.source())
    }

    /// The ruling of one rule alone. `None` where it does not speak about the target.
    pub(super) fn speaks(&self, rule: &Rule) -> Known<Option<u16>> {
        semantics::speaks(self.of.search.product(), rule, &mut self.source())
    }

    /// Whether one rule alone allows it.
    pub(super) fn is_granted_by(&self, rule: &Rule) -> Known<bool> {
        let ruling = self.speaks(rule)?;
        Ok(ruling.is_some_and(|ruling| rule.clause.grants(ruling)))
    }

    pub(super) fn condition(&self, condition: ConditionId) -> Known<bool> {
        self.source().condition(condition)
    }

    /// Whether the user holds a role, or one that brings it.
    pub(super) fn has_role(&self, role: RoleId) -> Known<bool> {
        let product = self.of.search.product();
        semantics::has_role(product, &mut self.source(), Person::User, role)
    }
}
