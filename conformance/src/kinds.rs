//! Kinds of people: everything by which rules could tell one from another, in every combination.

use std::fmt;
use std::slice;

use clio_rules::{Seat, User};

use crate::model::{Model, Word};

/// A kind of person.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Kind {
    pub(crate) enabled: bool,
    pub(crate) seat: Option<Held>,
}

/// What a seat holds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Held {
    pub(crate) roles: Vec<Word>,
    /// Pairs of setting and value, in the order of the model.
    pub(crate) settings: Vec<(Word, Word)>,
}

/// Every kind of person that a firm may have.
pub(crate) fn kinds(model: &Model) -> Vec<Kind> {
    let settings = every_value(
        model
            .settings
            .iter()
            .map(|setting| (&setting.id, setting.values.as_slice())),
    );
    let mut kinds = Vec::new();
    for enabled in [true, false] {
        kinds.push(Kind {
            enabled,
            seat: None,
        });
        for roles in role_sets(model) {
            for settings in &settings {
                let seat = Some(Held {
                    roles: roles.clone(),
                    settings: settings.clone(),
                });
                kinds.push(Kind { enabled, seat });
            }
        }
    }
    let must_be_enabled = model.owner.as_ref().is_some_and(|owner| owner.is_enabled);
    kinds.retain(|kind| kind.enabled || !must_be_enabled || !kind.is_owner(model));
    kinds
}

/// Every set of roles that a seat may hold.
fn role_sets(model: &Model) -> Vec<Vec<Word>> {
    let levels = model.levels.iter().map(|level| vec![level.clone()]);
    let mut start: Vec<Vec<Word>> = levels.collect();
    if start.is_empty() {
        start.push(Vec::new());
    }
    let free = model
        .roles
        .iter()
        .filter(|role| !model.levels.contains(role));
    free.fold(start, |sets, role| {
        let with = sets
            .iter()
            .map(|set| [set.as_slice(), slice::from_ref(role)].concat());
        sets.iter().cloned().chain(with).collect()
    })
}

/// Every combination of values of some things.
pub(crate) fn every_value<'m>(
    things: impl Iterator<Item = (&'m Word, &'m [Word])>,
) -> Vec<Vec<(Word, Word)>> {
    things.fold(vec![Vec::new()], |known, (id, values)| {
        let longer = |start: &Vec<(Word, Word)>| {
            let start = start.clone();
            let values = values.iter();
            values
                .map(move |value| [start.as_slice(), &[(id.clone(), value.clone())]].concat())
                .collect::<Vec<_>>()
        };
        known.iter().flat_map(longer).collect()
    })
}

impl Kind {
    /// Whether it is the one person of a firm who holds the role that exactly one holds.
    pub(crate) fn is_owner(&self, model: &Model) -> bool {
        let held = self.seat.as_ref().zip(model.owner.as_ref());
        held.is_some_and(|(held, owner)| held.roles.contains(&owner.role))
    }

    /// Whether every setting is at its default.
    pub(crate) fn has_usual_settings(&self, model: &Model) -> bool {
        self.seat.as_ref().is_none_or(|held| {
            let mut pairs = held.settings.iter().zip(&model.settings);
            pairs.all(|((_, value), setting)| setting.values.first() == Some(value))
        })
    }

    /// The same kind with every setting at its default.
    pub(crate) fn with_usual_settings(&self, model: &Model) -> Self {
        let mut kind = self.clone();
        let held = kind.seat.iter_mut().flat_map(|held| &mut held.settings);
        for ((_, value), setting) in held.zip(&model.settings) {
            if let Some(usual) = setting.values.first() {
                *value = usual.clone();
            }
        }
        kind
    }

    /// A user of this kind.
    pub(crate) fn user(&self, id: &str, model: &Model) -> User {
        let user = User::new(id);
        let user = if self.enabled { user } else { user.disabled() };
        let Some(held) = &self.seat else {
            return user;
        };
        let seat = Seat::new(&*model.product);
        let seat = held
            .roles
            .iter()
            .fold(seat, |seat, role| seat.role(&**role));
        let settings = held.settings.iter();
        let seat = settings.fold(seat, |seat, (id, value)| seat.setting(&**id, &**value));
        user.seat(seat)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.enabled { "enabled" } else { "disabled" })?;
        let Some(held) = &self.seat else {
            return f.write_str(", no seat");
        };
        write!(f, ", roles [{}]", held.roles.join(", "))?;
        held.settings
            .iter()
            .try_for_each(|(setting, value)| write!(f, ", {setting} {value}"))
    }
}
