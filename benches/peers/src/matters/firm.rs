//! A firm with groups and matters, and questions about them, the same in every run.

use std::collections::BTreeSet;
use std::fmt;

use crate::queries::Dice;
use crate::verify::Queries;

/// How large a firm is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Size {
    pub(crate) people: usize,
    pub(crate) matters: usize,
    /// People and groups on the list of a matter.
    pub(crate) entries: usize,
}

/// Who is in a group, or on the list of a matter.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entries {
    pub(crate) people: BTreeSet<usize>,
    pub(crate) groups: BTreeSet<usize>,
}

/// The firm, and the questions.
pub(crate) struct Matters {
    pub(crate) size: Size,
    pub(crate) groups: Vec<Entries>,
    /// None where a matter is open to everyone.
    pub(crate) lists: Vec<Option<Entries>>,
    /// User and matter.
    pub(crate) queries: Vec<(usize, usize)>,
}

const GROUPS: usize = 20;
/// So many groups are in each other: the first in the second, that in the third, and so on.
const NESTED: usize = 5;
const QUERIES: usize = 1 << 13;

impl Size {
    pub(crate) const fn new(people: usize, matters: usize, entries: usize) -> Self {
        Self {
            people,
            matters,
            entries,
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            people,
            matters,
            entries,
        } = self;
        write!(
            f,
            "{people} people, {GROUPS} groups nested {NESTED} deep, {matters} matters with lists of {entries}"
        )
    }
}

impl Matters {
    pub(crate) fn of(size: Size) -> Self {
        let dice = &mut Dice(0x5eed);
        let group = |dice: &mut Dice, number: usize| Entries {
            people: some(dice, size.people / 20, size.people),
            groups: (!number.is_multiple_of(NESTED))
                .then(|| number - 1)
                .into_iter()
                .collect(),
        };
        let groups = (0..GROUPS).map(|number| group(dice, number)).collect();
        // A fifth of a list are groups, but never more than half of the groups there are. One matter in ten has no list.
        let of_groups = (size.entries / 5).min(GROUPS / 2);
        let lists = (0..size.matters).map(|_| {
            (dice.below(10) > 0).then(|| Entries {
                people: some(dice, size.entries - of_groups, size.people),
                groups: some(dice, of_groups, GROUPS),
            })
        });
        let lists = lists.collect();
        let queries = (0..QUERIES).map(|_| (dice.below(size.people), dice.below(size.matters)));
        Self {
            size,
            groups,
            lists,
            queries: queries.collect(),
        }
    }

    /// Everybody in a group, directly or through others.
    pub(crate) fn members(&self, group: usize) -> BTreeSet<usize> {
        let of = &self.groups[group];
        let others = of.groups.iter().flat_map(|group| self.members(*group));
        of.people.iter().copied().chain(others).collect()
    }
}

/// So many numbers below a bound.
fn some(dice: &mut Dice, count: usize, bound: usize) -> BTreeSet<usize> {
    let mut numbers = BTreeSet::new();
    while numbers.len() < count {
        numbers.insert(dice.below(bound));
    }
    numbers
}

impl Entries {
    /// The ids of all.
    pub(crate) fn ids(&self) -> impl Iterator<Item = String> {
        let people = self.people.iter().copied().map(user);
        people.chain(self.groups.iter().copied().map(group))
    }
}

pub(crate) fn user(number: usize) -> String {
    format!("u{number}")
}

pub(crate) fn group(number: usize) -> String {
    format!("g{number}")
}

pub(crate) fn matter(number: usize) -> String {
    format!("m{number}")
}

impl Queries for Matters {
    fn count(&self) -> usize {
        self.queries.len()
    }

    fn describe(&self, query: usize) -> String {
        let (user, matter) = self.queries[query];
        let list = &self.lists[matter];
        format!("  user    u{user}\n  matter  m{matter} with {list:?}\n")
    }
}
