//! A scene: a few people of a firm of any size, of whom only that is settled which somebody asked.
//!
//! Every path through all that can be asked is gone; where a path ends, it stands for all firms in which the answers are
//! those of the path.

use std::cell::RefCell;

use super::search::Room;
use crate::explore::compile::Compiled;
use crate::explore::semantics::{self, World};
use crate::explore::{Halt, Path};
use crate::firm::What;
use crate::link::product::{
    ActionId, ConditionId, FactId, Given, Input, ReadingId, RoleId, SettingId, Traits, Whom,
};
use crate::value::Value;
use crate::vocabulary::Person;

/// Somebody in a scene.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Who {
    /// Who asks.
    User,
    /// To whom a change is made, or an action done; counted from 0.
    Target(u8),
    /// Whoever holds a role that exactly one holds, and is none of the others.
    Holder(RoleId),
    /// Somebody else.
    Other,
}

/// What is asked of a scene.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Ask {
    /// Whether a target is somebody who is there already.
    Same(Who, Who),
    /// Whether somebody is enabled.
    Enabled(Who),
    /// Whether somebody holds a role itself.
    Holds(Who, RoleId),
    /// Somebody's setting.
    Setting(Who, SettingId),
    /// The firm's choice of a reading.
    Reading(ReadingId),
    /// A fact of the question.
    Fact(FactId),
    /// Which of the possible changes a part is.
    Part(u8),
    /// Whether there is somebody else who matters.
    Other,
}

/// A read, or the halt that asks it.
pub(super) type Step<T> = Result<T, Halt<Ask, ()>>;

/// Somebody else, of whom one thing is known: they hold a role, and are enabled where that matters.
#[derive(Debug, Clone, Copy)]
pub(super) struct Other {
    pub(super) role: RoleId,
    pub(super) enabled: bool,
}

/// The people of one path.
pub(super) struct Scene<'s> {
    pub(super) compiled: &'s Compiled,
    /// Roles that exactly one holds.
    of_one: &'s [RoleId],
    pub(super) path: &'s Path<Ask>,
    /// Everybody who is there, each once.
    people: RefCell<Vec<Who>>,
    other: Option<Other>,
}

impl<'s> Scene<'s> {
    pub(super) fn new(room: Room<'s>, path: &'s Path<Ask>) -> Self {
        Self {
            compiled: room.compiled,
            of_one: room.of_one,
            path,
            people: RefCell::new(vec![Who::User]),
            other: None,
        }
    }

    /// The same with somebody else in it.
    pub(super) fn with_other(mut self, other: Other) -> Self {
        self.other = Some(other);
        self.people.borrow_mut().push(Who::Other);
        self
    }

    pub(super) fn people(&self) -> Vec<Who> {
        self.people.borrow().clone()
    }

    /// Lets a target in, who may be somebody who is there. Targets come in before any holder does.
    pub(super) fn enter(&self, number: u8, on: Whom) -> Step<Who> {
        let new = Who::Target(number);
        for known in self.people() {
            let same = match (known, on) {
                (Who::User, Whom::Others) => false,
                (Who::User, Whom::Oneself) => true,
                _ => self.path.read(Ask::Same(new, known))?.is_yes(),
            };
            if same {
                return Ok(known);
            }
        }
        self.people.borrow_mut().push(new);
        Ok(new)
    }

    /// Whoever holds a role that exactly one holds.
    pub(super) fn holder(&self, role: RoleId) -> Step<Who> {
        for who in self.people() {
            if self.holds(who, role)? {
                return Ok(who);
            }
        }
        self.people.borrow_mut().push(Who::Holder(role));
        Ok(Who::Holder(role))
    }

    fn known(&self, ask: Ask) -> Option<bool> {
        self.path.read::<()>(ask).ok().map(Value::is_yes)
    }

    /// Whether somebody holds a role itself. What follows from what every firm keeps to is not asked.
    pub(super) fn holds(&self, who: Who, role: RoleId) -> Step<bool> {
        if let Some(held) = self.settled(who, role) {
            return Ok(held);
        }
        Ok(self.path.read(Ask::Holds(who, role))?.is_yes())
    }

    fn settled(&self, who: Who, role: RoleId) -> Option<bool> {
        let of_other = self.other.is_some_and(|other| other.role == role);
        if who == Who::Holder(role) || who == Who::Other && of_other {
            return Some(true);
        }
        if let Some(known) = self.known(Ask::Holds(who, role)) {
            return Some(known);
        }
        let product = &self.compiled.product;
        let holders = product.role(role).and_then(|role| role.holders.as_ref());
        if let Some(holders) = holders {
            let others = self.people();
            let mut others = others.iter().filter(|other| **other != who);
            let by_other = others.any(|other| self.surely_holds(*other, role));
            let is_disabled = self.known(Ask::Enabled(who)) == Some(false);
            if by_other || holders.enabled && is_disabled {
                return Some(false);
            }
        }
        if !product.levels.contains(&role) {
            return None;
        }
        let others = || product.levels.iter().filter(|level| **level != role);
        if others().any(|level| self.surely_holds(who, *level)) {
            return Some(false);
        }
        let lacks = |level: &RoleId| self.known(Ask::Holds(who, *level)) == Some(false);
        others().all(lacks).then_some(true)
    }

