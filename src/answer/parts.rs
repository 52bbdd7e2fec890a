//! Inputs in parts: whom the input belongs to, its kind and its name.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::link::product::{DecisionInput, Product};
use crate::vocabulary::Person;

/// An input in parts. It prints as it is written in an explanation: `user holds billing`, `target.billing_rate_visibility`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InputParts {
    /// Whom it belongs to. An input that belongs to no person has its kind here.
    pub of: InputOf,
    /// Which property of the person it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<InputKind>,
    /// Its name. For a seat, the id of the product.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Whom an input belongs to. An input that belongs to no person has its kind here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum InputOf {
    /// It belongs to the user who asks.
    User,
    /// It belongs to the target.
    Target,
    /// Whether user and target are the same person.
    SameUser,
    /// The firm's choice where the source document leaves a question open.
    Reading,
    /// A fact given with the question.
    Fact,
    /// An argument of a change.
    Argument,
}

/// Which property of a person an input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum InputKind {
    /// Whether they hold a role.
    Role,
    /// The value of one of their settings.
    Setting,
    /// Whether they are enabled.
    Enabled,
    /// Whether they have a seat in a product.
    Seat,
}

impl From<Person> for InputOf {
    fn from(person: Person) -> Self {
        match person {
            Person::User => Self::User,
            Person::Target => Self::Target,
        }
    }
}

impl InputParts {
    /// An input that a rule reads.
    pub(crate) fn of(product: &Product, input: DecisionInput) -> Self {
        let unknown = || "?".to_owned();
        match input {
            DecisionInput::SameUser => Self {
                of: InputOf::SameUser,
                kind: None,
                name: None,
            },
            DecisionInput::Enabled(person) => Self::enabled(person),
            DecisionInput::Holds(person, role) => Self::of_person(
                person,
                InputKind::Role,
                Some(product.role_name(role).to_owned()),
            ),
            DecisionInput::Setting(person, setting) => {
                let setting = product.setting(setting);
                let name = setting.map_or_else(unknown, |setting| setting.id.to_string());
                Self::of_person(person, InputKind::Setting, Some(name))
            }
            DecisionInput::Reading(reading) => {
                let reading = product.readings.get(reading.index());
                let name = reading.map_or_else(unknown, |reading| reading.id.to_string());
                Self::named(InputOf::Reading, name)
            }
            DecisionInput::Fact(fact) => {
                let fact = product.facts.get(fact.index());
                let name = fact.map_or_else(unknown, |fact| fact.id.to_string());
                Self::named(InputOf::Fact, name)
            }
            DecisionInput::Argument(argument) => {
                Self::named(InputOf::Argument, argument.name().to_owned())
            }
        }
    }

    /// Whether somebody is enabled.
    pub(crate) fn enabled(person: Person) -> Self {
        Self::of_person(person, InputKind::Enabled, None)
    }

    /// Whether somebody has a seat.
    pub(crate) fn seat(person: Person, product: &Product) -> Self {
        Self::of_person(person, InputKind::Seat, Some(product.id.to_string()))
    }

    fn of_person(person: Person, kind: InputKind, name: Option<String>) -> Self {
        Self {
            of: person.into(),
            kind: Some(kind),
            name,
        }
    }

    fn named(of: InputOf, name: String) -> Self {
        Self {
            of,
            kind: None,
            name: Some(name),
        }
    }
}

impl fmt::Display for InputParts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name.as_deref().unwrap_or_default();
        let who = match self.of {
            InputOf::User => Person::User.name(),
            InputOf::Target => Person::Target.name(),
            InputOf::SameUser => return f.write_str("same_user"),
            InputOf::Reading | InputOf::Fact | InputOf::Argument => return f.write_str(name),
        };
        match self.kind {
            Some(InputKind::Role) => write!(f, "{who} holds {name}"),
            Some(InputKind::Setting) => write!(f, "{who}.{name}"),
            Some(InputKind::Enabled) => write!(f, "{who} is enabled"),
            Some(InputKind::Seat) => write!(f, "{who} has a seat in {name}"),
            None => f.write_str(who),
        }
    }
}
