//! Who can be meant by a cell: one user of a kind and anybody else, as firms can have them.
//!
//! Seats have one level where the product has levels, some roles have one holder, and a target who is the user is so in
//! everything. What follows from that is never asked, so that no cell depends on people whom there cannot be.

use std::collections::BTreeSet;

use super::MatrixKind;
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::{Layout, Word};
use crate::explore::{Halt, Path};
use crate::link::product::{DecisionInput, Product, RoleId};
use crate::value::Value;
use crate::vocabulary::Person;

/// A user of a kind, or of any, and a target, on one path of an action's tree.
pub(super) struct MatrixPeople<'p> {
    pub(super) compiled: &'p CompiledProduct,
    /// None where the user may hold anything.
    pub(super) kind: Option<&'p MatrixKind>,
    pub(super) readings: &'p [Word],
    pub(super) path: &'p Path<DecisionInput>,
}

impl MatrixPeople<'_> {
    /// What an input is, or the halt that asks it.
    pub(super) fn read<E>(&self, input: DecisionInput) -> Result<Value, Halt<DecisionInput, E>> {
        if let Some(value) = self.known(input) {
            return Ok(value);
        }
        match self.settled(input) {
            Some(value) => Ok(value),
            None => self.path.read(self.asked_as(input)),
        }
    }

    /// The roles that the user is known to hold.
    pub(super) fn held(&self) -> BTreeSet<RoleId> {
        let is_same = self.is_same() == Some(true);
        let held = self.path.asked().iter().filter(|(_, value)| value.is_yes());
        let held = held.filter_map(|(input, _)| match input {
            DecisionInput::Holds(Person::User, role) => Some(*role),
            DecisionInput::Holds(Person::Target, role) if is_same => Some(*role),
            _ => None,
        });
        held.collect()
    }

    /// Of a target who is the user, the user is asked about.
    fn asked_as(&self, input: DecisionInput) -> DecisionInput {
        match input {
            DecisionInput::Holds(Person::Target, role) if self.is_same() == Some(true) => {
                DecisionInput::Holds(Person::User, role)
            }
            DecisionInput::Setting(Person::Target, setting) if self.is_same() == Some(true) => {
                DecisionInput::Setting(Person::User, setting)
            }
            input => input,
        }
    }

    /// What the path says.
    fn known(&self, input: DecisionInput) -> Option<Value> {
        self.path.read::<()>(input).ok()
    }

    /// What follows from the path, the kind of user, the readings of the firm, and what every firm keeps to.
    fn settled(&self, input: DecisionInput) -> Option<Value> {
        match input {
            DecisionInput::Reading(reading) => Some(Layout::reading(reading).read(self.readings)),
            DecisionInput::Enabled(Person::User) => Some(Value::YES),
            DecisionInput::Enabled(Person::Target) => self.is_enabled().then_some(Value::YES),
            DecisionInput::SameUser => self.is_same().map(Value::from),
            DecisionInput::Holds(person, role) => self.holds(person, role).map(Value::from),
            DecisionInput::Setting(person, setting) if self.is_same() == Some(true) => {
                self.known(DecisionInput::Setting(other(person), setting))
            }
            DecisionInput::Setting(..) | DecisionInput::Fact(_) | DecisionInput::Argument(_) => {
                None
            }
        }
    }

    fn product(&self) -> &Product {
        &self.compiled.product
    }

    /// Whether the target has to be enabled: they are the user, or hold what only somebody who is enabled can hold.
    fn is_enabled(&self) -> bool {
        let roles = self.product().roles.iter().enumerate();
        let mut must_be = roles.filter(|(_, role)| {
            let holders = role.holders.as_ref();
            holders.is_some_and(|holders| holders.enabled)
        });
        self.is_same() == Some(true)
            || must_be.any(|(role, _)| self.said(Person::Target, RoleId::from(role)) == Some(true))
    }

    /// Whether a person holds a role, where that is known.
    fn holds(&self, person: Person, role: RoleId) -> Option<bool> {
        let levels = &self.product().levels;
        let others = || levels.iter().filter(|level| **level != role);
        let held = |level: &RoleId| self.sure(person, *level);
        self.sure(person, role).or_else(|| {
            if !levels.contains(&role) {
                None
            } else if others().any(|level| held(level) == Some(true)) {
                Some(false)
            } else {
                let is_last = others().all(|level| held(level) == Some(false));
                is_last.then_some(true)
            }
        })
    }

    /// The same, without what follows from the other levels.
    fn sure(&self, person: Person, role: RoleId) -> Option<bool> {
        if let Some(held) = self.said(person, role) {
            return Some(held);
        }
        let is_same = self.is_same();
        if is_same == Some(true) {
            return self.said(other(person), role);
        }
        let holders = self.product().role(role)?.holders.as_ref()?;
        let by_the_other = is_same == Some(false) && self.said(other(person), role) == Some(true);
        let is_disabled = || self.known(DecisionInput::Enabled(person)) == Some(Value::NO);
        (by_the_other || holders.enabled && is_disabled()).then_some(false)
    }

    /// What the path or the kind of user says of one role.
    fn said(&self, person: Person, role: RoleId) -> Option<bool> {
        let known = self
            .known(DecisionInput::Holds(person, role))
            .map(Value::is_yes);
        known.or_else(|| match person {
            Person::User => self.kind?.holds(self.product(), role),
            Person::Target => None,
        })
    }

    /// Whether the target is the user, where that is known or follows from what is known of both.
    fn is_same(&self) -> Option<bool> {
        if let Some(same) = self.known(DecisionInput::SameUser) {
            return Some(same.is_yes());
        }
        let mut is_same = None;
        for (input, value) in self.path.asked() {
            match *input {
                DecisionInput::Enabled(Person::Target) if !value.is_yes() => return Some(false),
                DecisionInput::Setting(Person::Target, setting) => {
                    let users = self.known(DecisionInput::Setting(Person::User, setting));
                    if users.is_some_and(|users| users != *value) {
                        return Some(false);
                    }
                }
                DecisionInput::Holds(Person::Target, role) => match self.of_user(role) {
                    Some(held) if held != value.is_yes() => return Some(false),
                    Some(true) if self.has_one_holder(role) => is_same = Some(true),
                    _ => {}
                },
                _ => {}
            }
        }
        is_same
    }

    /// Whether the user holds a role, by what is said of it and of the levels.
    fn of_user(&self, role: RoleId) -> Option<bool> {
        self.said(Person::User, role).or_else(|| {
            let levels = &self.product().levels;
            let has = |level: &RoleId| self.said(Person::User, *level) == Some(true);
            (levels.contains(&role) && levels.iter().any(has)).then_some(false)
        })
    }

    fn has_one_holder(&self, role: RoleId) -> bool {
        let role = self.product().role(role);
        role.is_some_and(|role| role.holders.is_some())
    }
}

fn other(person: Person) -> Person {
    match person {
        Person::User => Person::Target,
        Person::Target => Person::User,
    }
}
