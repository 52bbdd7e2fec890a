use std::collections::BTreeMap;

use pretty_assertions::assert_eq;

use super::Overlay;
use crate::tests::dice::Dice;

/// Places at both ends of blocks, and beyond.
const PLACES: [usize; 12] = [
    0, 1, 255, 256, 257, 65_535, 65_536, 65_792, 131_071, 1_000_000, 1_000_255, 16_777_216,
];

fn compare(overlay: &Overlay<u32>, map: &BTreeMap<usize, u32>) {
    let asked = PLACES.iter().chain(map.keys());
    for place in asked.flat_map(|place| [*place, place + 1, place + 256]) {
        assert_eq!(overlay.get(place), map.get(&place), "{place}");
    }
    assert!(overlay.values().eq(map.values()));
    assert_eq!(overlay.is_empty(), map.is_empty());
}

#[test]
fn each_state_keeps_its_values() {
    for seed in 0..50 {
        let mut dice = Dice(seed);
        let mut states = vec![(Overlay::default(), BTreeMap::new())];
        for value in 0..60 {
            // Sometimes an earlier state goes on, beside those that came from it.
            let from = match dice.roll(4) {
                0 => dice.roll(states.len()),
                _ => states.len() - 1,
            };
            let (mut overlay, mut map) = states[from].clone();
            let place = dice.one(&PLACES) + dice.roll(3) * dice.roll(300);
            overlay.set(place, value);
            map.insert(place, value);
            states.push((overlay, map));
        }
        for (overlay, map) in &states {
            compare(overlay, map);
        }
    }
}

#[test]
fn a_copy_is_altered_without_the_blocks_that_stay() {
    let mut known = Overlay::default();
    for place in 0..70_000 {
        known.set(place, std::sync::Arc::new(place));
    }
    let mut altered = known.clone();
    altered.set(69_999, std::sync::Arc::default());
    let copied = |place: usize| {
        let [before, after] = [&known, &altered].map(|overlay| overlay.get(place).unwrap());
        !std::ptr::eq(before, after)
    };
    assert_eq!(
        (0..70_000).filter(|place| copied(*place)).count(),
        70_000 - 69_888
    );
}
