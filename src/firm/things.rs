//! The groups and things of a firm: who is in which group, and what each thing says of itself and of people.

use std::num::NonZeroU32;

use super::groups::{Groups, ListEntries};
pub(crate) use super::kind_things::{KindThings, NewThing};
pub(crate) use super::thing_record::ThingListEntries;
use crate::link::product::{FactSource, KindId, KindList, Product, ThingKind};
use crate::rulebook::next_stamp;
use crate::value::Value;

/// Groups of people, and things by product and kind.
#[derive(Debug, Clone)]
pub(crate) struct FirmThings {
    /// Tells handles of things of one firm from those of another.
    pub(super) stamp: NonZeroU32,
    pub(crate) groups: Groups,
    /// Few kinds are found fastest one after the other.
    kinds: Vec<(usize, KindId, KindThings)>,
}

impl Default for FirmThings {
    fn default() -> Self {
        Self::of(Groups::default())
    }
}

/// A thing by numbers: its product, its kind there, and its place among those of the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct NumberedThing {
    pub(crate) product: usize,
    pub(crate) kind: KindId,
    pub(crate) number: u32,
}

impl FirmThings {
    /// Groups, and no things yet.
    pub(crate) fn of(groups: Groups) -> Self {
        Self {
            stamp: next_stamp(),
            groups,
            kinds: Vec::new(),
        }
    }

    /// Adds a thing. The number of the one that has its id already is the error.
    pub(crate) fn add(
        &mut self,
        product: usize,
        kind: KindId,
        thing: NewThing<'_>,
    ) -> Result<u32, u32> {
        let key = |(number, of, _): &(usize, KindId, KindThings)| (*number, *of);
        let place = self.kinds.binary_search_by_key(&(product, kind), key);
        let place = place.unwrap_or_else(|place| {
            let new = (product, kind, KindThings::default());
            self.kinds.insert(place, new);
            place
        });
        match self.kinds.get_mut(place) {
            Some((.., things)) => things.add(thing),
            None => Err(0),
        }
    }

    /// Makes a thing part of another one, whose kind is the one that its own kind is part of.
    pub(crate) fn put_into(&mut self, thing: NumberedThing, of: KindId, whole: u32) {
        if let Some(things) = self.of_kind_mut(thing) {
            things.put_into(thing.number, (thing.product, of), whole);
        }
    }

    /// Gives a property of a thing another value. Handles of things stay valid.
    pub(crate) fn set_property(&mut self, thing: NumberedThing, property: usize, to: Value) {
        if let Some(things) = self.of_kind_mut(thing) {
            things.set_property(thing.number, property, to);
        }
    }

    /// Replaces a list of a thing: none where the firm file says nothing about it. Handles of things stay valid.
    pub(crate) fn set_list(
        &mut self,
        thing: NumberedThing,
        list: usize,
        entries: Option<ListEntries>,
    ) {
        if let Some(things) = self.of_kind_mut(thing) {
            things.set_list(thing.number, list, entries.as_ref());
        }
    }

    /// Replaces who is in a group. The group must not come to be in itself: [`Groups::would_close_circle`] tells beforehand.
    pub(crate) fn set_group(&mut self, group: u32, entries: ListEntries) {
        self.groups.set(group, entries);
    }

    /// The things of the kind of a thing.
    fn of_kind_mut(&mut self, thing: NumberedThing) -> Option<&mut KindThings> {
        let mut kinds = self.kinds.iter_mut();
        let of_kind = kinds.find(|(number, of, _)| (*number, *of) == (thing.product, thing.kind));
        of_kind.map(|(.., things)| things)
    }

    /// The things above one, from the nearest on. A circle ends where it begins again.
    pub(crate) fn all_above(&self, thing: NumberedThing) -> Vec<NumberedThing> {
        let mut all: Vec<NumberedThing> = Vec::new();
        let mut at = thing;
        while let Some(next) = self.next_above(at) {
            if all.contains(&next) {
                break;
            }
            all.push(next);
            at = next;
        }
        all
    }

    /// The thing that a thing is part of.
    pub(crate) fn next_above(&self, thing: NumberedThing) -> Option<NumberedThing> {
        let things = self.of_kind(thing.product, thing.kind)?;
        let number = things.whole(thing.number)?;
        let (product, kind) = things.part_of()?;
        Some(NumberedThing {
            product,
            kind,
            number,
        })
    }

    /// The things of a kind; none where the firm has none.
    #[inline]
    pub(crate) fn of_kind(&self, product: usize, kind: KindId) -> Option<&KindThings> {
        let mut kinds = self.kinds.iter();
        let of_kind = kinds.find(|(number, of, _)| *number == product && *of == kind);
        of_kind.map(|(.., things)| things)
    }

