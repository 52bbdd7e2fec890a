//! The profiles of everybody: all that a decision touches for each user, four bytes a product.

use std::collections::HashMap;
use std::hash::BuildHasher;
use std::sync::Arc;

use hashbrown::{DefaultHashBuilder, HashTable};

use super::serials::Serials;
use crate::explore::layout::Word;
use crate::link::product::RoleId;

/// What a user is in a product: the profile itself where it is one word. Where it is more, equal ones stand once, and the
/// class has the two lowest bits of the profile, seat and enabled, with the place of its words above them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct ProfileClass(Word);

impl ProfileClass {
    const FLAGS: u32 = 2;

    fn at(place: u32, words: &[Word]) -> Self {
        let flags = words.first().map_or(0, |word| word & 0b11);
        Self(place << Self::FLAGS | flags)
    }

    /// Where its words begin, where there are more than one.
    #[inline]
    pub(super) fn place(self) -> usize {
        (self.0 >> Self::FLAGS) as usize
    }

    /// Seat and enabled in the lowest bits, as a profile has them; the whole profile where it is one word.
    #[inline]
    pub(crate) fn word(self) -> Word {
        self.0
    }
}

/// The profiles of all users in all products.
#[derive(Debug, Clone)]
pub(crate) struct Profiles {
    /// By product, and for each product by user: who asks about one product touches nothing of the others.
    classes: Arc<[ProfileClass]>,
    /// How many users have their classes there.
    settled: usize,
    /// Of those who have been added since it was settled, by user and for each user by product.
    added: Vec<ProfileClass>,
    /// The words of profiles of more than one word, each kind once.
    words: Arc<Vec<Word>>,
    products: usize,
    /// By product.
    kinds: Vec<ProfileKinds>,
    hasher: DefaultHashBuilder,
    /// Who holds the roles with one holder.
    holders: HashMap<(usize, RoleId), u32>,
}

/// The kinds of profile of one product, where they are more than one word.
#[derive(Debug, Clone)]
struct ProfileKinds {
    /// Words of one profile.
    stride: usize,
    /// Where the words of each begin.
    places: HashTable<u32>,
}

impl Profiles {
    /// Words of all kinds of profile: a class has so many bits for their places.
    const MOST_WORDS: usize = 1 << (Word::BITS - ProfileClass::FLAGS);

    /// Whether there may be no room for another kind of profile.
    pub(super) fn are_full(&self) -> bool {
        let most: usize = self.kinds.iter().map(|kinds| kinds.stride).sum();
        let places = self.classes.len() + self.added.len() + self.products;
        self.words.len() + most > Self::MOST_WORDS || places > Serials::ADDED as usize
    }

    /// Of products whose profiles have so many words.
    pub(super) fn new(strides: impl Iterator<Item = usize>) -> Self {
        let kinds: Vec<ProfileKinds> = strides
            .map(|stride| ProfileKinds {
                stride,
                places: HashTable::new(),
            })
            .collect();
        Self {
            classes: Arc::new([]),
            settled: 0,
            added: Vec::new(),
            words: Arc::default(),
            products: kinds.len(),
            kinds,
            hasher: DefaultHashBuilder::default(),
            holders: HashMap::new(),
        }
    }

    /// Makes room for so many more users.
    pub(super) fn expect(&mut self, more: usize) {
        self.added.reserve(more * self.products);
    }

    /// Adds a user. `words` are the profiles of all products, one after the other.
    pub(super) fn push(&mut self, words: &[Word]) {
        self.of_each(words, |all, product, one| {
            let class = all.class_with(product, one);
            all.added.push(class);
        });
    }

    /// Gives a user other profiles, of all products one after the other.
    pub(super) fn replace(&mut self, user: u32, words: &[Word]) {
        self.of_each(words, |all, product, one| all.set(product, user, one));
    }

    /// Does something with the words of each product.
    fn of_each(&mut self, words: &[Word], mut with: impl FnMut(&mut Self, usize, &[Word])) {
        let mut rest = words;
        for product in 0..self.products {
            let one = rest.split_at_checked(self.stride(product));
            let (one, others) = one.unwrap_or_default();
            with(self, product, one);
            rest = others;
        }
    }

