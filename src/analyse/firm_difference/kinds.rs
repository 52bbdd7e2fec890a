//! Kinds of people: those with the same profile of a product before and after gain and lose the same.

use std::sync::Arc;

use smallvec::SmallVec;

use super::pairs::{Pair, PeoplePairs};
use super::tally;
use crate::analyse::ability::ActionWithFacts;
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

/// The targets on whom people of a kind do something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KindOnWhom {
    pub(super) count: usize,
    pub(super) on_oneself: bool,
    /// The first targets, by place, with their ids. One more is kept than is shown, because somebody may not be
    /// listed as their own target.
    pub(super) first: Arc<[(u32, Arc<str>)]>,
}

/// Whether it is gained (0) or lost (1), if either.
pub(super) fn side_of([old, new]: [bool; 2]) -> Option<usize> {
    match (old, new) {
        (false, true) => Some(0),
        (true, false) => Some(1),
        _ => None,
    }
}

/// Whether it is allowed in each state. A person who does not exist in a state may do nothing there, and nothing is
/// done to them.
pub(super) fn may(
    firms: [&Firm; 2],
    asked: &ActionWithFacts,
    user: Pair,
    target: Option<Pair>,
) -> [bool; 2] {
    tally::decision();
    let [old, new] = firms;
    let side = |firm: &Firm, user: Option<u32>, target: Option<Option<u32>>| {
        let of_target = target.map_or(user, |target| target);
        let users = user.zip(of_target);
        let code =
            users.and_then(|(user, of)| firm.code(&asked.handle, [user, of], target.is_some()));
        code.is_some_and(|code| code.is_allowed())
    };
    [
        side(old, user[0], target.map(|target| target[0])),
        side(new, user[1], target.map(|target| target[1])),
    ]
}
