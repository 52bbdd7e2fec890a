//! The profiles of one product. Equal ones stand once: a firm of a million people has few kinds of them.

use std::collections::HashMap;
use std::hash::BuildHasher;

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::link::product::RoleId;

/// Which profile a user has, and what is asked of everybody first.
///
/// It is all that a decision touches for each user: four bytes. The two lowest bits are those of the profile, seat and
/// enabled; above them is the number of the kind of profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Class(u32);

impl Class {
    const FLAGS: u32 = 2;

    fn new(number: u32, words: &[u64]) -> Self {
        let flags = words.first().map_or(0, |word| (word & 0b11) as u32);
        Self(number << Self::FLAGS | flags)
    }

    /// The number of the kind of profile.
    #[inline]
    pub(crate) fn number(self) -> usize {
        (self.0 >> Self::FLAGS) as usize
    }

    /// Seat and enabled, as a profile has them.
    #[inline]
    pub(crate) fn flags(self) -> u32 {
        self.0
    }
}

/// The profiles of all users in one product.
#[derive(Debug, Clone)]
pub(crate) struct Profiles {
    /// Words of one profile.
    stride: usize,
    /// By user.
    classes: Vec<Class>,
    /// The words of each kind of profile, one after the other.
    words: Vec<u64>,
    numbers: HashTable<u32>,
    hasher: DefaultHashBuilder,
    /// Who holds the roles with one holder.
    holders: HashMap<RoleId, u32>,
}

impl Profiles {
    pub(super) fn new(stride: usize) -> Self {
        Self {
            stride,
            classes: Vec::new(),
            words: Vec::new(),
            numbers: HashTable::new(),
            hasher: DefaultHashBuilder::default(),
            holders: HashMap::new(),
        }
    }

    pub(super) fn stride(&self) -> usize {
        self.stride
    }

    pub(super) fn push(&mut self, words: &[u64]) {
        let class = self.class_with(words);
        self.classes.push(class);
    }

    /// Gives a user another profile.
    pub(super) fn set(&mut self, user: u32, words: &[u64]) {
        let class = self.class_with(words);
        if let Some(known) = self.classes.get_mut(user as usize) {
            *known = class;
        }
    }

    fn class_with(&mut self, words: &[u64]) -> Class {
        let Self {
            stride,
            words: all,
            numbers,
            hasher,
            ..
        } = self;
        let hash = hasher.hash_one(words);
        let has_words = |number: &u32| kind(all, *stride, *number as usize) == words;
        if let Some(number) = numbers.find(hash, has_words) {
            return Class::new(*number, words);
        }
        let number = (all.len() / *stride) as u32;
        all.extend_from_slice(words);
        numbers.insert_unique(hash, number, |number| {
            hasher.hash_one(kind(all, *stride, *number as usize))
        });
        Class::new(number, words)
    }

    /// The class of a user; none for a number that was never given out.
    #[inline]
    pub(crate) fn class(&self, user: u32) -> Option<Class> {
        self.classes.get(user as usize).copied()
    }

    /// One word of a kind of profile.
    #[inline]
    pub(crate) fn word(&self, class: Class, word: usize) -> Option<u64> {
        self.words.get(class.number() * self.stride + word).copied()
    }

    /// How many kinds of profile there are, those included that nobody has any more.
    pub(crate) fn kinds(&self) -> usize {
        self.words.len() / self.stride
    }

    /// The words of a kind of profile.
    pub(crate) fn of_class(&self, class: Class) -> &[u64] {
        kind(&self.words, self.stride, class.number())
    }

    /// By user.
    pub(crate) fn classes(&self) -> &[Class] {
        &self.classes
    }

    pub(super) fn set_holder(&mut self, role: RoleId, user: u32) {
        self.holders.insert(role, user);
    }

    pub(super) fn holder(&self, role: RoleId) -> Option<u32> {
        self.holders.get(&role).copied()
    }
}

fn kind(words: &[u64], stride: usize, number: usize) -> &[u64] {
    let start = number * stride;
    words.get(start..start + stride).unwrap_or_default()
}
