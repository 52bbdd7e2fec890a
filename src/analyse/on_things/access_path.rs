//! Through which lists somebody may do something on a thing.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::firm_sides::{KindPlace, is_allowed};
use crate::analyse::ability::ActionWithFacts;
use crate::firm::Firm;
use crate::firm::things::NumberedThing;
use crate::link::product::{Action, FactSource, Product, TakenFact, ThingKind, ThingPath};
use crate::value::Value;

/// A list through which somebody may do something on a thing, and how they stand on it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AccessPath {
    /// The list as rules name it: `repository.write`.
    pub list: Arc<str>,
    /// How they stand on it.
    pub by: ListStanding,
}

/// How somebody stands on a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum ListStanding {
    /// They are named on it.
    Themselves,
    /// A group is named on it that they are in, directly or through other groups.
    Group(Arc<str>),
    /// The firm file says nothing about the list, and then it is open to everyone.
    Everyone,
}

/// A list of a thing or of one above it: how many steps above, and its number in the kind there.
type ListKey = (u8, usize);

/// An action that a user may do on a thing, to find out through which lists.
pub(super) struct PathSearch<'f> {
    firm: &'f Firm,
    product: &'f Product,
    action: &'f Action,
    asked: &'f ActionWithFacts,
    thing: NumberedThing,
    /// Whose profile decides.
    user: u32,
    /// Who is looked for on lists: the user, or nobody where the user is known to stand on none.
    member: u32,
}

impl<'f> PathSearch<'f> {
    pub(super) fn new(
        firm: &'f Firm,
        asked: &'f ActionWithFacts,
        (place, thing): (KindPlace, u32),
        [user, member]: [u32; 2],
    ) -> Option<Self> {
        let product = &firm.rulebook.product(place.product)?.product;
        Some(Self {
            firm,
            product,
            action: product.action(asked.action)?,
            asked,
            thing: place.thing(thing),
            user,
            member,
        })
    }

    /// The lists through which it is allowed: each that is enough alone, or else some that are needed
    /// together. Nothing where
    /// it is allowed whatever the lists say.
    pub(super) fn paths(&self) -> Vec<AccessPath> {
        let keys = self.keys();
        if keys.is_empty() || self.is_allowed(|_| false) {
            return Vec::new();
        }
        let is_enough = |key: &ListKey| self.is_allowed(|other| other == *key);
        let mut chosen: Vec<ListKey> = keys.iter().copied().filter(is_enough).collect();
        if chosen.is_empty() {
            chosen = self.all_needed(keys);
        }
        let mut paths = Vec::new();
        for key in chosen {
            self.add_paths(key, &mut paths);
        }
        paths.sort_unstable();
        paths.dedup();
        paths
    }

    /// Whether the answer stays if the user does not stand on one list of the thing itself, which says something.
    pub(super) fn is_same_without(&self, list: usize) -> bool {
        let value = |source| match source {
            FactSource::List(path, of) if (path.above, of) == (0, list) => Some(Value::NO),
            FactSource::Taken(path, taken) if path.above == 0 => {
                self.taken_without((path, taken), list)
            }
            _ => self.value(source),
        };
        self.is_allowed(|_| true) == self.is_allowed_with(value)
    }

    /// What follows from a list if the user does not stand on one: those that bring it count for it as well.
    fn taken_without(&self, (path, taken): (ThingPath, TakenFact), list: usize) -> Option<Value> {
        let kind = self.product.kind(path.kind)?;
        let fact = kind.lists.get(taken.list)?.fact;
        let mut others = (0..).zip(&kind.lists).filter(|(other, _)| *other != list);
        let is_brought = others.any(|(other, bringer)| {
            let stands = || self.value(FactSource::List(path, other)) == Some(Value::YES);
            self.product.brings(bringer.fact, fact) && stands()
        });
        if is_brought {
            return Some(taken.listed);
        }
        let is_silent = self.is_silent(self.thing, taken.list);
        let stands = taken.list != list
            && self.value(FactSource::List(path, taken.list)) == Some(Value::YES);
        Some(match (is_silent, stands) {
            (true, _) => taken.open,
            (false, true) => taken.listed,
            (false, false) => taken.not_listed,
        })
    }

    /// Lists that are enough together, and of which none may be missing then.
    fn all_needed(&self, mut keys: Vec<ListKey>) -> Vec<ListKey> {
        for key in keys.clone() {
            let is_other = |other: ListKey| other != key && keys.contains(&other);
            if self.is_allowed(is_other) {
                keys.retain(|other| *other != key);
            }
        }
        keys
    }

