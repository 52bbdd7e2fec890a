//! What a proof knows about a firm of any size: a few people, and only the inputs it has asked for.
//!
//! Every path through all possible inputs is walked. The end of a path stands for all firms with the same answers.

use std::cell::RefCell;

use super::subject::ProofSubject;
use crate::explore::compile::CompiledProduct;
use crate::explore::{Halt, Path, semantics};
use crate::link::product::{
    ActionId, DecisionInput, FactId, PremiseValue, ReadingId, RoleId, RuleTargets, SettingId,
    Traits, UserPart,
};
use crate::value::Value;
use crate::vocabulary::Person;
use crate::world::settled::{KnownRoles, held, must_be_enabled};

/// A person a proof knows about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum ProofPerson {
    /// The user.
    User,
    /// The target of a change or an action, counted from 0.
    Target(u8),
    /// The holder of a role with a single holder, if it is none of the others.
    Holder(RoleId),
    /// Another person.
    Other,
}

/// An input that a proof asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum ProofInput {
    /// Whether a target is a person who is already there.
    Same(ProofPerson, ProofPerson),
    /// Whether somebody is enabled.
    Enabled(ProofPerson),
    /// Whether a person holds a role directly.
    Holds(ProofPerson, RoleId),
    /// Somebody's setting.
    Setting(ProofPerson, SettingId),
    /// The firm's choice of a reading.
    Reading(ReadingId),
    /// A fact of the question.
    Fact(FactId),
    /// Which of the possible changes a part is.
    Part(u8),
    /// Whether another relevant person exists.
    Other,
}

/// The value of an input, or the halt that asks for it.
pub(super) type ProofRead<T> = Result<T, Halt<ProofInput, ()>>;

/// Another person with one known property: they hold a role, and are enabled if that matters.
#[derive(Debug, Clone, Copy)]
pub(super) struct OtherHolder {
    pub(super) role: RoleId,
    pub(super) enabled: bool,
}

/// The people of one path.
pub(super) struct ProofState<'s> {
    pub(super) compiled: &'s CompiledProduct,
    pub(super) path: &'s Path<ProofInput>,
    /// Everybody, each once.
    people: RefCell<Vec<ProofPerson>>,
    other: Option<OtherHolder>,
}

impl<'s> ProofState<'s> {
    pub(super) fn new(subject: ProofSubject<'s>, path: &'s Path<ProofInput>) -> Self {
        Self {
            compiled: subject.compiled,
            path,
            people: RefCell::new(vec![ProofPerson::User]),
            other: None,
        }
    }

    /// The same people and another person.
    pub(super) fn with_other(mut self, other: OtherHolder) -> Self {
        self.other = Some(other);
        self.people.borrow_mut().push(ProofPerson::Other);
        self
    }

    /// Adds a target, who may be a person who is already there. Targets are added before holders.
    pub(super) fn enter(&self, number: u8, on: RuleTargets) -> ProofRead<ProofPerson> {
        let new = ProofPerson::Target(number);
        for known in self.people() {
            let same = match (known, on) {
                (ProofPerson::User, RuleTargets::Others) => false,
                (ProofPerson::User, RuleTargets::Oneself) => true,
                _ => self.path.read(ProofInput::Same(new, known))?.is_yes(),
            };
            if same {
                return Ok(known);
            }
        }
        self.people.borrow_mut().push(new);
        Ok(new)
    }

    /// The holder of a role with a single holder.
    pub(super) fn holder(&self, role: RoleId) -> ProofRead<ProofPerson> {
        for who in self.people() {
            if self.holds(who, role)? {
                return Ok(who);
            }
        }
        self.people.borrow_mut().push(ProofPerson::Holder(role));
        Ok(ProofPerson::Holder(role))
    }

    fn known(&self, ask: ProofInput) -> Option<bool> {
        self.path.read::<()>(ask).ok().map(Value::is_yes)
    }

    /// Whether a person holds a role directly. What the invariants imply is not asked.
    pub(super) fn holds(&self, who: ProofPerson, role: RoleId) -> ProofRead<bool> {
        if let Some(held) = held(&self.compiled.product, self, who, role) {
            return Ok(held);
        }
        Ok(self.path.read(ProofInput::Holds(who, role))?.is_yes())
    }

