//! Numbers of cells: where in a table the answer to a question stands.

use std::collections::BTreeMap;

use super::gather::{Gather, Gathers};
use super::layout::{Bits, Origin, Slot};
use crate::vocabulary::Person;

/// How the bits of a question make the number of a cell. Each part has bits of the number of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Index {
    parts: Box<[Part]>,
    bits: u32,
}

/// What one word contributes to the number of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) origin: Origin,
    pub(crate) word: u32,
    pub(crate) gather: Gather,
    /// Where its bits of the number begin.
    pub(crate) up: u8,
}

impl Part {
    /// What the word contributes.
    pub(crate) fn number(&self, word: u64) -> u32 {
        self.gather.number(word) << self.up
    }
}

/// Numbers of cells are less than two to this power.
const MOST_BITS: u32 = 31;

impl Index {
    /// The index over these slots; none where its numbers would be too large.
    pub(crate) fn over(slots: impl Iterator<Item = Slot>, gathers: &mut Gathers) -> Option<Self> {
        let mut masks: BTreeMap<(u8, u32), (Origin, u64)> = BTreeMap::new();
        for slot in slots {
            let (word, bits) = slot.field.place();
            let (_, mask) = masks
                .entry((rank(slot.origin), word))
                .or_insert((slot.origin, 0));
            *mask |= bits;
        }
        let mut parts = Vec::new();
        let mut bits = 0;
        for ((_, word), (origin, mask)) in masks {
            for gather in gathers.of(mask) {
                parts.push(Part {
                    origin,
                    word,
                    gather,
                    up: bits.min(MOST_BITS) as u8,
                });
                bits += gather.width();
            }
        }
        (bits <= MOST_BITS).then(|| Self {
            parts: parts.into(),
            bits,
        })
    }

    /// The number of the cell for the bits of one question.
    pub(crate) fn cell(&self, bits: &Bits<'_>) -> usize {
        self.cell_of(|part| bits.word(part.origin, part.word))
    }

    /// The number of the cell, word by word.
    pub(crate) fn cell_of(&self, word: impl Fn(&Part) -> u64) -> usize {
        let numbers = self.parts.iter().map(|part| part.number(word(part)));
        numbers.fold(0, |cell, number| cell | number) as usize
    }

    /// One more than the largest number.
    pub(crate) fn len(&self) -> usize {
        1 << self.bits
    }

    pub(crate) fn parts(&self) -> &[Part] {
        &self.parts
    }
}

/// Readings come last, so that what a firm has chosen is a stretch of the table.
fn rank(origin: Origin) -> u8 {
    match origin {
        Origin::Question => 0,
        Origin::Profile(Person::User) => 1,
        Origin::Profile(Person::Target) => 2,
        Origin::Firm => 3,
    }
}
