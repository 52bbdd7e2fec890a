//! Bits that lie apart in a word, put side by side.
//!
//! Mask and multiply: the product adds shifted copies of the word, and a good factor lays the picked bits next to each
//! other in its upper half. Chess programs look up the attacks of sliding pieces in this way. A factor is tried on every
//! combination of the bits before it is used, so that none is ever mistaken for another.

use hashbrown::HashMap;

use super::layout::Word;

/// Picks bits of a word and gives each combination of them a small number of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BitGather {
    mask: Word,
    /// Bits of the largest number.
    width: u8,
    /// Where the bits of the number begin.
    up: u8,
    factor: u64,
}

impl BitGather {
    /// Picks nothing.
    pub(crate) const NOTHING: Self = Self {
        mask: 0,
        width: 0,
        up: 0,
        factor: 0,
    };

    /// The number of what a word has in the picked bits.
    #[inline]
    pub(crate) fn number(self, word: Word) -> u32 {
        self.pick().number(word)
    }

    pub(crate) fn mask(self) -> Word {
        self.mask
    }

    /// Bits of the number.
    pub(crate) fn width(self) -> u32 {
        u32::from(self.width)
    }

    /// The same gather with numbers whose bits begin further up.
    pub(crate) fn moved_up(self, by: u32) -> Self {
        Self {
            up: self.up + by as u8,
            factor: self.factor << by,
            ..self
        }
    }

    /// What it takes to make the number.
    pub(crate) fn pick(self) -> GatherRange {
        GatherRange {
            mask: self.mask,
            out: (((1_u64 << self.width) - 1) << self.up) as u32,
            factor: self.factor,
        }
    }
}

/// The numbers of a gather, ready to be used.
#[derive(Debug, Clone, Copy)]
pub(crate) struct GatherRange {
    mask: Word,
    out: u32,
    factor: u64,
}

impl GatherRange {
    /// The same as [`BitGather::number`].
    #[inline]
    pub(crate) fn number(self, word: Word) -> u32 {
        let spread = u64::from(word & self.mask).wrapping_mul(self.factor);
        (spread >> u32::BITS) as u32 & self.out
    }
}

/// Finds gathers, each once.
#[derive(Debug, Default)]
pub(crate) struct GatherFinder {
    known: HashMap<Word, Option<BitGather>>,
}

/// Picked bits of one gather; more are shared among several.
const MOST_BITS: u32 = 16;
/// How many more bits a number may have than the picked bits.
const SPARE: u32 = 2;
/// Factors that are tried for each width.
const TRIES: u32 = 400;

impl GatherFinder {
    /// Gathers that together tell all combinations of these bits apart.
    pub(crate) fn of(&mut self, mask: Word) -> Vec<BitGather> {
        if mask == 0 {
            return Vec::new();
        }
        if let Some(gather) = self.one(mask) {
            return vec![gather];
        }
        let (low, high) = halves(mask);
        [self.of(low), self.of(high)].concat()
    }

    fn one(&mut self, mask: Word) -> Option<BitGather> {
        *self.known.entry(mask).or_insert_with(|| find(mask))
    }
}

/// The lower and the upper half of the bits of a mask.
fn halves(mask: Word) -> (Word, Word) {
    let mut low = 0;
    let mut high = mask;
    for _ in 0..mask.count_ones() / 2 {
        let lowest = high & high.wrapping_neg();
        low |= lowest;
        high ^= lowest;
    }
    (low, high)
}

/// Whether bits lie side by side.
fn is_run(mask: Word) -> bool {
    mask != 0 && mask >> mask.trailing_zeros() == Word::MAX >> (Word::BITS - mask.count_ones())
}

fn find(mask: Word) -> Option<BitGather> {
    let bits = mask.count_ones();
    let gather = |width: u32, factor| BitGather {
        mask,
        width: width as u8,
        up: 0,
        factor,
    };
    if is_run(mask) {
        // They only have to be moved.
        return Some(gather(bits, 1 << (u32::BITS - mask.trailing_zeros())));
    }
    if bits > MOST_BITS {
        return None;
    }
    let mut seen = SeenNumbers::new(bits + SPARE);
    (bits..=bits + SPARE).find_map(|width| {
        let by_design = std::iter::once(side_by_side(mask));
        let random = GatherFactors(u64::from(mask)).take(TRIES as usize);
        let mut candidates = by_design.chain(random).map(|factor| gather(width, factor));
        candidates.find(|gather| seen.tells_apart(*gather))
    })
}

/// The factor that moves every bit to its place in the upper half; what else it adds may get in the way.
fn side_by_side(mask: Word) -> u64 {
    let mut factor = 0;
    let mut rest = mask;
    let mut place = u32::BITS;
    while rest != 0 {
        factor |= 1 << (place - rest.trailing_zeros());
        rest &= rest - 1;
        place += 1;
    }
    factor
}

/// Factors with few bits, the same ones at every load.
struct GatherFactors(u64);

impl Iterator for GatherFactors {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        let mut random = || {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
            mixed ^ mixed >> 31
        };
        Some(random() & random() & random())
    }
}

/// Which numbers have been seen, emptied by counting up.
struct SeenNumbers {
    round: u32,
    rounds: Vec<u32>,
}

impl SeenNumbers {
    fn new(width: u32) -> Self {
        Self {
            round: 0,
            rounds: vec![0; 1 << width],
        }
    }

    /// Whether every combination of the picked bits has a number of its own.
    fn tells_apart(&mut self, gather: BitGather) -> bool {
        self.round += 1;
        let mut combination: Word = 0;
        loop {
            let seen = self.rounds.get_mut(gather.number(combination) as usize);
            match seen {
                Some(round) if *round != self.round => *round = self.round,
                _ => return false,
            }
            combination = combination.wrapping_sub(gather.mask) & gather.mask;
            if combination == 0 {
                return true;
            }
        }
    }
}

#[cfg(test)]
mod tests;
