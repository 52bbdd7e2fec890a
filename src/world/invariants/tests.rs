//! Compares the possible people with every pair of people of a small product.

use super::*;
use crate::tests::dice::{Dice, cases};

const ROLES: u16 = 4;
const SETTING: usize = 3;

/// A person: whether they are enabled, a bit for each role, and the value of a setting.
#[derive(Clone, Copy, PartialEq)]
struct Somebody {
    enabled: bool,
    roles: u16,
    setting: u16,
}

impl Somebody {
    fn holds(self, role: u16) -> bool {
        self.roles >> role & 1 == 1
    }

    /// Whether a firm can have them.
    fn is_sound(self, firms: &Invariants) -> bool {
        let levels = firms.levels.iter().filter(|level| self.holds(**level));
        let mut holders = firms.holders.iter();
        (firms.levels.is_empty() || levels.count() == 1)
            && holders.all(|(role, enabled)| !self.holds(*role) || !enabled || self.enabled)
    }

    fn value(self, who: WorldPerson, input: WorldInput) -> Option<u16> {
        match input {
            WorldInput::Enabled(of) if of == who => Some(u16::from(self.enabled)),
            WorldInput::Holds(of, role) if of == who => Some(u16::from(self.holds(role))),
            WorldInput::Setting(of, _) if of == who => Some(self.setting),
            _ => None,
        }
    }
}

fn everybody() -> Vec<Somebody> {
    let mut all = Vec::new();
    for enabled in [false, true] {
        for roles in 0..1 << ROLES {
            all.extend((0..SETTING as u16).map(|setting| Somebody {
                enabled,
                roles,
                setting,
            }));
        }
    }
    all
}

/// The user and target of every firm with an enabled user. When they are the same person, it appears twice.
fn pairs(firms: &Invariants) -> Vec<([Somebody; 2], bool)> {
    let sound: Vec<Somebody> = everybody()
        .into_iter()
        .filter(|one| one.is_sound(firms))
        .collect();
    let mut pairs = Vec::new();
    for user in sound.iter().filter(|user| user.enabled) {
        pairs.push(([*user, *user], true));
        let others = sound.iter().filter(|target| {
            let mut holders = firms.holders.iter();
            holders.all(|(role, _)| !(user.holds(*role) && target.holds(*role)))
        });
        pairs.extend(others.map(|target| ([*user, *target], false)));
    }
    pairs
}

fn input(dice: &mut Dice) -> (WorldInput, usize) {
    let who = [WorldPerson::User, WorldPerson::Target][dice.roll(2)];
    match dice.roll(8) {
        0 => (WorldInput::SameUser, 2),
        1 => (WorldInput::Enabled(who), 2),
        2 => (WorldInput::Setting(who, 0), SETTING),
        _ => (
            WorldInput::Holds(who, dice.roll(usize::from(ROLES)) as u16),
            2,
        ),
    }
}

#[test]
fn whatever_is_known_there_can_be_who_is_in_some_firm_and_nobody_else() {
    let of = |levels: &[u16], holders: &[(u16, bool)]| Invariants {
        levels: levels.to_vec(),
        holders: holders.to_vec(),
    };
    let products = [
        of(&[], &[]),
        of(&[], &[(0, true), (2, false)]),
        of(&[0, 1], &[(2, true)]),
        of(&[0, 1, 2], &[(1, true), (3, false)]),
        of(&[0, 1], &[(0, true), (1, false)]),
        of(&[3], &[(3, false)]),
    ];
    let mut dice = Dice(7);
    let (mut possible, mut settled) = (0, 0);
    for firms in &products {
        let pairs = pairs(firms);
        for _ in 0..cases(700, 3_000) {
            let mut known: Vec<(WorldInput, ValueSet)> = Vec::new();
            for _ in 0..dice.roll(7) {
                let (input, width) = input(&mut dice);
                let values = (0..width as u16).filter(|_| dice.roll(3) > 0);
                let values = ValueSet::of(width, values);
                if !values.is_empty() && known.iter().all(|(other, _)| *other != input) {
                    known.push((input, values));
                }
            }
            let value = |([user, target], same): &([Somebody; 2], bool), input: WorldInput| {
                let own = match input {
                    WorldInput::SameUser => Some(u16::from(*same)),
                    _ => None,
                };
                let of_user = user.value(WorldPerson::User, input);
                let of_target = target.value(WorldPerson::Target, input);
                own.or(of_user).or(of_target).unwrap()
            };
            let fits = |pair: &&([Somebody; 2], bool)| {
                let mut known = known.iter();
                known.all(|(input, values)| values.contains(value(pair, *input)))
            };
            let there: Vec<_> = pairs.iter().filter(fits).collect();
            assert_eq!(
                firms.can_be(&known, true),
                !there.is_empty(),
                "{known:?} {firms:?}"
            );
            possible += usize::from(!there.is_empty());
            let (asked, width) = input(&mut dice);
            if known.iter().any(|(input, _)| *input == asked) || there.is_empty() {
                continue;
            }
            let values = there.iter().map(|pair| value(pair, asked));
            let values = ValueSet::of(width, values);
            let only = values.iter().next().filter(|_| values.len() == 1);
            assert_eq!(
                firms.settled(&mut known.clone(), asked, width),
                only,
                "{asked:?} {known:?} {firms:?}"
            );
            settled += usize::from(only.is_some());
        }
    }
    assert!(
        possible > cases(450, 2_000) && settled > cases(200, 1_000),
        "{possible} {settled}"
    );
}
