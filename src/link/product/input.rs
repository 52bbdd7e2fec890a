//! The inputs of decisions and of scripts.

use super::{Argument, FactId, ReadingId, RoleId, SettingId};
use crate::vocabulary::Person;

/// The meaning of a variable of a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Variable {
    /// Whether user and target are the same person.
    SameUser,
    /// A reading.
    Reading(ReadingId),
    /// A fact.
    Fact(FactId),
    /// An argument of a change.
    Argument(Argument),
}

/// The meaning of a member of a person in a script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum PersonMember {
    /// Whether the person is enabled.
    Enabled,
    /// A role, held or brought.
    Role(RoleId),
    /// A setting.
    Setting(SettingId),
}

/// An input of a decision: something that is known before any rule is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum DecisionInput {
    /// Whether user and target are the same person.
    SameUser,
    /// Whether a person is enabled.
    Enabled(Person),
    /// Whether a person holds a role itself.
    Holds(Person, RoleId),
    /// A person's setting.
    Setting(Person, SettingId),
    /// The firm's choice of a reading.
    Reading(ReadingId),
    /// A fact of the question.
    Fact(FactId),
    /// An argument of the change.
    Argument(Argument),
}

/// A part of a user that changes can alter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum UserPart {
    /// Whether they hold a role.
    Role(RoleId),
    /// The value of a setting.
    Setting(SettingId),
}

impl DecisionInput {
    /// The person it belongs to. Returns `None` for an input that belongs to no single person.
    pub(crate) fn person(self) -> Option<Person> {
        match self {
            Self::Enabled(person) | Self::Holds(person, _) | Self::Setting(person, _) => {
                Some(person)
            }
            _ => None,
        }
    }

    /// The part of a user it stands for. Returns `None` if no change can alter it.
    pub(crate) fn part(self) -> Option<UserPart> {
        match self {
            Self::Holds(_, role) => Some(UserPart::Role(role)),
            Self::Setting(_, setting) => Some(UserPart::Setting(setting)),
            _ => None,
        }
    }

    /// The same input of another person, if it belongs to a person.
    pub(crate) fn of(self, person: Person) -> Self {
        match self {
            Self::Enabled(_) => Self::Enabled(person),
            Self::Holds(_, role) => Self::Holds(person, role),
            Self::Setting(_, setting) => Self::Setting(person, setting),
            other => other,
        }
    }
}
