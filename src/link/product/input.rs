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