    fn surely_holds(&self, who: Who, role: RoleId) -> bool {
        let of_other = self.other.is_some_and(|other| other.role == role);
        who == Who::Holder(role)
            || who == Who::Other && of_other
            || self.known(Ask::Holds(who, role)) == Some(true)
    }

    /// Whether somebody is enabled. Who asks is: everybody else is denied whatever they ask.
    pub(super) fn enabled(&self, who: Who) -> Step<bool> {
        let of_other = who == Who::Other && self.other.is_some_and(|other| other.enabled);
        if who == Who::User || of_other || self.holds_as_enabled(who) {
            return Ok(true);
        }
        Ok(self.path.read(Ask::Enabled(who))?.is_yes())
    }

    fn holds_as_enabled(&self, who: Who) -> bool {
        let product = &self.compiled.product;
        let must_be = |role: &&RoleId| {
            let holders = product.role(**role).and_then(|role| role.holders.as_ref());
            holders.is_some_and(|holders| holders.enabled)
        };
        let mut must_be = self.of_one.iter().filter(must_be);
        must_be.any(|role| self.surely_holds(who, *role))
    }

    /// What a role or setting of somebody is.
    pub(super) fn value(&self, who: Who, what: What) -> Step<Value> {
        match what {
            What::Role(role) => self.holds(who, role).map(Value::from),
            What::Setting(setting) => self.path.read(Ask::Setting(who, setting)),
        }
    }
}

/// A scene as rules see it: two people in it, with alterations laid over them.
pub(super) struct View<'v, 's> {
    pub(super) scene: &'v Scene<'s>,
    pub(super) target: Who,
    pub(super) altered: &'v [(Who, What, Value)],
}

impl<'v, 's> View<'v, 's> {
    /// As it is.
    pub(super) fn before(scene: &'v Scene<'s>, target: Who) -> Self {
        Self {
            scene,
            target,
            altered: &[],
        }
    }

    fn whose(&self, person: Person) -> Who {
        match person {
            Person::User => Who::User,
            Person::Target => self.target,
        }
    }

    fn of(&self, who: Who, what: What) -> Step<Value> {
        let altered = self.altered.iter().rev();
        let mut altered = altered.filter(|(whose, which, _)| *whose == who && *which == what);
        match altered.next() {
            Some((_, _, to)) => Ok(*to),
            None => self.scene.value(who, what),
        }
    }

    /// What an input is. Arguments belong to changes, which settle them before they look here.
    pub(super) fn read(&self, input: Input) -> Step<Value> {
        match input {
            Input::SameUser => Ok(Value::from(self.target == Who::User)),
            Input::Enabled(person) => self.scene.enabled(self.whose(person)).map(Value::from),
            Input::Holds(person, role) => self.of(self.whose(person), What::Role(role)),
            Input::Setting(person, setting) => self.of(self.whose(person), What::Setting(setting)),
            Input::Reading(reading) => self.scene.path.read(Ask::Reading(reading)),
            Input::Fact(fact) => self.scene.path.read(Ask::Fact(fact)),
            Input::Argument(_) => Ok(Value::NO),
        }
    }

    /// Whether the user may do it.
    pub(super) fn allows(&self, action: ActionId) -> Step<bool> {
        let Some(decider) = self.scene.compiled.decider(action) else {
            return Ok(false);
        };
        let ruled = decider.tree().walk(|input| self.read(input))?;
        Ok(ruled.is_some_and(|ruled| ruled.allows))
    }

    /// Whether all of it is true of one of the two.
    pub(super) fn has(&mut self, traits: &Traits, person: Person) -> Step<bool> {
        let product = &self.scene.compiled.product;
        for (given, value) in &traits.with {
            let input = match given {
                Given::Setting(setting) => Input::Setting(person, *setting),
                Given::Reading(reading) => Input::Reading(*reading),
                Given::Fact(fact) => Input::Fact(*fact),
            };
            if self.read(input)? != *value {
                return Ok(false);
            }
        }
        let held = traits.holds.iter().map(|role| (role, true));
        for (role, held) in held.chain(traits.lacks.iter().map(|role| (role, false))) {
            if semantics::has_role(product, self, person, *role)? != held {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl World for View<'_, '_> {
    type Halt = Halt<Ask, ()>;

    fn input(&mut self, input: Input) -> Step<Value> {
        self.read(input)
    }

    fn condition(&mut self, condition: ConditionId) -> Step<bool> {
        let Some(tree) = self.scene.compiled.conditions.get(condition.index()) else {
            return Ok(false);
        };
        let product = &self.scene.compiled.product;
        let holds = tree.walk(|read| semantics::read(product, self, read))?;
        Ok(holds.copied().unwrap_or_default())
    }
}