    /// All kinds of which there are things, with their product.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = (usize, KindId, &KindThings)> {
        let kinds = self.kinds.iter();
        kinds.map(|(product, kind, things)| (*product, *kind, things))
    }

    /// How many things there are. One that several products know counts for each.
    pub(crate) fn len(&self) -> usize {
        self.kinds.iter().map(|(.., things)| things.len()).sum()
    }

    /// Whether there is neither a group nor a thing.
    pub(crate) fn is_empty(&self) -> bool {
        self.groups.len() == 0 && self.kinds.is_empty()
    }

    /// Whether a user stands on a list, themselves or through a group.
    #[inline]
    pub(crate) fn stands_on(&self, user: u32, list: ThingListEntries<'_>) -> bool {
        list.has(user, self.groups.of_user(user))
    }

    /// Everybody who stands on any list of a thing, or of what it is part of, themselves or through groups, in ascending order.
    pub(crate) fn everybody_on_lists(&self, thing: NumberedThing) -> Vec<u32> {
        let mut people = Vec::new();
        let all = std::iter::once(thing).chain(self.all_above(thing));
        for thing in all {
            let things = self.of_kind(thing.product, thing.kind);
            let lists = things
                .into_iter()
                .flat_map(|things| things.lists(thing.number));
            for list in lists.flatten() {
                people.extend(list.users);
                people.extend(self.groups.people_in(list.groups));
            }
        }
        people.sort_unstable();
        people.dedup();
        people
    }

    /// The value of a fact for a user and a thing of its kind; none where the fact does not come from things, and where it is a
    /// property or a list of a thing above this one that the firm file does not name.
    #[inline]
    pub(crate) fn value(
        &self,
        product: &Product,
        source: FactSource,
        user: u32,
        (things, thing): (&KindThings, u32),
    ) -> Option<Value> {
        match source {
            FactSource::Question => None,
            FactSource::Property(path, property) => {
                let (things, thing) = self.above(path.above, (things, thing))?;
                things.property(thing, property)
            }
            FactSource::List(path, number) => {
                let (things, thing) = self.above(path.above, (things, thing))?;
                let list = product.kind_at(path)?.lists.get(number)?;
                let entries = things.list(thing, number);
                Some(Value::from(self.stands(user, entries, list)))
            }
            FactSource::Taken(path, taken) => {
                // Nobody stands on a list of a whole that there is not.
                let Some((things, thing)) = self.above(path.above, (things, thing)) else {
                    return Some(taken.not_listed);
                };
                let kind = product.kind_at(path)?;
                let stands = self.is_brought(product, kind, user, (things, thing), taken.list);
                Some(match things.list(thing, taken.list) {
                    _ if stands => taken.listed,
                    None => taken.open,
                    Some(entries) if self.stands_on(user, entries) => taken.listed,
                    Some(_) => taken.not_listed,
                })
            }
        }
    }

    /// Whether a user stands on a list that brings this one, directly or through others.
    fn is_brought(
        &self,
        product: &Product,
        kind: &ThingKind,
        user: u32,
        (things, thing): (&KindThings, u32),
        list: usize,
    ) -> bool {
        let fact = kind.lists.get(list);
        let fact = fact.and_then(|list| product.fact(list.fact));
        let bringers = fact.map_or(&[][..], |fact| &fact.brought_by);
        bringers.iter().any(|bringer| {
            let mut lists = (0..).zip(&kind.lists);
            let Some((number, list)) = lists.find(|(_, list)| list.fact == *bringer) else {
                return false;
            };
            self.stands(user, things.list(thing, number), list)
                || self.is_brought(product, kind, user, (things, thing), number)
        })
    }

    /// Whether a user stands on a list, whose default counts where the firm file says nothing about it.
    #[inline]
    fn stands(&self, user: u32, entries: Option<ThingListEntries<'_>>, list: &KindList) -> bool {
        entries.map_or(list.is_open, |entries| self.stands_on(user, entries))
    }

    /// The thing so many steps above another one; none where the firm file names none.
    #[inline]
    pub(super) fn above<'f>(
        &'f self,
        steps: u8,
        (things, thing): (&'f KindThings, u32),
    ) -> Option<(&'f KindThings, u32)> {
        let mut at = (things, thing);
        for _ in 0..steps {
            let (things, thing) = at;
            let whole = things.whole(thing)?;
            let (number, kind) = things.part_of()?;
            at = (self.of_kind(number, kind)?, whole);
        }
        Some(at)
    }

    /// The same after the users at these positions, which ascend, were removed from a firm that has so many left.
    pub(crate) fn without(&self, removed: &[u32], left: usize) -> Self {
        let kinds = self.kinds.iter();
        Self {
            stamp: self.stamp,
            groups: self.groups.without(removed, left),
            kinds: kinds
                .map(|(product, kind, things)| (*product, *kind, things.without(removed)))
                .collect(),
        }
    }
}

/// Equal where groups and things are the same in the same order.
impl PartialEq for FirmThings {
    fn eq(&self, other: &Self) -> bool {
        self.groups.iter().eq(other.groups.iter()) && self.kinds == other.kinds
    }
}

#[cfg(test)]
mod tests;
