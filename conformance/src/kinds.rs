//! Kinds of people: everything by which rules could tell one from another, in every combination.

use std::fmt;

use clio_rules::{Seat, User};

use crate::model::{Holding, Model};

/// A kind of person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kind {
    pub(crate) enabled: bool,
    pub(crate) seat: Option<Held>,
}

/// What a seat holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Held {
    pub(crate) roles: Vec<&'static str>,
    /// Pairs of setting and value, in the order of the model.
    pub(crate) settings: Vec<(&'static str, &'static str)>,
}

/// Every kind of person that a firm may have.
pub(crate) fn kinds(model: &Model) -> Vec<Kind> {
    let mut kinds = Vec::new();
    for enabled in [true, false] {
        kinds.push(Kind {
            enabled,
            seat: None,
        });
        for roles in role_sets(model) {
            for settings in settings(model) {
                let seat = Some(Held {
                    roles: roles.clone(),
                    settings,
                });
                kinds.push(Kind { enabled, seat });
            }
        }
    }
    kinds.retain(|kind| kind.enabled || !kind.is_owner(model));
    kinds
}

/// Every set of roles that a seat may hold.
fn role_sets(model: &Model) -> Vec<Vec<&'static str>> {
    let roles = model.roles.iter().copied();
    match model.holding {
        Holding::ExactlyOne => roles.map(|role| vec![role]).collect(),
        Holding::AnySetWithOne(_) => roles.fold(vec![Vec::new()], |sets, role| {
            let with = sets
                .iter()
                .map(|set: &Vec<_>| [set.as_slice(), &[role]].concat());
            sets.iter().cloned().chain(with).collect()
        }),
    }
}

/// Every combination of values of the settings.
fn settings(model: &Model) -> Vec<Vec<(&'static str, &'static str)>> {
    model
        .settings
        .iter()
        .fold(vec![Vec::new()], |known, setting| {
            let longer = |start: &Vec<_>| {
                let start = start.clone();
                let values = setting.values.iter();
                values.map(move |value| [start.as_slice(), &[(setting.id, *value)]].concat())
            };
            known.iter().flat_map(longer).collect()
        })
}

impl Kind {
    /// Whether it is the one person of a firm who holds the role that exactly one holds.
    pub(crate) fn is_owner(&self, model: &Model) -> bool {
        let Holding::AnySetWithOne(role) = model.holding else {
            return false;
        };
        self.seat
            .as_ref()
            .is_some_and(|held| held.roles.contains(&role))
    }

    /// Whether every setting is at its default.
    pub(crate) fn has_usual_settings(&self, model: &Model) -> bool {
        self.seat.as_ref().is_none_or(|held| {
            let mut pairs = held.settings.iter().zip(model.settings);
            pairs.all(|((_, value), setting)| setting.values.first() == Some(value))
        })
    }

    /// The same kind with every setting at its default.
    pub(crate) fn with_usual_settings(&self, model: &Model) -> Self {
        let mut kind = self.clone();
        let held = kind.seat.iter_mut().flat_map(|held| &mut held.settings);
        for ((_, value), setting) in held.zip(model.settings) {
            *value = setting.values.first().copied().unwrap_or_default();
        }
        kind
    }

    /// Whether it holds every role or none, beside the one that exactly one person holds.
    pub(crate) fn holds_all_or_nothing(&self, model: &Model) -> bool {
        let Some(held) = &self.seat else {
            return false;
        };
        let own = usize::from(self.is_owner(model));
        held.roles.len() == own || held.roles.len() == model.roles.len() - 1 + own
    }

    /// A user of this kind.
    pub(crate) fn user(&self, id: &str, model: &Model) -> User {
        let user = User::new(id);
        let user = if self.enabled { user } else { user.disabled() };
        let Some(held) = &self.seat else {
            return user;
        };
        let seat = Seat::new(model.product);
        let seat = held.roles.iter().fold(seat, |seat, role| seat.role(*role));
        let settings = held.settings.iter();
        let seat = settings.fold(seat, |seat, (id, value)| seat.setting(*id, *value));
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
