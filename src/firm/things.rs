//! The groups and things of a firm: who is in which group, and what each thing says of itself and of people.

use std::collections::BTreeMap;
use std::num::NonZeroU32;

use super::groups::{Groups, ListEntries, without};
use super::texts::{DistinctTexts, NumberedTexts};
use crate::link::product::{FactSource, KindId, Product};
use crate::rulebook::next_stamp;
use crate::value::Value;

/// Groups of people, and things by product and kind.
#[derive(Debug, Clone)]
pub(crate) struct FirmThings {
    /// Tells handles of things of one firm from those of another.
    pub(super) stamp: NonZeroU32,
    pub(crate) groups: Groups,
    kinds: BTreeMap<(usize, KindId), KindThings>,
}

impl Default for FirmThings {
    fn default() -> Self {
        Self::of(Groups::default())
    }
}

/// The things of one kind, by number. Lists of all things stand one after the other.
#[derive(Debug, Clone, Default)]
pub(crate) struct KindThings {
    ids: DistinctTexts,
    /// What people call them; empty where the id stands for it.
    titles: NumberedTexts,
    /// The properties of thing after thing, each in the order of the kind.
    properties: Vec<Value>,
    /// The lists of thing after thing, each in the order of the kind.
    lists: Vec<ListRange>,
    /// People and groups on lists.
    entries: Vec<u32>,
    /// How many properties and lists each thing has.
    widths: [usize; 2],
}

/// Where the entries of a list are: first people, then groups, each in ascending order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ListRange {
    start: u32,
    /// `SILENT` where the firm file says nothing about the list.
    users: u32,
    groups: u32,
}

/// The number of users of a list that a firm file says nothing about.
const SILENT: u32 = u32::MAX;

/// A list of a thing: the people and groups on it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ThingListEntries<'t> {
    pub(crate) users: &'t [u32],
    pub(crate) groups: &'t [u32],
}

/// A thing by numbers: its product, its kind there, and its place among those of the kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct NumberedThing {
    pub(crate) product: usize,
    pub(crate) kind: KindId,
    pub(crate) number: u32,
}

/// A thing before it has a number.
pub(crate) struct NewThing<'t> {
    pub(crate) id: &'t str,
    pub(crate) title: Option<&'t str>,
    pub(crate) properties: Vec<Value>,
    /// None for lists that the firm file says nothing about.
    pub(crate) lists: Vec<Option<ListEntries>>,
}

impl FirmThings {
    /// Groups, and no things yet.
    pub(crate) fn of(groups: Groups) -> Self {
        Self {
            stamp: next_stamp(),
            groups,
            kinds: BTreeMap::new(),
        }
    }

    /// Adds a thing. The number of the one that has its id already is the error.
    pub(crate) fn add(
        &mut self,
        product: usize,
        kind: KindId,
        thing: NewThing<'_>,
    ) -> Result<u32, u32> {
        self.kinds.entry((product, kind)).or_default().add(thing)
    }

    /// The things of a kind; none where the firm has none.
    #[inline]
    pub(crate) fn of_kind(&self, product: usize, kind: KindId) -> Option<&KindThings> {
        self.kinds.get(&(product, kind))
    }

    /// All kinds of which there are things, with their product.
    pub(crate) fn kinds(&self) -> impl Iterator<Item = (usize, KindId, &KindThings)> {
        let kinds = self.kinds.iter();
        kinds.map(|((product, kind), things)| (*product, *kind, things))
    }

    /// How many things there are of all kinds together.
    pub(crate) fn len(&self) -> usize {
        self.kinds.values().map(KindThings::len).sum()
    }

    /// Whether there is neither a group nor a thing.
    pub(crate) fn is_empty(&self) -> bool {
        self.groups.len() == 0 && self.kinds.is_empty()
    }

    /// Whether a user stands on a list, themselves or through a group.
    #[inline]
    pub(crate) fn stands_on(&self, user: u32, list: ThingListEntries<'_>) -> bool {
        list.users.binary_search(&user).is_ok()
            || !list.groups.is_empty() && {
                let mut joined = self.groups.of_user(user).iter();
                joined.any(|group| list.groups.binary_search(group).is_ok())
            }
    }

