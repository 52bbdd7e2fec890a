//! What a proof can ask of a firm: about a few people, about the thing that decisions are about with all that it is part of,
//! about other things that changes name, and about the groups that they name.

use std::collections::BTreeSet;

use crate::explore::Halt;
use crate::link::product::{FactId, KindId, ReadingId, RoleId, SettingId};

/// A person a proof knows about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum ProofPerson {
    /// The user.
    User,
    /// The target of a change or an action, counted from 0.
    Target(u8),
    /// The holder of a role with a single holder, if it is none of the others.
    Holder(RoleId),
    /// Another person.
    Other,
}

/// An input that a proof asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum ProofInput {
    /// Whether a target is a person who is already there.
    Same(ProofPerson, ProofPerson),
    /// Whether somebody is enabled.
    Enabled(ProofPerson),
    /// Whether a person holds a role directly.
    Holds(ProofPerson, RoleId),
    /// Somebody's setting.
    Setting(ProofPerson, SettingId),
    /// The firm's choice of a reading.
    Reading(ReadingId),
    /// A fact of the question.
    Fact(FactId),
    /// Which of the possible changes a part is.
    Part(u8),
    /// Whether another relevant person exists.
    Other,
    /// Something about things and groups.
    Thing(ThingInput),
}

/// To whom a change or an action is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ProofTarget {
    Person(ProofPerson),
    /// A group that a change names, by number.
    Group(u8),
    Nobody,
}

/// The value of an input, or the halt that asks for it.
pub(super) type ProofRead<T> = Result<T, Halt<ProofInput, ()>>;

/// Another person with one known property: they hold a role, and are enabled if that matters.
#[derive(Debug, Clone, Copy)]
pub(super) struct OtherHolder {
    pub(super) role: RoleId,
    pub(super) enabled: bool,
}

/// A thing: the first of a chain, or so many steps above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct ProofThing {
    /// Chain 0 begins with the thing that decisions are about; each other one with a thing that a change names.
    pub(super) chain: u8,
    pub(super) above: u8,
}

/// Whom lists and groups can have as an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum ProofMember {
    Person(ProofPerson),
    /// A group that a change names, by number.
    Group(u8),
}

/// Where entries stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum ProofPlace {
    /// A list of a thing, by the fact that its kind declares.
    List(ProofThing, FactId),
    Group(u8),
}

/// An input about things and groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum ThingInput {
    /// The value of a property, by the fact that its kind declares.
    Property(ProofThing, FactId),
    /// Whether the firm file says nothing about a list.
    Silent(ProofThing, FactId),
    /// Whether somebody is an entry.
    Entry(ProofPlace, ProofMember),
    /// Whether somebody is in a group without a name that is an entry.
    Through(ProofPlace, ProofMember),
    /// Whether there is an entry that is nobody of all these.
    Somebody(ProofPlace),
    /// Whether a change names a group that is known already.
    Same(u8, u8),
}

/// What has to be told apart about things in one search.
#[derive(Debug, Clone, Default)]
pub(super) struct ThingFrame {
    /// The kind of the thing that decisions are about.
    pub(super) kind: Option<KindId>,
    /// Lists of which it matters whether the firm file says anything about them.
    pub(super) silent: BTreeSet<FactId>,
    /// Lists from which facts follow.
    pub(super) taken: BTreeSet<FactId>,
    /// Lists off which changes take single entries.
    pub(super) emptied: BTreeSet<FactId>,
    /// Whether changes take anybody out of groups.
    pub(super) leaves_groups: bool,
}

impl ProofThing {
    pub(super) const FIRST: Self = Self { chain: 0, above: 0 };

    pub(super) fn above(self, steps: u8) -> Self {
        Self {
            above: self.above.saturating_add(steps),
            ..self
        }
    }
}

impl ProofPlace {
    pub(super) fn list(self) -> Option<FactId> {
        match self {
            Self::List(_, list) => Some(list),
            Self::Group(_) => None,
        }
    }
}

impl ThingInput {
    /// The thing that it is about.
    pub(super) fn thing(self) -> Option<ProofThing> {
        match self {
            Self::Property(thing, _) | Self::Silent(thing, _) => Some(thing),
            Self::Entry(place, _) | Self::Through(place, _) | Self::Somebody(place) => {
                match place {
                    ProofPlace::List(thing, _) => Some(thing),
                    ProofPlace::Group(_) => None,
                }
            }
            Self::Same(..) => None,
        }
    }
}