    /// The lists that the action reads and that the user stands on.
    fn keys(&self) -> Vec<ListKey> {
        let sources = self.action.facts.iter();
        let sources = sources.filter_map(|used| Some(self.product.fact(used.fact)?.source));
        let stood_on = sources.filter(|source| self.stands(*source));
        let mut keys: Vec<ListKey> = stood_on.filter_map(list_of).collect();
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    fn stands(&self, source: FactSource) -> bool {
        let value = self.value(source);
        match source {
            FactSource::List(..) => value == Some(Value::YES),
            FactSource::Taken(_, taken) => value.is_some_and(|value| value != taken.not_listed),
            FactSource::Question | FactSource::Property(..) => false,
        }
    }

    fn value(&self, source: FactSource) -> Option<Value> {
        let things = self
            .firm
            .things
            .of_kind(self.thing.product, self.thing.kind)?;
        let thing = (things, self.thing.number);
        self.firm
            .things
            .value(self.product, source, self.member, thing)
    }

    /// Whether it is allowed when the user stands on these lists alone.
    fn is_allowed(&self, is_kept: impl Fn(ListKey) -> bool) -> bool {
        let value = |source| {
            let value = self.value(source)?;
            let is_out = list_of(source).is_some_and(|key| !is_kept(key));
            Some(match source {
                FactSource::List(..) if is_out => Value::NO,
                FactSource::Taken(_, taken) if is_out => taken.not_listed,
                _ => value,
            })
        };
        self.is_allowed_with(value)
    }

    fn is_allowed_with(&self, value: impl Fn(FactSource) -> Option<Value>) -> bool {
        let rulebook = &self.firm.rulebook;
        let declared = (self.product, self.action);
        let handle = self.asked.handle.with_thing(rulebook, declared, value);
        is_allowed(self.firm, &handle, self.user)
    }

    fn add_paths(&self, (above, list): ListKey, paths: &mut Vec<AccessPath>) {
        let (mut thing, mut steps) = (self.thing, Vec::new());
        steps.extend(self.product.kind(thing.kind));
        for _ in 0..above {
            let Some(next) = self.firm.things.next_above(thing) else {
                return;
            };
            thing = next;
            steps.extend(self.product.kind(thing.kind));
        }
        let Some(kind) = steps.last() else {
            return;
        };
        let before = paths.len();
        self.add_standing((thing, list), (&steps, kind), paths);
        if paths.len() > before {
            return;
        }
        let Some(fact) = kind.lists.get(list).map(|list| list.fact) else {
            return;
        };
        // What follows from a list follows from those that bring it as well.
        for (other, bringer) in kind.lists.iter().enumerate() {
            let is_read = bringer.is_open || !self.is_silent(thing, other);
            if is_read && self.product.brings(bringer.fact, fact) {
                self.add_standing((thing, other), (&steps, kind), paths);
            }
        }
    }

    /// Whether the firm file says nothing about a list.
    fn is_silent(&self, thing: NumberedThing, list: usize) -> bool {
        let things = self.firm.things.of_kind(thing.product, thing.kind);
        things.is_none_or(|things| things.list(thing.number, list).is_none())
    }

    fn add_standing(
        &self,
        (thing, list): (NumberedThing, usize),
        (steps, kind): (&[&ThingKind], &ThingKind),
        paths: &mut Vec<AccessPath>,
    ) {
        let things = self.firm.things.of_kind(thing.product, thing.kind);
        let (Some(things), Some(declared)) = (things, kind.lists.get(list)) else {
            return;
        };
        let steps: Vec<&str> = steps.iter().map(|kind| &*kind.id).collect();
        let list_name: Arc<str> = format!("{}.{}", steps.join("."), declared.id).into();
        let mut add = |by| {
            paths.push(AccessPath {
                list: Arc::clone(&list_name),
                by,
            })
        };
        let Some(entries) = things.list(thing.number, list) else {
            add(ListStanding::Everyone);
            return;
        };
        if entries.users.binary_search(&self.member).is_ok() {
            add(ListStanding::Themselves);
        }
        let groups = &self.firm.things.groups;
        let joined = groups.of_user(self.member);
        for group in entries.groups {
            if joined.binary_search(group).is_ok() {
                add(ListStanding::Group(groups.id(*group).into()));
            }
        }
    }
}

/// The list that a fact is read from.
fn list_of(source: FactSource) -> Option<ListKey> {
    match source {
        FactSource::List(path, list) => Some((path.above, list)),
        FactSource::Taken(path, taken) => Some((path.above, taken.list)),
        FactSource::Question | FactSource::Property(..) => None,
    }
}
