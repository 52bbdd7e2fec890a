//! The people of two states, grouped by what they are and which groups they are in.

use std::collections::HashSet;

use hashbrown::HashMap;

use super::firm_sides::{FirmSides, NumberPair};
use crate::analyse::firm_difference::PeoplePairs;
use crate::explore::layout::Word;
use crate::firm::Firm;
use crate::world::kinds::UserKinds;

/// The people of a product in both states. A person is known by their place.
pub(super) struct PeopleSides<'f> {
    sides: FirmSides<'f>,
    pairs: PeoplePairs,
    /// Those who are alike in both states as long as no list names them.
    pub(super) kinds: UserKinds,
    /// By kind, whether it is different in the two states, or in one of them alone.
    altered: Vec<bool>,
    /// By state and group, the kinds of the people in it, in ascending order.
    of_groups: [Vec<Vec<u32>>; 2],
    /// By group of the old state, its number in the new one, or one beyond all of these.
    group_numbers: Vec<u32>,
    /// The places of those who are asked about, in ascending order; none for everybody.
    pub(super) chosen: Option<Vec<u32>>,
}

impl<'f> PeopleSides<'f> {
    pub(super) fn of(sides: FirmSides<'f>, product: usize) -> Self {
        let pairs = match sides.both() {
            Some(firms) => PeoplePairs::of(firms),
            None => PeoplePairs::of_one(sides.newest().map_or(0, |firm| firm.roster.len())),
        };
        let [old, new] = sides.0;
        let key = |firm: Option<&'f Firm>, user: Option<u32>| {
            let (firm, user) = (firm?, user?);
            let joined = firm.things.groups.of_user(user);
            Some((firm.tables.class(product, user), joined))
        };
        let kinds = UserKinds::by(pairs.len(), |place| {
            let [before, after] = pairs.get(place)?;
            Some([key(old, before), key(new, after)])
        });
        let mut people = Self {
            sides,
            pairs,
            kinds,
            altered: Vec::new(),
            of_groups: [Vec::new(), Vec::new()],
            group_numbers: group_numbers(sides),
            chosen: None,
        };
        let numbers = people.kinds.numbers();
        people.altered = numbers.map(|kind| people.differs(kind, product)).collect();
        people.of_groups = [0, 1].map(|side| people.kinds_of_groups(side));
        people
    }

    /// The same, when only people with these ids are asked about.
    pub(super) fn only(mut self, ids: Option<&HashSet<&str>>) -> Self {
        self.chosen = ids.map(|ids| {
            let places = 0..self.pairs.len() as u32;
            places
                .filter(|place| ids.contains(self.id(*place)))
                .collect()
        });
        self
    }

    /// Somebody's numbers.
    pub(super) fn numbers(&self, place: u32) -> NumberPair {
        self.pairs.get(place).unwrap_or_default()
    }

    /// Somebody's id.
    pub(super) fn id(&self, place: u32) -> &'f str {
        let [old, new] = self.sides.0;
        let id = |firm: Option<&'f Firm>, user: Option<u32>| Some(firm?.roster.id(user?));
        let [before, after] = self.numbers(place);
        id(new, after).or_else(|| id(old, before)).unwrap_or("?")
    }

    /// The kind of somebody.
    pub(super) fn kind(&self, place: u32) -> u32 {
        self.kinds.of_user(place).unwrap_or_default()
    }

    /// The numbers of the first of a kind who is none of these, whose places ascend.
    pub(super) fn one_beside(&self, kind: u32, places: &[u32]) -> Option<NumberPair> {
        let mut members = self.kinds.members(kind).iter();
        let one = members.find(|place| places.binary_search(place).is_err())?;
        Some(self.numbers(*one))
    }

    /// Whether the people of a kind are different in the two states.
    pub(super) fn is_altered(&self, kind: u32) -> bool {
        self.altered.get(kind as usize) == Some(&true)
    }

    /// The kinds of people who are different in the two states.
    pub(super) fn altered_kinds(&self) -> impl Iterator<Item = u32> {
        let kinds = self.kinds.numbers();
        kinds.filter(|kind| self.is_altered(*kind))
    }

    /// The kinds of the people in a group of one state.
    pub(super) fn kinds_in(&self, side: usize, group: u32) -> &[u32] {
        let groups = self.of_groups.get(side);
        let kinds = groups.and_then(|groups| groups.get(group as usize));
        kinds.map_or(&[], Vec::as_slice)
    }

    /// The place of a user of one state.
    pub(super) fn place(&self, side: usize, user: u32) -> u32 {
        match side {
            0 => self.pairs.place_of_old(user).unwrap_or(user),
            _ => user,
        }
    }

    /// The number that a group of one state is compared by.
    pub(super) fn group(&self, side: usize, group: u32) -> u32 {
        let number = self.group_numbers.get(group as usize);
        number.filter(|_| side == 0).copied().unwrap_or(group)
    }

    fn differs(&self, kind: u32, product: usize) -> bool {
        let first = self.kinds.first(kind);
        let [before, after] = first.map(|place| self.numbers(place)).unwrap_or_default();
        let [old, new] = self.sides.0;
        let words = |firm: Option<&'f Firm>, user: Option<u32>| -> Option<&'f [Word]> {
            Some(firm?.roster.profile(product, user?))
        };
        let joined = |firm: Option<&Firm>, user: Option<u32>, side: usize| -> Option<Vec<u32>> {
            let groups = firm?.things.groups.of_user(user?).iter();
            let mut groups: Vec<u32> = groups.map(|group| self.group(side, *group)).collect();
            groups.sort_unstable();
            Some(groups)
        };
        words(old, before) != words(new, after) || joined(old, before, 0) != joined(new, after, 1)
    }

    fn kinds_of_groups(&self, side: usize) -> Vec<Vec<u32>> {
        let Some(firm) = self.sides.0.get(side).copied().flatten() else {
            return Vec::new();
        };
        let mut kinds = vec![Vec::new(); firm.things.groups.len()];
        for kind in self.kinds.numbers() {
            let first = self.kinds.first(kind);
            let numbers = first.map(|place| self.numbers(place)).unwrap_or_default();
            let user = numbers.get(side).copied().flatten();
            let joined = user.map(|user| firm.things.groups.of_user(user));
            for group in joined.unwrap_or_default() {
                if let Some(kinds) = kinds.get_mut(*group as usize) {
                    kinds.push(kind);
                }
            }
        }
        kinds
    }
}

/// By group of the old state, its number in the new one.
fn group_numbers(sides: FirmSides<'_>) -> Vec<u32> {
    let Some([old, new]) = sides.both().filter(|_| !sides.share_things()) else {
        return Vec::new();
    };
    let [before, after] = [old, new].map(|firm| &firm.things.groups);
    let known: HashMap<&str, u32> = after.iter().map(|(id, _)| id).zip(0..).collect();
    let numbers = before.iter().zip(known.len() as u32..);
    numbers
        .map(|((id, _), beyond)| known.get(id).copied().unwrap_or(beyond))
        .collect()
}
