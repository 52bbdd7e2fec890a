//! Walking the decision trees of both sides over one path of what is known of both.

use super::firms::{FirmConstraints, KnownInputs};
use super::joint::{JointInput, JointPerson, JointProduct};
use crate::explore::Path;
use crate::explore::table::{Decider, YesOrNo};
use crate::explore::tree::Tree;
use crate::link::product::{Argument, DecisionInput, FactUse};
use crate::value::Value;
use crate::world::cover::ValueSet;

/// Why a side has no answer on a path.
pub(super) enum WalkStop {
    /// It has to be known what this is.
    Ask(JointInput),
    /// Nobody can ask this of that side.
    CannotBeAsked,
}

/// What can be asked of at least one side.
#[derive(Default)]
pub(super) struct ComparedQuestion {
    pub(super) has_target: bool,
    /// Facts of which nothing can be said: those where saying nothing is not the same on both sides.
    pub(super) silent: Vec<u16>,
    /// What a change can be made with.
    pub(super) arguments: Option<Vec<ArgumentNumbers>>,
}

/// The arguments of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct ArgumentNumbers {
    pub(super) role: Option<u16>,
    pub(super) setting: Option<u16>,
    pub(super) value: Option<u16>,
}

impl ArgumentNumbers {
    fn get(&self, argument: Argument) -> Option<u16> {
        match argument {
            Argument::Role => self.role,
            Argument::Setting => self.setting,
            Argument::Value => self.value,
        }
    }
}

impl ComparedQuestion {
    /// Whether there is a firm, and a question or change, of which this is known.
    pub(super) fn can_be(
        &self,
        joint: &JointProduct<'_>,
        firms: &FirmConstraints,
        known: &KnownInputs,
    ) -> bool {
        let can_be_given = |(var, values): &(JointInput, ValueSet)| match var {
            JointInput::Fact(fact) if !self.silent.contains(fact) => {
                let silence = joint.silence(*fact);
                values.iter().any(|value| value != silence)
            }
            _ => true,
        };
        let fits = |arguments: &ArgumentNumbers| {
            known.iter().all(|(var, values)| match var {
                JointInput::Argument(argument) => {
                    let given = arguments.get(*argument);
                    given.is_none_or(|given| values.contains(given))
                }
                _ => true,
            })
        };
        let arguments = self.arguments.as_ref();
        known.iter().all(can_be_given)
            && arguments.is_none_or(|arguments| arguments.iter().any(fits))
            && firms.can_be(known, self.has_target)
    }
}

/// One path, and what it is walked with.
pub(super) struct PathWalk<'w, 'r> {
    pub(super) joint: &'w JointProduct<'r>,
    pub(super) asking: &'w ComparedQuestion,
    pub(super) path: &'w Path<JointInput>,
}

impl PathWalk<'_, '_> {
    /// The value of a variable, or that it has to be asked.
    pub(super) fn var(&self, var: JointInput) -> Result<u16, WalkStop> {
        let read = self.path.read::<()>(var);
        read.map(|value| value.0).map_err(|_| WalkStop::Ask(var))
    }

    /// Whose seat it is: of a target who is the user, everything is known as of the user.
    fn is_user(&self) -> Result<bool, WalkStop> {
        Ok(self.asking.has_target && self.var(JointInput::SameUser)? == 1)
    }

    /// What an input is on one side. `facts` are those that the action takes there.
    pub(super) fn input(
        &self,
        side: usize,
        input: DecisionInput,
        facts: &[FactUse],
    ) -> Result<Value, WalkStop> {
        let var = match self.joint.var(side, input) {
            // Whoever is disabled is denied before any rule.
            JointInput::Enabled(JointPerson::User) => return Ok(Value::YES),
            JointInput::SameUser if !self.asking.has_target => return Ok(Value::NO),
            JointInput::Enabled(JointPerson::Target) if self.is_user()? => return Ok(Value::YES),
            JointInput::Holds(JointPerson::Target, role) if self.is_user()? => {
                JointInput::Holds(JointPerson::User, role)
            }
            JointInput::Setting(JointPerson::Target, setting) if self.is_user()? => {
                JointInput::Setting(JointPerson::User, setting)
            }
            var => var,
        };
        let value = self.var(var)?;
        let known = match var {
            JointInput::Setting(_, setting) => self.joint.setting(side, setting, value),
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

    /// Where a tree of one side leads.
    pub(super) fn tree<'t, T>(
        &self,
        side: usize,
        tree: &'t Tree<DecisionInput, T>,
        facts: &[FactUse],
    ) -> Result<&'t T, WalkStop> {
        let leaf = tree.walk(|input| self.input(side, input, facts))?;
        leaf.ok_or(WalkStop::CannotBeAsked)
    }

    /// What a side decides, and whether the other option of any one reading would turn it.
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
                Ok(match input == reading {
                    true => Value::from(!value.is_yes()),
                    false => value,
                })
            };
            let other: Option<&T> = decider.tree().walk(flipped)?;
            turned |= other.is_some_and(|other| other.is_yes() != answer.is_yes());
        }
        Ok((answer, turned))
    }

    /// Whether there can be nobody like this on a side, since it does not know their level.
    pub(super) fn is_unknown(
        &self,
        firms: &FirmConstraints,
        side: usize,
        who: JointPerson,
    ) -> Result<bool, WalkStop> {
        let who = match who {
            JointPerson::Target if self.is_user()? => JointPerson::User,
            who => who,
        };
        for level in firms.strange.get(side).into_iter().flatten() {
            if self.var(JointInput::Holds(who, *level))? == 1 {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
