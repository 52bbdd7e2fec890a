//! Kinds of things: what is known of each of them, and how people stand to it.
//!
//! Whatever a rule reads of a thing is an input with a declared set of values, so it is a fact: `matter.status`,
//! `matter.access`. The engine fills these facts in from the thing that a question names.

use std::sync::Arc;

use super::{ChangeTargets, Fact, FactId, KindId, Product};
use crate::text::Place;
use crate::value::Value;
use crate::vocabulary::Person;

/// A kind of thing that actions can be done to.
#[derive(Debug, Clone)]
pub(crate) struct ThingKind {
    pub(crate) id: Arc<str>,
    pub(crate) title: Arc<str>,
    pub(crate) place: Place,
    /// The kind that each of them is part of.
    pub(crate) part_of: Option<KindId>,
    /// Where it is part of its own kind: how many there may be above one.
    pub(crate) depth: u8,
    pub(crate) properties: Vec<KindProperty>,
    pub(crate) lists: Vec<KindList>,
}

/// A property of the things of a kind.
#[derive(Debug, Clone)]
pub(crate) struct KindProperty {
    /// Its own id, without that of the kind.
    pub(crate) id: Arc<str>,
    /// What people call it; its id where the rule file does not say.
    pub(crate) title: Arc<str>,
    pub(crate) fact: FactId,
    pub(crate) default: Value,
}

/// A list of people that the things of a kind have.
#[derive(Debug, Clone)]
pub(crate) struct KindList {
    /// Its own id, without that of the kind.
    pub(crate) id: Arc<str>,
    /// What people call it; its id where the rule file does not say.
    pub(crate) title: Arc<str>,
    /// Whether the user stands on it.
    pub(crate) fact: FactId,
    /// Whether everyone stands on it where a firm file says nothing about it; nobody otherwise.
    pub(crate) is_open: bool,
    /// Whether it has one entry at most.
    pub(crate) is_single: bool,
}

/// Where a thing stands that a fact is read from, seen from the thing that a question names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ThingPath {
    /// The kind of the thing that the question names.
    pub(crate) kind: KindId,
    /// How many steps above it: 0 for the thing itself, 1 for the one that it is part of.
    pub(crate) above: u8,
    /// Of a list, whose place on it is read. Rules about changes can read that of the target as well.
    pub(crate) whom: Person,
}

impl ThingPath {
    /// The thing itself, for the user.
    pub(crate) fn of(kind: KindId) -> Self {
        Self {
            kind,
            above: 0,
            whom: Person::User,
        }
    }
}

/// Where the value of a fact comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum FactSource {
    /// The question says it.
    Question,
    /// A property of a thing, by its number in the kind of that thing.
    Property(ThingPath, usize),
    /// Whether somebody stands on a list of a thing, by its number in the kind of that thing.
    List(ThingPath, usize),
    /// What follows from a list of a thing, unless the question says it.
    Taken(ThingPath, TakenFact),
}

/// The values of a fact that follows from a list of a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TakenFact {
    /// The number of the list in its kind.
    pub(crate) list: usize,
    /// Where a firm file says nothing about the list.
    pub(crate) open: Value,
    /// For whoever stands on it.
    pub(crate) listed: Value,
    /// For everybody else.
    pub(crate) not_listed: Value,
}

impl ThingKind {
    /// The property with this id.
    pub(crate) fn property(&self, id: &str) -> Option<&KindProperty> {
        self.properties.iter().find(|property| *property.id == *id)
    }

    /// The list with this id.
    pub(crate) fn list(&self, id: &str) -> Option<&KindList> {
        self.lists.iter().find(|list| *list.id == *id)
    }

    /// The ids of its properties and lists.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &str> {
        let properties = self.properties.iter().map(|property| &*property.id);
        properties.chain(self.lists.iter().map(|list| &*list.id))
    }
}

impl FactSource {
    /// The kind of things that the fact is read from.
    pub(crate) fn kind(self) -> Option<KindId> {
        match self {
            Self::Question => None,
            Self::Property(path, _) | Self::List(path, _) | Self::Taken(path, _) => Some(path.kind),
        }
    }

    /// Whose place on a list decides it; the user's where it follows from no list.
    pub(crate) fn whom(self) -> Person {
        match self {
            Self::Question => Person::User,
            Self::Property(path, _) | Self::List(path, _) | Self::Taken(path, _) => path.whom,
        }
    }

