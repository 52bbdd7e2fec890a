//! What a firm says of one thing, in one piece of memory: a decision finds there what it reads.

use super::groups::ListEntries;
use crate::value::Value;

/// The words of a thing: the values of its properties, where its lists begin and end, and who stands on them. Of each list people
/// come first, then groups, each in ascending order.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ThingRecord<'t> {
    /// They may go on with those of other things.
    words: &'t [u32],
    /// How many properties it has.
    properties: usize,
}

/// The bit of a list that the firm file says nothing about, where its people end.
const SILENT: u32 = 1 << 31;

/// A list of a thing: the people and groups on it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ThingListEntries<'t> {
    pub(crate) users: &'t [u32],
    pub(crate) groups: &'t [u32],
}

impl<'t> From<&'t ListEntries> for ThingListEntries<'t> {
    fn from(ListEntries { users, groups }: &'t ListEntries) -> Self {
        Self { users, groups }
    }
}

impl ThingListEntries<'_> {
    /// So few are compared one by one faster than they are searched.
    const FEW: usize = 16;

    /// Whether a user, who has joined these groups, stands here.
    #[inline(always)]
    pub(crate) fn has(self, user: u32, joined: &[u32]) -> bool {
        Self::is_among(self.users, user)
            || !joined.is_empty()
                && self
                    .groups
                    .iter()
                    .any(|group| Self::is_among(joined, *group))
    }

    #[inline]
    fn is_among(list: &[u32], one: u32) -> bool {
        if list.len() <= Self::FEW {
            list.contains(&one)
        } else {
            list.binary_search(&one).is_ok()
        }
    }
}

impl PartialEq for ThingRecord<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.properties == other.properties && self.own() == other.own()
    }
}

impl<'t> ThingRecord<'t> {
    /// The record of a thing with so many properties.
    #[inline]
    pub(super) fn of(words: &'t [u32], properties: usize) -> Self {
        Self { words, properties }
    }

    /// Writes a record behind others. The lists are `None` where the firm file says nothing about them.
    pub(super) fn write<'l>(
        into: &mut Vec<u32>,
        properties: impl Iterator<Item = Value>,
        lists: impl Iterator<Item = Option<ThingListEntries<'l>>> + Clone,
    ) {
        let first = into.len();
        into.extend(properties.map(|value| u32::from(value.0)));
        let mut end = (into.len() - first + 2 * lists.clone().count() + 1) as u32;
        into.push(end);
        for list in lists.clone() {
            let ThingListEntries { users, groups } = list.unwrap_or_default();
            let middle = end + users.len() as u32;
            end = middle + groups.len() as u32;
            let silent = if list.is_none() { SILENT } else { 0 };
            into.extend([middle | silent, end]);
        }
        for ThingListEntries { users, groups } in lists.flatten() {
            into.extend_from_slice(users);
            into.extend_from_slice(groups);
        }
    }

    /// The value of a property.
    #[inline]
    pub(crate) fn property(self, property: usize) -> Option<Value> {
        let word = self
            .words
            .get(property)
            .filter(|_| property < self.properties);
        word.map(|word| Value(*word as u16))
    }

    /// All properties, in the order of the kind.
    pub(crate) fn properties(self) -> impl Iterator<Item = Value> {
        (0..self.properties).filter_map(move |property| self.property(property))
    }

    /// A list; none where the firm file says nothing about it.
    #[inline]
    pub(crate) fn list(self, list: usize) -> Option<ThingListEntries<'t>> {
        let ends = self.words.get(self.properties + 2 * list..)?;
        let [start, middle, end] = *ends.first_chunk()?;
        // Most lists of most things are silent, so nothing else is looked at then.
        if middle & SILENT != 0 {
            return None;
        }
        let [start, middle, end] = [start, middle, end].map(|end| end as usize);
        Some(ThingListEntries {
            users: self.words.get(start..middle)?,
            groups: self.words.get(middle..end)?,
        })
    }

    /// Whether a user, who has joined these groups, stands on a list; none where the firm file says nothing about it.
    #[inline]
    pub(crate) fn has(self, list: usize, user: u32, joined: &[u32]) -> Option<bool> {
        self.list(list).map(|entries| entries.has(user, joined))
    }

    /// All lists, in the order of the kind.
    pub(crate) fn lists(self) -> impl Iterator<Item = Option<ThingListEntries<'t>>> + Clone {
        let ends = self.first_entry().saturating_sub(self.properties);
        (0..ends / 2).map(move |list| self.list(list))
    }

    /// Where who stands on lists begins, right behind the end of the last list.
    fn first_entry(self) -> usize {
        self.words
            .get(self.properties)
            .map_or(0, |first| *first as usize)
    }

    /// The words of this thing alone.
    fn own(self) -> &'t [u32] {
        let last = self.first_entry().checked_sub(1);
        let end = last.and_then(|last| self.words.get(last));
        end.and_then(|end| self.words.get(..*end as usize))
            .unwrap_or_default()
    }

    /// The words of the same with another value of a property.
    pub(super) fn with_property(self, property: usize, to: Value) -> Vec<u32> {
        let mut words = self.own().to_vec();
        let known = words
            .get_mut(property)
            .filter(|_| property < self.properties);
        if let Some(known) = known {
            *known = u32::from(to.0);
        }
        words
    }

    /// The words of the same with another list.
    pub(super) fn with_list(self, list: usize, to: Option<&ListEntries>) -> Vec<u32> {
        let to = to.map(ThingListEntries::from);
        let lists = self.lists().enumerate();
        let lists = lists.map(|(number, known)| if number == list { to } else { known });
        let mut words = Vec::new();
        Self::write(&mut words, self.properties(), lists);
        words
    }
}