    /// Removes users, whose numbers ascend; those behind them move up. Nobody is known any more to hold a role alone.
    pub(super) fn remove(&mut self, removed: &[u32]) {
        self.holders.clear();
        if removed.is_empty() {
            return;
        }
        self.settle();
        let stays = |user: &usize| {
            let number = u32::try_from(*user);
            number.is_ok_and(|user| removed.binary_search(&user).is_err())
        };
        let users = self.settled;
        let columns = (0..self.products).flat_map(|product| {
            let stay = (0..users).filter(stays);
            stay.map(move |user| product * users + user)
        });
        let kept = columns.filter_map(|place| self.classes.get(place).copied());
        self.classes = kept.collect();
        self.settled = self.classes.len().checked_div(self.products).unwrap_or(0);
    }

    pub(super) fn products(&self) -> usize {
        self.products
    }

    /// Gives a user another profile.
    pub(super) fn set(&mut self, product: usize, user: u32, words: &[Word]) {
        let class = self.class_with(product, words);
        self.settle();
        let place = self.place(product, user);
        if let Some(known) = Arc::make_mut(&mut self.classes).get_mut(place) {
            *known = class;
        }
    }

    /// Puts those who have been added behind the others, in the column of each product.
    fn settle(&mut self) {
        if self.added.is_empty() {
            return;
        }
        let added = std::mem::take(&mut self.added);
        let users = self.settled;
        let column = |product: usize| {
            let known = self.classes.iter().skip(product * users).take(users);
            known.chain(added.iter().skip(product).step_by(self.products))
        };
        let columns = (0..self.products).flat_map(column);
        self.classes = columns.copied().collect();
        self.settled = self.classes.len() / self.products;
    }

    /// The classes of everybody, by product and for each product by user, and the words that they have the places of.
    pub(super) fn settled(&mut self) -> (Arc<[ProfileClass]>, Arc<Vec<Word>>) {
        self.settle();
        (Arc::clone(&self.classes), Arc::clone(&self.words))
    }

    fn class_with(&mut self, product: usize, words: &[Word]) -> ProfileClass {
        if let [word] = words {
            return ProfileClass(*word);
        }
        let Self {
            words: all,
            kinds,
            hasher,
            ..
        } = self;
        let (next, room) = (all.len() as u32, Self::MOST_WORDS.checked_sub(all.len()));
        let Some(ProfileKinds { stride, places }) = kinds.get_mut(product) else {
            return ProfileClass(0);
        };
        let hash = hasher.hash_one(words);
        let has_words = |place: &u32| at(all, *place as usize, *stride) == words;
        if let Some(place) = places.find(hash, has_words) {
            return ProfileClass::at(*place, words);
        }
        if room.is_none_or(|room| room < *stride) {
            // Where nothing more can be kept, nobody may do anything.
            return ProfileClass(0);
        }
        let all = Arc::make_mut(all);
        all.extend_from_slice(words);
        places.insert_unique(hash, next, |place| {
            hasher.hash_one(at(all, *place as usize, *stride))
        });
        ProfileClass::at(next, words)
    }

    fn stride(&self, product: usize) -> usize {
        self.kinds.get(product).map_or(0, |kinds| kinds.stride)
    }

    /// The place of a settled user's profile.
    fn place(&self, product: usize, user: u32) -> usize {
        product * self.settled + user as usize
    }

    pub(super) fn class(&self, product: usize, user: u32) -> Option<&ProfileClass> {
        match (user as usize).checked_sub(self.settled) {
            None => self.classes.get(self.place(product, user)),
            Some(added) => self.added.get(added * self.products + product),
        }
    }

    /// The words of a user's profile; none for a number that was never given out, which is no seat.
    pub(crate) fn of(&self, product: usize, user: u32) -> &[Word] {
        match (self.class(product, user), self.stride(product)) {
            (Some(class), 1) => std::slice::from_ref(&class.0),
            (Some(class), stride) => at(&self.words, class.place(), stride),
            (None, _) => &[],
        }
    }

    /// Whether a user has these profiles in all products, one after the other.
    pub(super) fn are(&self, user: u32, words: &[Word]) -> bool {
        let rest = (0..self.products).try_fold(words, |rest, product| {
            rest.strip_prefix(self.of(product, user))
        });
        rest.is_some_and(<[Word]>::is_empty)
    }

    pub(super) fn set_holder(&mut self, product: usize, role: RoleId, user: u32) {
        self.holders.insert((product, role), user);
    }

    pub(super) fn holder(&self, product: usize, role: RoleId) -> Option<u32> {
        self.holders.get(&(product, role)).copied()
    }
}

fn at(words: &[Word], place: usize, stride: usize) -> &[Word] {
    words.get(place..place + stride).unwrap_or_default()
}
