//! Bits that lie apart in a word, put side by side.
//!
//! Mask, multiply, shift: the product adds shifted copies of the word, and a good factor lays the picked bits next to
//! each other at its top. Chess programs look up the attacks of sliding pieces in this way. A factor is tried on every
//! combination of the bits before it is used, so that none is ever mistaken for another.

use std::collections::HashMap;

/// Picks bits of a word, and tells their combinations apart by small numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Gather {
    pub(crate) mask: u64,
    pub(crate) factor: u64,
    pub(crate) shift: u8,
}

impl Gather {
    /// Picks nothing.
    pub(crate) const NOTHING: Self = Self {
        mask: 0,
        factor: 0,
        shift: 63,
    };

    /// The number of what a word has in the picked bits.
    #[inline]
    pub(crate) fn number(self, word: u64) -> u32 {
        ((word & self.mask).wrapping_mul(self.factor) >> self.shift) as u32
    }

    /// Bits of the largest number.
    pub(crate) fn width(self) -> u32 {
        if self.mask == 0 {
            0
        } else {
            u64::BITS - u32::from(self.shift)
        }
    }
}

/// Finds gathers, each once.
#[derive(Debug, Default)]
pub(crate) struct Gathers {
    known: HashMap<u64, Option<Gather>>,
}

/// Picked bits of one gather; more are shared among several.
const MOST_BITS: u32 = 16;
/// Bits by which a number may be wider than the bits it is made of.
const SPARE: u32 = 2;
/// Factors that are tried for each width.
const TRIES: u32 = 400;

impl Gathers {
    /// Gathers that together tell all combinations of these bits apart.
    pub(crate) fn of(&mut self, mask: u64) -> Vec<Gather> {
        if mask == 0 {
            return Vec::new();
        }
        if let Some(gather) = self.one(mask) {
            return vec![gather];
        }
        let (low, high) = halves(mask);
        [self.of(low), self.of(high)].concat()
    }

    fn one(&mut self, mask: u64) -> Option<Gather> {
        *self.known.entry(mask).or_insert_with(|| find(mask))
    }
}

/// The lower and the upper half of the bits of a mask.
fn halves(mask: u64) -> (u64, u64) {
    let mut low = 0;
    let mut high = mask;
    for _ in 0..mask.count_ones() / 2 {
        let lowest = high & high.wrapping_neg();
        low |= lowest;
        high ^= lowest;
    }
    (low, high)
}

fn find(mask: u64) -> Option<Gather> {
    let bits = mask.count_ones();
    if mask >> mask.trailing_zeros() == u64::MAX >> (u64::BITS - bits) {
        // Bits side by side only have to be moved.
        return Some(Gather {
            mask,
            factor: 1 << (u64::BITS - bits - mask.trailing_zeros()),
            shift: (u64::BITS - bits) as u8,
        });
    }
    if bits > MOST_BITS {
        return None;
    }
    let mut seen = Seen::new(bits + SPARE);
    (bits..=bits + SPARE).find_map(|width| {
        let shift = (u64::BITS - width) as u8;
        let by_design = std::iter::once(side_by_side(mask, width));
        let candidates = by_design.chain(Factors(mask).take(TRIES as usize));
        let mut gathers = candidates.map(|factor| Gather {
            mask,
            factor,
            shift,
        });
        gathers.find(|gather| seen.tells_apart(*gather))
    })
}

/// The factor that moves every bit to its place at the top; what else it adds may get in the way.
fn side_by_side(mask: u64, width: u32) -> u64 {
    let mut factor = 0_u64;
    let mut rest = mask;
    let mut place = u64::BITS - width;
    while rest != 0 {
        factor |= 1 << (place.saturating_sub(rest.trailing_zeros()));
        rest &= rest - 1;
        place += 1;
    }
    factor
}

/// Factors with few bits, the same ones at every load.
struct Factors(u64);

impl Iterator for Factors {
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
struct Seen {
    round: u32,
    rounds: Vec<u32>,
}

impl Seen {
    fn new(width: u32) -> Self {
        Self {
            round: 0,
            rounds: vec![0; 1 << width],
        }
    }

    /// Whether every combination of the picked bits has a number of its own.
    fn tells_apart(&mut self, gather: Gather) -> bool {
        self.round += 1;
        let mut combination = 0_u64;
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
