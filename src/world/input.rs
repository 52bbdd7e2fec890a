//! Everything that can be known about two people, their firm and a question, by numbers.

use super::cover::ValueSet;
use crate::change::arguments::Arguments;
use crate::link::product::{Argument, DecisionInput};
use crate::vocabulary::Person;

/// The person that a piece of knowledge is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum WorldPerson {
    User,
    Target,
    /// The holder of a role that exactly one user holds, when it is neither of the two people.
    Holder,
}

impl From<Person> for WorldPerson {
    fn from(person: Person) -> Self {
        match person {
            Person::User => Self::User,
            Person::Target => Self::Target,
        }
    }
}

/// An input on which an answer can depend. The numbers are those of one product, or of two products side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum WorldInput {
    SameUser,
    Enabled(WorldPerson),
    Holds(WorldPerson, u16),
    Setting(WorldPerson, u16),
    Reading(u16),
    Fact(u16),
    Argument(Argument),
}

/// An input that a decision of one product reads.
impl From<DecisionInput> for WorldInput {
    fn from(input: DecisionInput) -> Self {
        match input {
            DecisionInput::SameUser => Self::SameUser,
            DecisionInput::Enabled(person) => Self::Enabled(person.into()),
            DecisionInput::Holds(person, role) => Self::Holds(person.into(), role.0),
            DecisionInput::Setting(person, setting) => Self::Setting(person.into(), setting.0),
            DecisionInput::Reading(reading) => Self::Reading(reading.0),
            DecisionInput::Fact(fact) => Self::Fact(fact.0),
            DecisionInput::Argument(argument) => Self::Argument(argument),
        }
    }
}

impl WorldInput {
    /// When user and target are the same person, everything is known under the user.
    pub(crate) fn of_user(self) -> Self {
        match self {
            Self::Enabled(WorldPerson::Target) => Self::Enabled(WorldPerson::User),
            Self::Holds(WorldPerson::Target, role) => Self::Holds(WorldPerson::User, role),
            Self::Setting(WorldPerson::Target, setting) => {
                Self::Setting(WorldPerson::User, setting)
            }
            other => other,
        }
    }
}

/// Knowledge: the values that some inputs may have.
pub(crate) type KnownInputs = [(WorldInput, ValueSet)];

/// The arguments of a change, as scripts read them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct ArgumentNumbers {
    pub(crate) role: Option<u16>,
    pub(crate) setting: Option<u16>,
    pub(crate) value: Option<u16>,
    pub(crate) list: Option<u16>,
}

impl From<Arguments> for ArgumentNumbers {
    fn from(arguments: Arguments) -> Self {
        let read = |argument| arguments.read(argument).0;
        Self {
            role: arguments.role.map(|_| read(Argument::Role)),
            setting: arguments.setting.map(|_| read(Argument::Setting)),
            value: arguments.value.map(|_| read(Argument::Value)),
            list: arguments.list.map(|_| read(Argument::List)),
        }
    }
}

impl ArgumentNumbers {
    /// Whether the knowledge allows it.
    pub(crate) fn fit(&self, known: &KnownInputs) -> bool {
        known.iter().all(|(input, values)| {
            let given = match input {
                WorldInput::Argument(Argument::Role) => self.role,
                WorldInput::Argument(Argument::Setting) => self.setting,
                WorldInput::Argument(Argument::Value) => self.value,
                WorldInput::Argument(Argument::List) => self.list,
                _ => None,
            };
            given.is_none_or(|given| values.contains(given))
        })
    }
}
