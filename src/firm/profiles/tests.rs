use pretty_assertions::assert_eq;

use super::{FEW, Profiles};
use crate::explore::layout::Word;
use crate::tests::dice::Dice;

/// Words of the profiles of each product.
const STRIDES: [usize; 3] = [1, 2, 3];

/// The profiles of all products, one after the other; many are equal.
fn words(dice: &mut Dice) -> Vec<Word> {
    let all = STRIDES.iter().sum();
    (0..all).map(|_| dice.roll(40) as Word).collect()
}

/// The words of one product among those of all.
fn of_product(words: &[Word], product: usize) -> &[Word] {
    let start = STRIDES[..product].iter().sum();
    &words[start..start + STRIDES[product]]
}

/// The first users, who are altered, and the last one.
fn some(known: &[Vec<Word>]) -> impl Iterator<Item = (u32, &Vec<Word>)> {
    let all = (0..).zip(known);
    all.filter(|(user, _)| *user < SOME || *user as usize + 1 == known.len())
}

/// So many users are looked at and altered.
const SOME: u32 = 12;

fn compare(profiles: &Profiles, known: &[Vec<Word>]) {
    for (user, words) in some(known) {
        assert!(profiles.are(user, words));
        for product in 0..STRIDES.len() {
            assert_eq!(profiles.of(product, user), of_product(words, product));
            // Equal for those whose profiles are equal, whoever has them and since when.
            let first = known
                .iter()
                .position(|other| of_product(other, product) == of_product(words, product));
            let first = first.map(|first| profiles.class(product, first as u32));
            assert_eq!(first, Some(profiles.class(product, user)));
        }
    }
    assert_eq!(profiles.class(0, known.len() as u32), None);
}

/// Alters one part of a user, in all products or in one.
fn alter(dice: &mut Dice, profiles: &mut Profiles, known: &mut [Vec<Word>]) {
    let user = dice.roll(known.len().min(SOME as usize));
    let to = match dice.roll(2) {
        0 => dice.one(&[0, known.len() / 2, known.len() - 1]),
        _ => user,
    };
    let to = if to == user {
        words(dice)
    } else {
        known[to].clone()
    };
    if dice.roll(2) == 0 {
        profiles.replace(user as u32, &to);
        known[user] = to;
        return;
    }
    let product = dice.roll(STRIDES.len());
    let start = STRIDES[..product].iter().sum::<usize>();
    let part = of_product(&to, product);
    profiles.set(product, user as u32, part);
    known[user][start..start + part.len()].copy_from_slice(part);
}

#[test]
fn each_state_keeps_its_profiles_whoever_comes_goes_and_changes() {
    for seed in 0..36 {
        let mut dice = Dice(seed);
        let mut profiles = Profiles::new(STRIDES.into_iter());
        // So few that all are copied, or so many that what is altered lies over the others.
        let users = if seed < 30 { 1 + dice.roll(8) } else { 2 * FEW };
        let mut known: Vec<Vec<Word>> = (0..users).map(|_| words(&mut dice)).collect();
        known.iter().for_each(|words| profiles.push(words));
        let mut states = Vec::new();
        for _ in 0..40 {
            // Whoever decides shares the classes, and mostly the state before is still there.
            let shared = profiles.clone();
            if dice.roll(4) > 0 {
                states.push((shared, known.clone()));
            }
            match dice.roll(12) {
                0 => {
                    profiles.settle();
                    assert!(profiles.altered().is_empty());
                }
                1 => {
                    let new = words(&mut dice);
                    profiles.push(&new);
                    known.push(new);
                }
                2 if known.len() > 2 => {
                    let gone = dice.roll(known.len().min(SOME as usize));
                    profiles.remove(&[gone as u32]);
                    known.remove(gone);
                }
                _ => alter(&mut dice, &mut profiles, &mut known),
            }
            compare(&profiles, &known);
        }
        for (profiles, known) in &states {
            compare(profiles, known);
        }
    }
}

#[test]
fn a_change_to_one_copies_nobody_else() {
    let mut before = Profiles::new(STRIDES.into_iter());
    for user in 0..2_000 {
        before.push(&[user, user, user + 1, user, user, user]);
    }
    before.settle();
    let mut after = before.clone();
    after.replace(500, &[0, 9_999, 9_999, 1, 2, 3]);
    assert!(std::sync::Arc::ptr_eq(before.classes(), after.classes()));
    assert_eq!(after.altered().values().count(), 3);
    assert_eq!(after.words().len(), before.words().len() + 5);
    assert_eq!(before.of(1, 500), [500, 501]);
    assert_eq!(after.of(1, 500), [9_999, 9_999]);
}
