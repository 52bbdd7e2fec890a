//! Kinds of people: who has the same profile of a product before, and the same after, gains and loses the same.

use hashbrown::HashMap;
use smallvec::SmallVec;

use super::pairs::{Pair, PeoplePairs};
use crate::explore::layout::Word;
use crate::firm::Firm;

/// How many are named of those on whom something is done.
pub(super) const NAMED: usize = 5;

/// The first few places of some people, in their order: one more than are named, as nobody is named beside themselves.
pub(super) type FirstPlaces = SmallVec<[u32; NAMED + 1]>;

/// Keeps a place among the first few.
pub(super) fn keep_first(first: &mut FirstPlaces, place: u32) {
    let at = first.partition_point(|known| *known < place);
    if at <= NAMED {
        first.truncate(NAMED);
        first.insert(at, place);
    }
}

/// People who are alike in both states, in one product.
pub(super) struct PersonKind {
    /// One who stands for them, by number in each state.
    pub(super) one: Pair,
    pub(super) count: usize,
    pub(super) first: FirstPlaces,
}

impl PersonKind {
    /// What they are in each state; none where they are not there.
    pub(super) fn words<'f>(
        &self,
        firms: [&'f Firm; 2],
        product: usize,
    ) -> [Option<&'f [Word]>; 2] {
        words(firms, product, self.one)
    }

    /// Whether they are in both states.
    pub(super) fn is_there(&self) -> bool {
        self.one.iter().all(Option::is_some)
    }
}

fn words([old, new]: [&Firm; 2], product: usize, pair: Pair) -> [Option<&[Word]>; 2] {
    let [before, after] = pair;
    [
        before.map(|user| old.roster.profile(product, user)),
        after.map(|user| new.roster.profile(product, user)),
    ]
}

/// The kinds of people of a product.
pub(super) struct PersonKinds {
    pub(super) all: Vec<PersonKind>,
    /// By place, the number of the kind.
    pub(super) of_place: Vec<u32>,
}

impl PersonKinds {
    pub(super) fn of(firms: [&Firm; 2], pairs: &PeoplePairs, product: usize) -> Self {
        let mut numbers: HashMap<[Option<&[Word]>; 2], u32> = HashMap::new();
        let mut kinds = Self {
            all: Vec::new(),
            of_place: Vec::with_capacity(pairs.len()),
        };
        for (place, pair) in (0..).zip(pairs.all()) {
            let next = kinds.all.len() as u32;
            let number = *numbers.entry(words(firms, product, pair)).or_insert(next);
            if number == next {
                kinds.all.push(PersonKind {
                    one: pair,
                    count: 0,
                    first: FirstPlaces::new(),
                });
            }
            if let Some(kind) = kinds.all.get_mut(number as usize) {
                kind.count += 1;
                keep_first(&mut kind.first, place);
            }
            kinds.of_place.push(number);
        }
        kinds
    }

    /// The number of the kind of whoever stands at a place.
    pub(super) fn at(&self, place: u32) -> u32 {
        self.of_place
            .get(place as usize)
            .copied()
            .unwrap_or_default()
    }
}
