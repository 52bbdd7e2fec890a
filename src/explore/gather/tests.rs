use std::collections::HashSet;

use super::*;
use pretty_assertions::assert_eq;

/// Every combination of the bits of a mask.
fn combinations(mask: u64) -> impl Iterator<Item = u64> {
    let mut next = Some(0_u64);
    std::iter::from_fn(move || {
        let now = next?;
        let then = now.wrapping_sub(mask) & mask;
        next = (then != 0).then_some(then);
        Some(now)
    })
}

fn masks() -> Vec<u64> {
    let mut masks = vec![
        1,
        1 << 63,
        0b11,
        0b101,
        0b1011_0001,
        1 << 63 | 1,
        0xffff,
        u64::MAX,
    ];
    // Random ones, sparse and dense, in the low bits where roles are and anywhere.
    let mut random = Factors(7);
    for most in [8, 16, 64] {
        for _ in 0..60 {
            let mask = random.next().unwrap() & (u64::MAX >> (64 - most));
            masks.push(mask | 1 << (most - 1));
        }
    }
    masks
}

#[test]
fn combinations_are_told_apart_and_other_bits_do_not_matter() {
    let mut gathers = Gathers::default();
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
                    .all(|number| u64::from(*number) < 1 << part.width())
            );
            let noise = 0x5555_aaaa_0f0f_3c3c & !part.mask;
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
    let gather = |factor| Gather {
        mask: 0b101,
        factor,
        shift: 62,
    };
    let mut seen = Seen::new(4);
    assert!(!seen.tells_apart(gather(1 << 61)));
    assert!(seen.tells_apart(gather(1 << 62 | 1 << 61)));
}

#[test]
fn nothing_picks_nothing() {
    assert_eq!(Gathers::default().of(0), []);
    assert_eq!(Gather::NOTHING.number(u64::MAX), 0);
    assert_eq!(Gather::NOTHING.width(), 0);
}

#[test]
fn bits_side_by_side_need_no_search() {
    let [gather] = Gathers::default().of(0b1110)[..] else {
        panic!("one gather")
    };
    assert_eq!((gather.number(0b1010), gather.width()), (0b101, 3));
}
