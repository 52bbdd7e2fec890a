//! The things of one kind: flat tables, so that a million of them take little memory.

use super::groups::{ListEntries, without};
use super::texts::{DistinctTexts, NumberedTexts};
use crate::link::product::KindId;
use crate::value::Value;

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
    /// The product and the kind of what they are part of.
    part_of: Option<(usize, KindId)>,
    /// The number of the thing that each of them is part of, or `ALONE`; empty where none is part of another.
    wholes: Vec<u32>,
}

/// The number of no thing.
const ALONE: u32 = u32::MAX;

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

impl ThingListEntries<'_> {
    /// So few are compared one by one faster than they are searched.
    const FEW: usize = 16;

    /// Whether a user, who has joined these groups, stands here.
    #[inline]
    pub(crate) fn has(self, user: u32, joined: &[u32]) -> bool {
        let is_among = |list: &[u32], one: &u32| {
            if list.len() <= Self::FEW {
                list.contains(one)
            } else {
                list.binary_search(one).is_ok()
            }
        };
        is_among(self.users, &user) || self.groups.iter().any(|group| is_among(joined, group))
    }
}

/// A thing before it has a number.
pub(crate) struct NewThing<'t> {
    pub(crate) id: &'t str,
    pub(crate) title: Option<&'t str>,
    pub(crate) properties: Vec<Value>,
    /// None for lists that the firm file says nothing about.
    pub(crate) lists: Vec<Option<ListEntries>>,
}

impl PartialEq for KindThings {
    fn eq(&self, other: &Self) -> bool {
        self.ids.texts().iter().eq(other.ids.texts().iter())
            && self.titles.iter().eq(other.titles.iter())
            && self.properties == other.properties
            && (0..self.len() as u32).all(|thing| self.whole(thing) == other.whole(thing))
            && self.lists.len() == other.lists.len()
            && (0..self.lists.len()).all(|list| self.list_at(list) == other.list_at(list))
    }
}

impl KindThings {
    /// Adds a thing. The number of the one that has its id already is the error.
    pub(super) fn add(&mut self, thing: NewThing<'_>) -> Result<u32, u32> {
        let number = self.ids.push(thing.id)?;
        let title = thing.title.filter(|title| *title != thing.id);
        self.titles.push(title.unwrap_or_default());
        self.widths = [thing.properties.len(), thing.lists.len()];
        self.properties.extend(thing.properties);
        for list in &thing.lists {
            let list = list.as_ref();
            self.push_list(list.map(|list| [&*list.users, &*list.groups]));
        }
        Ok(number)
    }

    /// Adds the next list: people and groups, or none where the firm file says nothing about it.
    fn push_list(&mut self, list: Option<[&[u32]; 2]>) {
        let [users, groups] = list.unwrap_or_default();
        self.lists.push(ListRange {
            start: self.entries.len() as u32,
            users: list.map_or(SILENT, |_| users.len() as u32),
            groups: groups.len() as u32,
        });
        self.entries.extend(users.iter().chain(groups));
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

    /// The number of the thing that a thing is part of.
    #[inline]
    pub(crate) fn whole(&self, thing: u32) -> Option<u32> {
        let whole = self.wholes.get(thing as usize).copied();
        whole.filter(|whole| *whole != ALONE)
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

    /// Gives a property of a thing another value.
    pub(super) fn set_property(&mut self, thing: u32, property: usize, to: Value) {
        let [width, _] = self.widths;
        let place = thing as usize * width + property;
        if let Some(known) = self.properties.get_mut(place) {
            *known = to;
        }
    }

    /// Replaces a list of a thing; none where the firm file says nothing about it.
    pub(super) fn set_list(&mut self, thing: u32, list: usize, entries: Option<&ListEntries>) {
        let [_, width] = self.widths;
        let place = thing as usize * width + list;
        self.push_list(entries.map(|list| [&*list.users, &*list.groups]));
        let last = self.lists.pop();
        if let Some((known, last)) = self.lists.get_mut(place).zip(last) {
            *known = last;
        }
    }

    /// Makes a thing part of another one, of this product and kind.
    pub(super) fn put_into(&mut self, thing: u32, of: (usize, KindId), whole: u32) {
        self.part_of = Some(of);
        self.wholes.resize(self.len(), ALONE);
        if let Some(place) = self.wholes.get_mut(thing as usize) {
            *place = whole;
        }
    }

    /// The product and the kind of what they are part of; none where none of them is.
    #[inline]
    pub(super) fn part_of(&self) -> Option<(usize, KindId)> {
        self.part_of
    }

    /// The same after the users at these positions, which ascend, were removed.
    pub(super) fn without(&self, removed: &[u32]) -> Self {
        let mut left = Self {
            ids: self.ids.clone(),
            titles: self.titles.clone(),
            properties: self.properties.clone(),
            widths: self.widths,
            part_of: self.part_of,
            wholes: self.wholes.clone(),
            ..Self::default()
        };
        for list in 0..self.lists.len() {
            let list = self.list_at(list);
            let users = list.map(|list| without(list.users, removed));
            let users = users.as_deref().unwrap_or_default();
            left.push_list(list.map(|list| [users, list.groups]));
        }
        left
    }
}
