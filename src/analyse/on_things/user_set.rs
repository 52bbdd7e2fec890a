//! Sets of people: kinds of them, without some, and with others. There may be a million.

use std::sync::Arc;

use super::access_change::{AccessChange, KindChange, OwnChange, of_kind};
use super::people_sides::PeopleSides;

/// Some people, by their places.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct UserSet {
    kinds: Vec<u32>,
    /// People of these kinds who are not among them, in ascending order.
    without: Vec<u32>,
    /// People of other kinds, in ascending order.
    with: Vec<u32>,
}

impl UserSet {
    /// Everybody who is asked about and for whom this changes.
    pub(super) fn of(
        people: &PeopleSides<'_>,
        change: AccessChange,
        (of_kinds, own): (&[KindChange], &[OwnChange]),
    ) -> Self {
        let kinds = of_kinds.iter().filter(|(_, of)| *of == change);
        let is_of_these = |place: u32| of_kind(of_kinds, people.kind(place)) == Some(change);
        let without = own.iter().filter(|(place, _)| is_of_these(*place));
        let with = own.iter().filter(|(_, of)| *of == Some(change));
        let all = Self {
            kinds: kinds.map(|(kind, _)| *kind).collect(),
            without: without.map(|(place, _)| *place).collect(),
            with: with.map(|(place, _)| *place).collect(),
        };
        match &people.chosen {
            None => all,
            Some(chosen) => {
                let chosen = chosen.iter().copied();
                Self {
                    with: chosen.filter(|place| all.has(people, *place)).collect(),
                    kinds: Vec::new(),
                    without: Vec::new(),
                }
            }
        }
    }

    /// How many they are.
    pub(super) fn count(&self, people: &PeopleSides<'_>) -> usize {
        let kinds = self.kinds.iter();
        let all: usize = kinds.map(|kind| people.kinds.members(*kind).len()).sum();
        all + self.with.len() - self.without.len()
    }

    fn has(&self, people: &PeopleSides<'_>, place: u32) -> bool {
        let is_of_kind = || self.kinds.binary_search(&people.kind(place)).is_ok();
        let is_without = || self.without.binary_search(&place).is_ok();
        self.with.binary_search(&place).is_ok() || is_of_kind() && !is_without()
    }

    /// The ids of the first of them, in their order.
    pub(super) fn first(&self, people: &PeopleSides<'_>, most: usize) -> Vec<Arc<str>> {
        let of_kinds = self.kinds.iter().flat_map(|kind| {
            let members = people.kinds.members(*kind).iter().copied();
            let members = members.filter(|place| self.without.binary_search(place).is_err());
            members.take(most)
        });
        let mut places: Vec<u32> = of_kinds.chain(self.with.iter().copied()).collect();
        places.sort_unstable();
        places.truncate(most);
        let ids = places.iter().map(|place| Arc::from(people.id(*place)));
        ids.collect()
    }
}
