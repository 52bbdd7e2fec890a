//! Numbers of cells: where in a table the answer to a question stands.

use std::collections::BTreeMap;

use super::gather::{BitGather, GatherFinder};
use super::layout::{InputSlot, Layout, QuestionBits, Word, WordOrigin};
use crate::vocabulary::Person;

/// How the bits of a question make the number of a cell. Each part has bits of the number of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CellIndex {
    parts: Box<[IndexPart]>,
    bits: u32,
}

/// What one word contributes to the number of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct IndexPart {
    pub(crate) origin: WordOrigin,
    pub(crate) word: u32,
    pub(crate) gather: BitGather,
}

impl IndexPart {
    /// Whether it is about user and target being the same person.
    pub(crate) fn is_same_user(&self) -> bool {
        let (word, mask) = Layout::SAME_USER.place();
        self.origin == WordOrigin::Question && self.word == word && self.gather.mask() == mask
    }
}

/// Numbers of cells are less than two to this power.
const MOST_BITS: u32 = 31;

impl CellIndex {
    /// The index over these slots. Returns `None` if its numbers would be too large.
    pub(crate) fn over(
        slots: impl Iterator<Item = InputSlot>,
        gathers: &mut GatherFinder,
    ) -> Option<Self> {
        let mut masks: BTreeMap<(u8, u32), (WordOrigin, Word)> = BTreeMap::new();
        for slot in slots {
            let (word, bits) = slot.field.place();
            let (_, mask) = masks.entry((rank(slot), word)).or_insert((slot.origin, 0));
            *mask |= bits;
        }
        let mut parts = Vec::new();
        let mut bits = 0;
        for ((_, word), (origin, mask)) in masks {
            for gather in gathers.of(mask) {
                if bits + gather.width() > MOST_BITS {
                    return None;
                }
                parts.push(IndexPart {
                    origin,
                    word,
                    gather: gather.moved_up(bits),
                });
                bits += gather.width();
            }
        }
        Some(Self {
            parts: parts.into(),
            bits,
        })
    }

    /// The number of the cell for the bits of one question.
    pub(crate) fn cell(&self, bits: &QuestionBits<'_>) -> usize {
        self.cell_of(|part| bits.word(part.origin, part.word))
    }

    /// The number of the cell, word by word.
    pub(crate) fn cell_of(&self, word: impl Fn(&IndexPart) -> Word) -> usize {
        let numbers = self.parts.iter().map(|part| part.gather.number(word(part)));
        numbers.fold(0, |cell, number| cell | number) as usize
    }

    /// One more than the largest number.
    pub(crate) fn len(&self) -> usize {
        1 << self.bits
    }

    pub(crate) fn parts(&self) -> &[IndexPart] {
        &self.parts
    }
}

/// Whether user and target are the same person is a part of its own, since facts are known before they are. Readings
/// come last, so that what a firm has chosen is a stretch of the table.
fn rank(slot: InputSlot) -> u8 {
    match slot.origin {
        WordOrigin::Question if slot.field == Layout::SAME_USER => 0,
        WordOrigin::Question => 1,
        WordOrigin::Profile(Person::User) => 2,
        WordOrigin::Profile(Person::Target) => 3,
        WordOrigin::Firm => 4,
    }
}

#[cfg(test)]
mod tests;