    /// The value of a fact for a user and a thing of its kind; none where the fact does not come from things.
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
            FactSource::Property(_, property) => things.property(thing, property),
            FactSource::List(kind, number) => {
                let stands = match things.list(thing, number) {
                    Some(entries) => self.stands_on(user, entries),
                    None => product.kind(kind)?.lists.get(number)?.is_open,
                };
                Some(Value::from(stands))
            }
            FactSource::Taken(_, taken) => Some(match things.list(thing, taken.list) {
                None => taken.open,
                Some(entries) if self.stands_on(user, entries) => taken.listed,
                Some(_) => taken.not_listed,
            }),
        }
    }

    /// The same after the users at these positions, which ascend, were removed from a firm that has so many left.
    pub(crate) fn without(&self, removed: &[u32], left: usize) -> Self {
        let kinds = self.kinds.iter();
        Self {
            stamp: self.stamp,
            groups: self.groups.without(removed, left),
            kinds: kinds
                .map(|(kind, things)| (*kind, things.without(removed)))
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

impl PartialEq for KindThings {
    fn eq(&self, other: &Self) -> bool {
        self.ids.texts().iter().eq(other.ids.texts().iter())
            && self.titles.iter().eq(other.titles.iter())
            && self.properties == other.properties
            && self.lists.len() == other.lists.len()
            && (0..self.lists.len()).all(|list| self.list_at(list) == other.list_at(list))
    }
}

impl KindThings {
    fn add(&mut self, thing: NewThing<'_>) -> Result<u32, u32> {
        let number = self.ids.push(thing.id)?;
        let title = thing.title.filter(|title| *title != thing.id);
        self.titles.push(title.unwrap_or_default());
        self.widths = [thing.properties.len(), thing.lists.len()];
        self.properties.extend(thing.properties);
        for list in thing.lists {
            let start = self.entries.len() as u32;
            let range = match &list {
                Some(list) => ListRange {
                    start,
                    users: list.users.len() as u32,
                    groups: list.groups.len() as u32,
                },
                None => ListRange {
                    start,
                    users: SILENT,
                    groups: 0,
                },
            };
            let list = list.unwrap_or_default();
            self.entries.extend(list.users.iter().chain(&list.groups));
            self.lists.push(range);
        }
        Ok(number)
    }

    /// The number of the thing with this id.
    pub(crate) fn find(&self, id: &str) -> Option<u32> {
        self.ids.find(id)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.ids.texts().len()
    }

    /// Ids of all of them, in the order of the firm file.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.texts().iter()
    }

    /// The id of a thing.
    pub(crate) fn id(&self, thing: u32) -> &str {
        self.ids.texts().get(thing).unwrap_or("?")
    }

    /// What people call a thing; the id stands for it where the firm file does not say.
    pub(crate) fn title(&self, thing: u32) -> &str {
        let title = self.titles.get(thing).filter(|title| !title.is_empty());
        title.unwrap_or_else(|| self.id(thing))
    }

    /// The value of a property of a thing.
    #[inline]
    pub(crate) fn property(&self, thing: u32, property: usize) -> Option<Value> {
        let [width, _] = self.widths;
        self.properties
            .get(thing as usize * width + property)
            .copied()
    }

    /// All properties of a thing, in the order of the kind.
    pub(crate) fn properties(&self, thing: u32) -> impl Iterator<Item = Value> {
        let [width, _] = self.widths;
        (0..width).filter_map(move |property| self.property(thing, property))
    }

    /// All lists of a thing, in the order of the kind.
    pub(crate) fn lists(&self, thing: u32) -> impl Iterator<Item = Option<ThingListEntries<'_>>> {
        let [_, width] = self.widths;
        (0..width).map(move |list| self.list(thing, list))
    }

    /// A list of a thing; none where the firm file says nothing about it.
    #[inline]
    pub(crate) fn list(&self, thing: u32, list: usize) -> Option<ThingListEntries<'_>> {
        let [_, width] = self.widths;
        self.list_at(thing as usize * width + list)
    }

    #[inline]
    fn list_at(&self, list: usize) -> Option<ThingListEntries<'_>> {
        let range = self.lists.get(list).filter(|range| range.users != SILENT)?;
        let start = range.start as usize;
        let middle = start + range.users as usize;
        let end = middle + range.groups as usize;
        Some(ThingListEntries {
            users: self.entries.get(start..middle)?,
            groups: self.entries.get(middle..end)?,
        })
    }

    fn without(&self, removed: &[u32]) -> Self {
        let mut left = Self {
            ids: self.ids.clone(),
            titles: self.titles.clone(),
            properties: self.properties.clone(),
            widths: self.widths,
            ..Self::default()
        };
        for list in 0..self.lists.len() {
            let start = left.entries.len() as u32;
            let range = self.list_at(list).map_or(
                ListRange {
                    start,
                    users: SILENT,
                    groups: 0,
                },
                |list| {
                    let users = without(list.users, removed);
                    left.entries.extend(users.iter().chain(list.groups));
                    ListRange {
                        start,
                        users: users.len() as u32,
                        groups: list.groups.len() as u32,
                    }
                },
            );
            left.lists.push(range);
        }
        left
    }
}