    /// Whether a kind of thing declares it, and it is not read from a thing above another one.
    pub(crate) fn is_of_kind(self) -> bool {
        matches!(self, Self::Property(path, _) | Self::List(path, _) if path == ThingPath::of(path.kind))
    }

    /// Whether rule files declare it with a kind of thing, and not with an action.
    pub(crate) fn is_of_thing(self) -> bool {
        matches!(self, Self::Property(..) | Self::List(..))
    }
}

impl Product {
    /// Whether a fact follows from this list of a thing.
    pub(crate) fn is_taken_from(&self, list: FactSource) -> bool {
        let FactSource::List(path, number) = list else {
            return false;
        };
        let of = self.kind_at(path).map(|kind| &kind.id);
        self.facts.iter().any(|fact| {
            let FactSource::Taken(path, taken) = fact.source else {
                return false;
            };
            taken.list == number && self.kind_at(path).map(|kind| &kind.id) == of
        })
    }

    pub(crate) fn kind(&self, kind: KindId) -> Option<&ThingKind> {
        self.kinds.get(kind.index())
    }

    /// Whether whoever stands on one list stands on another as well, because it brings it, directly or through others.
    pub(crate) fn brings(&self, list: FactId, brought: FactId) -> bool {
        let bringers = self.fact(brought).map_or(&[][..], |fact| &fact.brought_by);
        bringers
            .iter()
            .any(|one| *one == list || self.brings(list, *one))
    }

    /// Whether two facts are the same property or list, read from the thing itself or from one that is part of it.
    pub(crate) fn read_the_same(&self, one: &Fact, other: &Fact) -> bool {
        let declared = |fact: &Fact| match fact.source {
            FactSource::Property(path, number) => {
                Some(self.kind_at(path)?.properties.get(number)?.fact)
            }
            FactSource::List(path, number) => Some(self.kind_at(path)?.lists.get(number)?.fact),
            FactSource::Question | FactSource::Taken(..) => None,
        };
        declared(one).is_some() && declared(one) == declared(other)
    }

    /// The kind of things that a fact is read from.
    pub(crate) fn kind_at(&self, path: ThingPath) -> Option<&ThingKind> {
        self.kind(self.kind_id_at(path)?)
    }

    /// The number of that kind.
    pub(crate) fn kind_id_at(&self, path: ThingPath) -> Option<KindId> {
        let mut kind = path.kind;
        for _ in 0..path.above {
            kind = self.kind(kind)?.part_of?;
        }
        Some(kind)
    }

    /// The facts of a kind, those of the things that it is part of included, each with the value it has where nobody says
    /// anything.
    pub(crate) fn facts_of_kind(
        &self,
        kind: KindId,
    ) -> impl Iterator<Item = (FactId, Value)> + use<'_> {
        self.facts_about(kind, Person::User)
    }

    /// What conditions of a change can read of the thing that it names, each with its value where nobody says anything.
    pub(crate) fn facts_of_change(
        &self,
        kind: Option<KindId>,
        targets: ChangeTargets,
    ) -> impl Iterator<Item = (FactId, Value)> + use<'_> {
        let people = Person::ALL.into_iter();
        let people = people
            .filter(move |person| *person == Person::User || targets != ChangeTargets::NOBODY);
        people.flat_map(move |person| {
            let kind = kind.into_iter();
            kind.flat_map(move |kind| self.facts_about(kind, person))
        })
    }

    /// The facts of a kind that a person's place on its lists decides; those of its properties count for the user.
    pub(crate) fn facts_about(
        &self,
        kind: KindId,
        whom: Person,
    ) -> impl Iterator<Item = (FactId, Value)> + use<'_> {
        let facts = (0..).zip(&self.facts);
        facts.filter_map(move |(number, fact)| {
            let (path, value) = match fact.source {
                FactSource::Property(path, property) => {
                    let of = self.kind_at(path)?.properties.get(property)?;
                    (path, of.default)
                }
                FactSource::List(path, list) => {
                    let of = self.kind_at(path)?.lists.get(list)?;
                    // Nobody stands on a list of what is not there.
                    (path, Value::from(of.is_open && path.above == 0))
                }
                FactSource::Question | FactSource::Taken(..) => return None,
            };
            (path.kind == kind && path.whom == whom).then_some((FactId(number), value))
        })
    }
}
