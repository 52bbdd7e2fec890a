use std::collections::HashSet;

use super::*;
use pretty_assertions::assert_eq;

/// Every combination of the bits of a mask.
fn combinations(mask: Word) -> impl Iterator<Item = Word> {
    let mut next = Some(0_u32);
    std::iter::from_fn(move || {
        let now = next?;
        let then = now.wrapping_sub(mask) & mask;
        next = (then != 0).then_some(then);
        Some(now)
    })
}

fn masks() -> Vec<Word> {
    let mut masks: Vec<Word> = vec![
        1,
        1 << 31,
        0b11,
        0b101,
        0b1011_0001,
        1 << 31 | 1,
        0xffff,
        Word::MAX,
    ];
    // Random ones, sparse and dense, in the low bits where roles are and anywhere.
    let mut random = GatherFactors(7);
    for most in [8, 16, 32] {
        for _ in 0..60 {
            let mask = random.next().unwrap() as u32 & (Word::MAX >> (32 - most));
            masks.push(mask | 1 << (most - 1));
        }
    }
    masks
}

#[test]
fn combinations_are_told_apart_and_other_bits_do_not_matter() {
    let mut gathers = GatherFinder::default();
    let mut alone = 0;
    let masks = masks();
    for mask in &masks {
        let parts = gathers.of(*mask);
        let picked = parts.iter().fold(0, |all, part| all | part.mask);
        assert_eq!(picked, *mask);
        alone += usize::from(parts.len() == 1);
        for part in parts
            .iter()
            .filter(|part| part.mask.count_ones() <= MOST_BITS)
        {
            let numbers: HashSet<u32> = combinations(part.mask).map(|c| part.number(c)).collect();
            assert_eq!(numbers.len(), 1 << part.mask.count_ones());
            assert!(
                numbers
                    .iter()
                    .all(|number| u64::from(*number) < 1_u64 << part.width())
            );
            let noise = 0x5a5a_3c3c & !part.mask;
            for combination in combinations(part.mask).take(64) {
                assert_eq!(part.number(combination | noise), part.number(combination));
            }
        }
    }
    assert!(
        alone * 10 > masks.len() * 7,
        "only {alone} of {} alone",
        masks.len()
    );
}

#[test]
fn a_factor_that_mistakes_one_for_another_is_noticed() {
    let gather = |factor| BitGather {
        mask: 0b101,
        width: 2,
        up: 0,
        factor,
    };
    let mut seen = SeenNumbers::new(4);
    assert!(!seen.tells_apart(gather(1 << 31)));
    assert!(seen.tells_apart(gather(1 << 32 | 1 << 31)));
}

#[test]
fn numbers_move_up_as_they_are() {
    let mut gathers = GatherFinder::default();
    for gather in masks().into_iter().flat_map(|mask| gathers.of(mask)) {
        for combination in combinations(gather.mask).take(64) {
            let moved = gather.moved_up(32 - gather.width());
            assert_eq!(
                moved.number(combination),
                gather.number(combination) << (32 - gather.width())
            );
        }
    }
}

#[test]
fn nothing_picks_nothing() {
    assert_eq!(GatherFinder::default().of(0), []);
    assert_eq!(BitGather::NOTHING.number(Word::MAX), 0);
    assert_eq!(BitGather::NOTHING.width(), 0);
}

#[test]
fn bits_side_by_side_need_no_search() {
    let [gather] = GatherFinder::default().of(0b1110)[..] else {
        panic!("one gather")
    };
    assert_eq!((gather.number(0b1010), gather.width()), (0b101, 3));
}

#[test]
fn halves_share_the_bits_in_order() {
    for mask in masks() {
        let (low, high) = halves(mask);
        assert_eq!((low | high, low & high), (mask, 0));
        assert_eq!(low.count_ones(), mask.count_ones() / 2);
        assert!(high == 0 || low < high & high.wrapping_neg());
    }
}

#[test]
fn the_factor_by_design_moves_each_bit_to_the_next_place() {
    for mask in masks() {
        let factor = side_by_side(mask);
        let mut rest = mask;
        for place in 0..mask.count_ones() {
            let bit = u64::from(rest & rest.wrapping_neg());
            rest &= rest - 1;
            assert_ne!(bit.wrapping_mul(factor) & 1 << (32 + place), 0, "{mask:b}");
        }
    }
}

#[test]
fn random_factors_are_sparse_and_the_same_in_every_run() {
    let first: Vec<u64> = GatherFactors(7).take(4).collect();
    let known = [
        2_252_349_841_080_320,
        1_230_091_828_823_203_840,
        164_592_492_916_768_864,
        36_594_023_306_183_208,
    ];
    assert_eq!(first, known);
    let bits: u32 = GatherFactors(7).take(1_000).map(u64::count_ones).sum();
    assert!((7_500..8_500).contains(&bits), "{bits}");
}

/// However many bits lie side by side, they are picked at once and keep their order.
#[test]
fn a_run_of_bits_is_one_gather_of_any_length() {
    for length in 1..=32 {
        for shift in 0..=32 - length {
            let mask = (Word::MAX >> (32 - length)) << shift;
            let [gather] = GatherFinder::default().of(mask)[..] else {
                panic!("{mask:b}")
            };
            assert_eq!((gather.mask(), gather.width()), (mask, length));
            for word in [0, mask, 0x5a5a_3c3c, Word::MAX] {
                assert_eq!(gather.number(word), (word & mask) >> shift, "{mask:b}");
            }
        }
    }
}
