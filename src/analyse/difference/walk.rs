//! Walks the decision trees of both sides along one path of shared knowledge.

use super::joint::JointProduct;
use crate::explore::Path;
use crate::explore::compile::CompiledProduct;
use crate::explore::table::{Decider, YesOrNo};
use crate::explore::tree::Tree;
use crate::link::product::{Action, ActionId, DecisionInput, FactUse};
use crate::value::Value;
use crate::world::cover::ValueSet;
use crate::world::input::{ArgumentNumbers, KnownInputs, WorldInput, WorldPerson};

/// An action as one side declares it.
pub(super) type DeclaredAction<'r> = (&'r CompiledProduct, ActionId, &'r Action);

/// Why a side has no answer on a path.
pub(super) enum WalkStop {
    /// This variable has to be known first.
    Ask(WorldInput),
    /// Nobody can ask this of that side.
    CannotBeAsked,
}

/// A question or change that can be asked of at least one side.
#[derive(Default)]
pub(super) struct ComparedQuestion {
    pub(super) has_target: bool,
    /// Facts that can be left out: those for which leaving them out means different things on the two sides.
    pub(super) silent: Vec<u16>,
    /// The arguments of the change.
    pub(super) arguments: Option<Vec<ArgumentNumbers>>,
}

impl ComparedQuestion {
    /// Whether some firm, and a question or change, agrees with this knowledge.
    pub(super) fn can_be(&self, joint: &JointProduct<'_>, known: &KnownInputs) -> bool {
        let can_be_given = |(var, values): &(WorldInput, ValueSet)| match var {
            WorldInput::Fact(fact) if !self.silent.contains(fact) => {
                let silence = joint.silence(*fact);
                values.iter().any(|value| value != silence)
            }
            _ => true,
        };
        let arguments = self.arguments.as_ref();
        known.iter().all(can_be_given)
            && arguments.is_none_or(|arguments| arguments.iter().any(|one| one.fit(known)))
            && joint.firms.can_be(known, self.has_target)
    }
}

/// One path and its context.
pub(super) struct PathWalk<'w, 'r> {
    pub(super) joint: &'w JointProduct<'r>,
    pub(super) asking: &'w ComparedQuestion,
    pub(super) path: &'w Path<WorldInput>,
}

impl PathWalk<'_, '_> {
    /// The value of a variable, or the halt that asks for it.
    pub(super) fn var(&self, var: WorldInput) -> Result<u16, WalkStop> {
        let read = self.path.read::<()>(var);
        read.map(|value| value.0).map_err(|_| WalkStop::Ask(var))
    }

    /// The person to read: for a target who is the user, it is the user.
    fn is_user(&self) -> Result<bool, WalkStop> {
        Ok(self.asking.has_target && self.var(WorldInput::SameUser)? == 1)
    }

    /// The value of an input on one side. `facts` are those that the action takes there.
    pub(super) fn input(
        &self,
        side: usize,
        input: DecisionInput,
        facts: &[FactUse],
    ) -> Result<Value, WalkStop> {
        let var = match self.joint.var(side, input) {
            // Disabled users are denied before any rule.
            WorldInput::Enabled(WorldPerson::User) => return Ok(Value::YES),
            WorldInput::SameUser if !self.asking.has_target => return Ok(Value::NO),
            WorldInput::Enabled(WorldPerson::Target) if self.is_user()? => return Ok(Value::YES),
            var if var != var.of_user() && self.is_user()? => var.of_user(),
            var => var,
        };
        let value = self.var(var)?;
        let known = match var {
            WorldInput::Setting(_, setting) => self.joint.setting(side, setting, value),
            _ => self.joint.value(side, var, value),
        };
        let by_default = || match input {
            DecisionInput::Fact(fact) => {
                let used = facts.iter().find(|used| used.fact == fact);
                used.and_then(|used| used.default)
            }
            _ => None,
        };
        known.or_else(by_default).ok_or(WalkStop::CannotBeAsked)
    }

    /// Stops where a question cannot be asked of a side, because one of its facts has no value.
    pub(super) fn can_be_asked(&self, side: usize, facts: &[FactUse]) -> Result<(), WalkStop> {
        for used in facts.iter().filter(|used| used.default.is_none()) {
            let input = DecisionInput::Fact(used.fact);
            let WorldInput::Fact(fact) = self.joint.var(side, input) else {
                continue;
            };
            if self.asking.silent.contains(&fact) || !self.joint.is_fact_shared(fact) {
                self.input(side, input, facts)?;
            }
        }
        Ok(())
    }

    /// The leaf that a tree of one side leads to.
    pub(super) fn tree<'t, T>(
        &self,
        side: usize,
        tree: &'t Tree<DecisionInput, T>,
        facts: &[FactUse],
    ) -> Result<&'t T, WalkStop> {
        let leaf = tree.walk(|input| self.input(side, input, facts))?;
        leaf.ok_or(WalkStop::CannotBeAsked)
    }

    /// The decision of a side, and whether the other option of any single reading would turn it.
    pub(super) fn decided<'d, T: YesOrNo + Clone>(
        &self,
        side: usize,
        decider: &'d Decider<T>,
        facts: &[FactUse],
    ) -> Result<(&'d T, bool), WalkStop> {
        let answer = self.tree(side, decider.tree(), facts)?;
        let mut turned = false;
        let inputs = decider.axes().iter().map(|axis| axis.input);
        for reading in inputs.filter(|input| matches!(input, DecisionInput::Reading(_))) {
            let flipped = |input: DecisionInput| {
                let value = self.input(side, input, facts)?;
                Ok(if input == reading {
                    Value::from(!value.is_yes())
                } else {
                    value
                })
            };
            let other: Option<&T> = decider.tree().walk(flipped)?;
            turned |= other.is_some_and(|other| other.is_yes() != answer.is_yes());
        }
        Ok((answer, turned))
    }

    /// Whether nobody can be like this on a side, because it does not know the level.
    pub(super) fn is_unknown(&self, side: usize, who: WorldPerson) -> Result<bool, WalkStop> {
        let who = match who {
            WorldPerson::Target if self.is_user()? => WorldPerson::User,
            who => who,
        };
        for level in self.joint.strange.get(side).into_iter().flatten() {
            if self.var(WorldInput::Holds(who, *level))? == 1 {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
