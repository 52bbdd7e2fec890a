//! The profiles of everybody. Equal ones stand once: a firm of a million people has few kinds of them.

use std::collections::HashMap;
use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::link::product::RoleId;

/// Which profile a user has in a product, and what is asked of everybody first.
///
/// It is all that a decision touches for each user: four bytes a product. The two lowest bits are those of the profile,
/// seat and enabled; above them is the place of its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Class(u32);

impl Class {
    const FLAGS: u32 = 2;

    fn new(place: usize, words: &[u64]) -> Self {
        let flags = words.first().map_or(0, |word| (word & 0b11) as u32);
        Self((place as u32) << Self::FLAGS | flags)
    }

    /// Where its words begin.
    #[inline]
    pub(crate) fn place(self) -> usize {
        (self.0 >> Self::FLAGS) as usize
    }

    /// Seat and enabled in the lowest bits, as a profile has them.
    #[inline]
    pub(crate) fn flags(self) -> u32 {
        self.0
    }
}

/// The profiles of all users in all products.
#[derive(Debug, Clone)]
pub(crate) struct Profiles {
    /// By user, and for each user by product.
    classes: Vec<Class>,
    /// The words of each kind of profile, one after the other.
    words: Vec<u64>,
    products: usize,
    /// By product.
    kinds: Vec<Kinds>,
    hasher: DefaultHashBuilder,
    /// Who holds the roles with one holder.
    holders: HashMap<(usize, RoleId), u32>,
}

/// The kinds of profile of one product.
#[derive(Debug, Clone)]
struct Kinds {
    /// Words of one profile.
    stride: usize,
    /// Where the words of each begin.
    places: HashTable<u32>,
}

impl Profiles {
    /// Of products whose profiles have so many words.
    pub(super) fn new(strides: impl Iterator<Item = usize>) -> Self {
        let kinds = strides.map(|stride| Kinds {
            stride,
            places: HashTable::new(),
        });
        let kinds: Vec<Kinds> = kinds.collect();
        Self {
            classes: Vec::new(),
            words: Vec::new(),
            products: kinds.len(),
            kinds,
            hasher: DefaultHashBuilder::default(),
            holders: HashMap::new(),
        }
    }

    /// Adds a user. `words` are the profiles of all products, one after the other.
    pub(super) fn push(&mut self, words: &[u64]) {
        let mut rest = words;
        for product in 0..self.products {
            let (one, others) = rest
                .split_at_checked(self.stride(product))
                .unwrap_or_default();
            let class = self.class_with(product, one);
            self.classes.push(class);
            rest = others;
        }
    }

    /// Gives a user another profile.
    pub(super) fn set(&mut self, product: usize, user: u32, words: &[u64]) {
        let class = self.class_with(product, words);
        let place = user as usize * self.products + product;
        if let Some(known) = self.classes.get_mut(place) {
            *known = class;
        }
    }

    fn class_with(&mut self, product: usize, words: &[u64]) -> Class {
        let Self {
            words: all,
            kinds,
            hasher,
            ..
        } = self;
        let next = all.len();
        let Some(Kinds { stride, places }) = kinds.get_mut(product) else {
            return Class::new(next, &[]);
        };
        let hash = hasher.hash_one(words);
        let has_words = |place: &u32| at(all, *place as usize, *stride) == words;
        if let Some(place) = places.find(hash, has_words) {
            return Class::new(*place as usize, words);
        }
        all.extend_from_slice(words);
        places.insert_unique(hash, next as u32, |place| {
            hasher.hash_one(at(all, *place as usize, *stride))
        });
        Class::new(next, words)
    }

    fn stride(&self, product: usize) -> usize {
        self.kinds.get(product).map_or(0, |kinds| kinds.stride)
    }

    /// The class of a user; none for a number that was never given out.
    #[inline]
    pub(crate) fn class(&self, product: usize, user: u32) -> Option<Class> {
        let place = user as usize * self.products + product;
        self.classes.get(place).copied()
    }

    /// One word of a profile.
    #[inline]
    pub(crate) fn word(&self, class: Class, word: usize) -> Option<u64> {
        self.words.get(class.place() + word).copied()
    }

    /// The words of a profile.
    pub(crate) fn words(&self, product: usize, class: Class) -> &[u64] {
        at(&self.words, class.place(), self.stride(product))
    }

    pub(super) fn set_holder(&mut self, product: usize, role: RoleId, user: u32) {
        self.holders.insert((product, role), user);
    }

    pub(super) fn holder(&self, product: usize, role: RoleId) -> Option<u32> {
        self.holders.get(&(product, role)).copied()
    }
}

fn at(words: &[u64], place: usize, stride: usize) -> &[u64] {
    words.get(place..place + stride).unwrap_or_default()
}
