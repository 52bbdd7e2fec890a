//! What decisions are made of.

use super::{Argument, FactId, ReadingId, RoleId, SettingId};
use crate::vocabulary::Person;

/// What a variable of a script stands for.
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

/// What a member of a person stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum PersonMember {
    /// Whether the person is enabled.
    Enabled,
    /// A role, held or brought.
    Role(RoleId),
    /// A setting.
    Setting(SettingId),
}

/// What decisions are made of: everything that is known before any rule speaks.
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

/// What changes can alter about a user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum UserPart {
    /// Whether they hold a role.
    Role(RoleId),
    /// The value of a setting.
    Setting(SettingId),
}

impl DecisionInput {
    /// Whose it is; none of what is no single person's.
    pub(crate) fn person(self) -> Option<Person> {
        match self {
            Self::Enabled(person) | Self::Holds(person, _) | Self::Setting(person, _) => {
                Some(person)
            }
            _ => None,
        }
    }

    /// What of a person it is; none of what no change alters.
    pub(crate) fn part(self) -> Option<UserPart> {
        match self {
            Self::Holds(_, role) => Some(UserPart::Role(role)),
            Self::Setting(_, setting) => Some(UserPart::Setting(setting)),
            _ => None,
        }
    }

    /// The same of this person, where it is a person's.
    pub(crate) fn of(self, person: Person) -> Self {
        match self {
            Self::Enabled(_) => Self::Enabled(person),
            Self::Holds(_, role) => Self::Holds(person, role),
            Self::Setting(_, setting) => Self::Setting(person, setting),
            other => other,
        }
    }
}
