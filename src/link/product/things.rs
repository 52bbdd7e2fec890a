//! Kinds of things: what is known of each of them, and how people stand to it.
//!
//! Whatever a rule reads of a thing is an input with a declared set of values, so it is a fact: `matter.status`,
//! `matter.access`. The engine fills these facts in from the thing that a question names.

use std::sync::Arc;

use super::{FactId, KindId, Product};
use crate::text::Place;
use crate::value::Value;

/// A kind of thing that actions can be done to.
#[derive(Debug, Clone)]
pub(crate) struct ThingKind {
    pub(crate) id: Arc<str>,
    pub(crate) title: Arc<str>,
    pub(crate) place: Place,
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

/// Where the value of a fact comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum FactSource {
    /// The question says it.
    Question,
    /// A property of the thing, by its number in the kind.
    Property(KindId, usize),
    /// Whether the user stands on a list of the thing, by its number in the kind.
    List(KindId, usize),
    /// What follows from a list of the thing, unless the question says it.
    Taken(KindId, TakenFact),
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
            Self::Property(kind, _) | Self::List(kind, _) | Self::Taken(kind, _) => Some(kind),
        }
    }

    /// Whether rule files declare it with a kind of thing, and not with an action.
    pub(crate) fn is_of_thing(self) -> bool {
        matches!(self, Self::Property(..) | Self::List(..))
    }
}

impl Product {
    /// Whether a fact follows from this list of a thing.
    pub(crate) fn is_taken_from(&self, list: FactSource) -> bool {
        let FactSource::List(kind, number) = list else {
            return false;
        };
        self.facts.iter().any(|fact| {
            let FactSource::Taken(of, taken) = fact.source else {
                return false;
            };
            of == kind && taken.list == number
        })
    }

    pub(crate) fn kind(&self, kind: KindId) -> Option<&ThingKind> {
        self.kinds.get(kind.index())
    }

    /// The facts of a kind: its properties, then its lists, each with the value it has where nobody says anything.
    pub(crate) fn facts_of_kind(
        &self,
        kind: KindId,
    ) -> impl Iterator<Item = (FactId, Value)> + use<'_> {
        let kind = self.kind(kind).into_iter();
        kind.flat_map(|kind| {
            let properties = kind.properties.iter();
            let properties = properties.map(|property| (property.fact, property.default));
            let lists = kind.lists.iter();
            properties.chain(lists.map(|list| (list.fact, Value::from(list.is_open))))
        })
    }
}
