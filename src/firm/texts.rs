//! Many short texts in one piece of memory, found by number and by text.

use hashbrown::{DefaultHashBuilder, HashTable};
use std::hash::BuildHasher;

use crate::name::are_same;

/// Texts, numbered in the order in which they came.
#[derive(Debug, Clone, Default)]
pub(crate) struct NumberedTexts {
    all: String,
    /// Where each text ends.
    ends: Vec<usize>,
}

impl NumberedTexts {
    /// Makes room for so many more.
    pub(crate) fn expect(&mut self, more: usize) {
        self.ends.reserve(more);
    }

    pub(crate) fn push(&mut self, text: &str) {
        self.all.push_str(text);
        self.ends.push(self.all.len());
    }

    pub(crate) fn get(&self, number: u32) -> Option<&str> {
        let number = number as usize;
        let start = match number.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        self.all.get(start..*self.ends.get(number)?)
    }

    /// Whether a number stands for a text.
    fn is(&self, number: u32, text: &str) -> bool {
        let number = number as usize;
        let start = number
            .checked_sub(1)
            .and_then(|before| self.ends.get(before));
        let end = self.ends.get(number).copied().unwrap_or_default();
        let known = self
            .all
            .as_bytes()
            .get(start.copied().unwrap_or_default()..end);
        known.is_some_and(|known| are_same(known, text.as_bytes()))
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len() as u32).filter_map(|number| self.get(number))
    }
}

/// Texts that are all different.
#[derive(Debug, Clone, Default)]
pub(crate) struct DistinctTexts {
    texts: NumberedTexts,
    numbers: HashTable<u32>,
    /// Seeded anew for each firm, so that nobody can choose texts that collide.
    hasher: DefaultHashBuilder,
}

impl DistinctTexts {
    /// Makes room for so many more.
    pub(crate) fn expect(&mut self, more: usize) {
        let Self {
            texts,
            numbers,
            hasher,
        } = self;
        texts.expect(more);
        numbers.reserve(more, |number| {
            hasher.hash_one(texts.get(*number).unwrap_or_default())
        });
    }

    /// Adds a text and returns its number. A text that is there already keeps its number, which comes as the error.
    pub(crate) fn push(&mut self, text: &str) -> Result<u32, u32> {
        let Self {
            texts,
            numbers,
            hasher,
        } = self;
        let hash = hasher.hash_one(text);
        if let Some(known) = numbers.find(hash, |number| texts.is(*number, text)) {
            return Err(*known);
        }
        let number = texts.len() as u32;
        texts.push(text);
        numbers.insert_unique(hash, number, |number| {
            hasher.hash_one(texts.get(*number).unwrap_or_default())
        });
        Ok(number)
    }

    pub(crate) fn find(&self, text: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(text);
        let is_it = |number: &u32| self.texts.is(*number, text);
        self.numbers.find(hash, is_it).copied()
    }

    pub(crate) fn texts(&self) -> &NumberedTexts {
        &self.texts
    }
}
