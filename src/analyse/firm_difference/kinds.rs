//! Kinds of people: those with the same profile of a product before and after gain and lose the same.

use smallvec::SmallVec;

use super::pairs::{Pair, PeoplePairs};
use crate::explore::layout::Word;
use crate::firm::Firm;
use crate::world::kinds::UserKinds;

/// Most targets listed by name.
pub(super) const NAMED: usize = 5;

/// The first few places, in order. One more is kept than is listed, because nobody is listed as their own target.
pub(super) type FirstPlaces = SmallVec<[u32; NAMED + 1]>;

/// Adds a place if it is among the first few.
pub(super) fn keep_first(first: &mut FirstPlaces, place: u32) {
    let at = first.partition_point(|known| *known < place);
    if at <= NAMED {
        first.truncate(NAMED);
        first.insert(at, place);
    }
}

/// People who are alike in both states, in one product.
pub(super) struct PersonKind {
    /// A representative, by number in each state.
    pub(super) one: Pair,
    pub(super) count: usize,
    pub(super) first: FirstPlaces,
}

impl PersonKind {
    /// Their profile in each state. `None` in a state where they do not exist.
    pub(super) fn words<'f>(
        &self,
        firms: [&'f Firm; 2],
        product: usize,
    ) -> [Option<&'f [Word]>; 2] {
        words(firms, product, self.one)
    }

    /// Whether they exist in both states.
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
    /// By place.
    numbers: UserKinds,
}

impl PersonKinds {
    pub(super) fn of(firms: [&Firm; 2], pairs: &PeoplePairs, product: usize) -> Self {
        let alike = |place| Some(words(firms, product, pairs.get(place)?));
        let numbers = UserKinds::by(pairs.len(), alike);
        let kind = |places: &[u32]| PersonKind {
            one: places
                .first()
                .and_then(|place| pairs.get(*place))
                .unwrap_or_default(),
            count: places.len(),
            first: places.iter().copied().take(NAMED + 1).collect(),
        };
        Self {
            all: numbers.iter().map(kind).collect(),
            numbers,
        }
    }

    /// The number of the kind of the person at a place.
    pub(super) fn at(&self, place: u32) -> u32 {
        self.numbers.of_user(place).unwrap_or_default()
    }
}
