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
        let (of, kind, id) = match input {
            DecisionInput::SameUser => return Self::new(InputOf::SameUser, None, None),
            DecisionInput::Enabled(person) => return Self::enabled(person),
            DecisionInput::Holds(person, role) => {
                let role = product.role(role).map(|role| &role.id);
                (person.into(), Some(InputKind::Role), role)
            }
            DecisionInput::Setting(person, setting) => {
                let setting = product.setting(setting).map(|setting| &setting.id);
                (person.into(), Some(InputKind::Setting), setting)
            }
            DecisionInput::Reading(reading) => {
                let reading = product.reading(reading).map(|reading| &reading.id);
                (InputOf::Reading, None, reading)
            }
            DecisionInput::Fact(fact) => {
                let fact = product.fact(fact).map(|fact| &fact.id);
                (InputOf::Fact, None, fact)
            }
            DecisionInput::Argument(argument) => {
                return Self::new(InputOf::Argument, None, Some(argument.name()));
            }
        };
        Self::new(of, kind, Some(id.map_or("?", |id| id)))
    }

    /// Whether somebody is enabled.
    pub(crate) fn enabled(person: Person) -> Self {
        Self::new(person.into(), Some(InputKind::Enabled), None)
    }

    /// Whether somebody has a seat.
    pub(crate) fn seat(person: Person, product: &Product) -> Self {
        Self::new(person.into(), Some(InputKind::Seat), Some(&product.id))
    }

    fn new(of: InputOf, kind: Option<InputKind>, name: Option<&str>) -> Self {
        let name = name.map(str::to_owned);
        Self { of, kind, name }
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
