//! The things of one kind: flat tables, so that a million of them take little memory.

use std::sync::Arc;

use super::groups::{ListEntries, without};
use super::overlay::Overlay;
use super::texts::{DistinctTexts, NumberedTexts};
use super::thing_record::{ThingListEntries, ThingRecord};
use crate::link::product::KindId;
use crate::value::Value;

/// The things of one kind, by number. States of a firm share everything but what changes have altered.
#[derive(Debug, Clone, Default)]
pub(crate) struct KindThings {
    names: Arc<ThingNames>,
    records: Arc<ThingRecords>,
    /// The records of things that changes have altered.
    altered: Overlay<Arc<[u32]>>,
    /// The product and the kind of what they are part of.
    part_of: Option<(usize, KindId)>,
    /// The number of the thing that each of them is part of, or `ALONE`; empty where none is part of another.
    wholes: Arc<Vec<u32>>,
}

/// What things are called.
#[derive(Debug, Clone, Default)]
struct ThingNames {
    ids: DistinctTexts,
    /// What people call them; empty where the id stands for it.
    titles: NumberedTexts,
}

/// The records of all things, one behind the other.
#[derive(Debug, Clone, Default)]
struct ThingRecords {
    words: Vec<u32>,
    /// Where the record of each thing begins.
    starts: Vec<usize>,
    /// How many properties each thing has.
    properties: usize,
}

/// The number of no thing.
const ALONE: u32 = u32::MAX;

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
        let (names, others) = (&self.names, &other.names);
        names.ids.texts().iter().eq(others.ids.texts().iter())
            && names.titles.iter().eq(others.titles.iter())
            && (0..self.len() as u32).all(|thing| {
                self.whole(thing) == other.whole(thing) && self.record(thing) == other.record(thing)
            })
    }
}

impl ThingRecords {
    fn push<'l>(
        &mut self,
        properties: impl Iterator<Item = Value>,
        lists: impl Iterator<Item = Option<ThingListEntries<'l>>> + Clone,
    ) {
        self.starts.push(self.words.len());
        ThingRecord::write(&mut self.words, properties, lists);
    }

    /// The record of a thing, behind which others follow.
    #[inline]
    fn of(&self, thing: u32) -> Option<&[u32]> {
        self.words.get(*self.starts.get(thing as usize)?..)
    }
}

impl KindThings {
    /// Adds a thing. The number of the one that has its id already is the error.
    pub(super) fn add(&mut self, thing: NewThing<'_>) -> Result<u32, u32> {
        let names = Arc::make_mut(&mut self.names);
        let number = names.ids.push(thing.id)?;
        let title = thing.title.filter(|title| *title != thing.id);
        names.titles.push(title.unwrap_or_default());
        let records = Arc::make_mut(&mut self.records);
        records.properties = thing.properties.len();
        let lists = thing.lists.iter().map(Option::as_ref);
        let lists = lists.map(|list| list.map(ThingListEntries::from));
        records.push(thing.properties.iter().copied(), lists);
        Ok(number)
    }

    /// The number of the thing with this id.
    pub(crate) fn find(&self, id: &str) -> Option<u32> {
        self.names.ids.find(id)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.names.ids.texts().len()
    }

    /// Ids of all of them, in the order of the firm file.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.names.ids.texts().iter()
    }

    /// The id of a thing.
    pub(crate) fn id(&self, thing: u32) -> &str {
        self.names.ids.texts().get(thing).unwrap_or("?")
    }

    /// What people call a thing; the id stands for it where the firm file does not say.
    pub(crate) fn title(&self, thing: u32) -> &str {
        let title = self.names.titles.get(thing);
        let title = title.filter(|title| !title.is_empty());
        title.unwrap_or_else(|| self.id(thing))
    }

    /// What the firm says of a thing; nothing of one that is not there.
    #[inline]
    pub(crate) fn record(&self, thing: u32) -> ThingRecord<'_> {
        let altered = self.altered.get(thing as usize).map(|words| &**words);
        let words = altered.or_else(|| self.records.of(thing));
        let properties = words.map_or(0, |_| self.records.properties);
        ThingRecord::of(words.unwrap_or_default(), properties)
    }

    /// The value of a property of a thing.
    #[inline]
    pub(crate) fn property(&self, thing: u32, property: usize) -> Option<Value> {
        self.record(thing).property(property)
    }

    /// All properties of a thing, in the order of the kind.
    pub(crate) fn properties(&self, thing: u32) -> impl Iterator<Item = Value> {
        self.record(thing).properties()
    }

    /// All lists of a thing, in the order of the kind.
    pub(crate) fn lists(&self, thing: u32) -> impl Iterator<Item = Option<ThingListEntries<'_>>> {
        self.record(thing).lists()
    }

    /// A list of a thing; none where the firm file says nothing about it.
    #[inline]
    pub(crate) fn list(&self, thing: u32, list: usize) -> Option<ThingListEntries<'_>> {
        self.record(thing).list(list)
    }

    /// The number of the thing that a thing is part of.
    #[inline]
    pub(crate) fn whole(&self, thing: u32) -> Option<u32> {
        let whole = self.wholes.get(thing as usize).copied();
        whole.filter(|whole| *whole != ALONE)
    }

    /// Gives a property of a thing another value.
    pub(super) fn set_property(&mut self, thing: u32, property: usize, to: Value) {
        let words = self.record(thing).with_property(property, to);
        self.set(thing, words);
    }

    /// Replaces a list of a thing; none where the firm file says nothing about it.
    pub(super) fn set_list(&mut self, thing: u32, list: usize, entries: Option<&ListEntries>) {
        let words = self.record(thing).with_list(list, entries);
        self.set(thing, words);
    }

    fn set(&mut self, thing: u32, words: Vec<u32>) {
        if (thing as usize) < self.len() {
            self.altered.set(thing as usize, words.into());
        }
    }

    /// Makes a thing part of another one, of this product and kind.
    pub(super) fn put_into(&mut self, thing: u32, of: (usize, KindId), whole: u32) {
        self.part_of = Some(of);
        let all = self.len();
        let wholes = Arc::make_mut(&mut self.wholes);
        wholes.resize(all, ALONE);
        if let Some(place) = wholes.get_mut(thing as usize) {
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
        let mut records = ThingRecords {
            properties: self.records.properties,
            ..ThingRecords::default()
        };
        for thing in 0..self.len() as u32 {
            let left: Vec<_> = self
                .lists(thing)
                .map(|list| list.map(|list| (without(list.users, removed), list.groups)))
                .collect();
            let lists = left.iter().map(|list| {
                let (users, groups) = list.as_ref()?;
                Some(ThingListEntries { users, groups })
            });
            records.push(self.properties(thing), lists);
        }
        Self {
            names: Arc::clone(&self.names),
            records: Arc::new(records),
            altered: Overlay::default(),
            part_of: self.part_of,
            wholes: Arc::clone(&self.wholes),
        }
    }
}