    /// Whether a person is enabled. The user always is: disabled users are denied before any rule.
    pub(super) fn enabled(&self, who: ProofPerson) -> ProofRead<bool> {
        let of_other = who == ProofPerson::Other && self.other.is_some_and(|other| other.enabled);
        let product = &self.compiled.product;
        if who == ProofPerson::User || of_other || must_be_enabled(product, self, who) {
            return Ok(true);
        }
        Ok(self.path.read(ProofInput::Enabled(who))?.is_yes())
    }

    /// The value of a role or setting of a person.
    pub(super) fn value(&self, who: ProofPerson, what: UserPart) -> ProofRead<Value> {
        match what {
            UserPart::Role(role) => self.holds(who, role).map(Value::from),
            UserPart::Setting(setting) => self.path.read(ProofInput::Setting(who, setting)),
        }
    }
}

impl KnownRoles for ProofState<'_> {
    type Who = ProofPerson;

    fn people(&self) -> Vec<ProofPerson> {
        self.people.borrow().clone()
    }

    fn stated_role(&self, who: ProofPerson, role: RoleId) -> Option<bool> {
        let of_other = self.other.is_some_and(|other| other.role == role);
        if who == ProofPerson::Holder(role) || who == ProofPerson::Other && of_other {
            Some(true)
        } else {
            self.known(ProofInput::Holds(who, role))
        }
    }

    fn is_disabled(&self, who: ProofPerson) -> bool {
        self.known(ProofInput::Enabled(who)) == Some(false)
    }
}

/// A state as the rules see it: two of its people, with alterations applied.
pub(super) struct ProofView<'v, 's> {
    pub(super) state: &'v ProofState<'s>,
    pub(super) target: ProofPerson,
    pub(super) altered: &'v [(ProofPerson, UserPart, Value)],
}

impl<'v, 's> ProofView<'v, 's> {
    /// The state without alterations.
    pub(super) fn before(state: &'v ProofState<'s>, target: ProofPerson) -> Self {
        Self {
            state,
            target,
            altered: &[],
        }
    }

    fn whose(&self, person: Person) -> ProofPerson {
        match person {
            Person::User => ProofPerson::User,
            Person::Target => self.target,
        }
    }

    fn of(&self, who: ProofPerson, what: UserPart) -> ProofRead<Value> {
        let mut altered = self
            .altered
            .iter()
            .rev()
            .filter(|(whose, which, _)| *whose == who && *which == what);
        match altered.next() {
            Some((_, _, to)) => Ok(*to),
            None => self.state.value(who, what),
        }
    }

    /// The value of an input. Arguments belong to changes, which resolve them earlier.
    pub(super) fn read(&self, input: DecisionInput) -> ProofRead<Value> {
        match input {
            DecisionInput::SameUser => Ok(Value::from(self.target == ProofPerson::User)),
            DecisionInput::Enabled(person) => {
                self.state.enabled(self.whose(person)).map(Value::from)
            }
            DecisionInput::Holds(person, role) => self.of(self.whose(person), UserPart::Role(role)),
            DecisionInput::Setting(person, setting) => {
                self.of(self.whose(person), UserPart::Setting(setting))
            }
            DecisionInput::Reading(reading) => self.state.path.read(ProofInput::Reading(reading)),
            DecisionInput::Fact(fact) => self.state.path.read(ProofInput::Fact(fact)),
            DecisionInput::Argument(_) => Ok(Value::NO),
        }
    }

    /// Whether the user may do it.
    pub(super) fn allows(&self, action: ActionId) -> ProofRead<bool> {
        let Some(decider) = self.state.compiled.decider(action) else {
            return Ok(false);
        };
        let ruled = decider.tree().walk(|input| self.read(input))?;
        Ok(ruled.is_some_and(|ruled| ruled.allows))
    }

    /// Whether one of the two people meets all of it.
    pub(super) fn has(&self, traits: &Traits, person: Person) -> ProofRead<bool> {
        let product = &self.state.compiled.product;
        let mut source = self.state.compiled.asking(|input| self.read(input));
        for (given, value) in &traits.with {
            let is = match given {
                PremiseValue::Setting(setting) => {
                    self.read(DecisionInput::Setting(person, *setting))?
                }
                PremiseValue::Reading(reading) => self.read(DecisionInput::Reading(*reading))?,
                PremiseValue::Fact(fact) => semantics::fact_value(product, &mut source, *fact)?,
            };
            if is != *value {
                return Ok(false);
            }
        }
        let held = traits.holds.iter().map(|role| (role, true));
        for (role, held) in held.chain(traits.lacks.iter().map(|role| (role, false))) {
            if semantics::has_role(product, &mut source, person, *role)? != held {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
