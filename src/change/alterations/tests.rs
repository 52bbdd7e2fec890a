use super::*;
use crate::link::product::RoleId;
use crate::value::Value;
use pretty_assertions::assert_eq;

fn altered(user: u32, role: usize, to: bool) -> Alteration {
    Alteration {
        product: 0,
        user,
        what: UserPart::Role(RoleId::from(role)),
        to: Value::from(to),
    }
}

/// Pseudo-random numbers that are the same in every run.
fn some_of(seed: u64, count: usize) -> impl Iterator<Item = Alteration> {
    let mut state = seed | 1;
    std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        altered(
            (state % 7) as u32,
            (state >> 8) as usize % 5,
            state & 0x10000 == 0,
        )
    })
    .take(count)
}

/// The same result by a linear search each time.
fn plainly(alterations: impl Iterator<Item = Alteration>) -> Vec<Alteration> {
    let mut all: Vec<Alteration> = Vec::new();
    for altered in alterations {
        let known = all
            .iter_mut()
            .find(|known| (known.user, known.what) == (altered.user, altered.what));
        match known {
            Some(known) => known.to = altered.to,
            None => all.push(altered),
        }
    }
    all
}

#[test]
fn each_thing_stands_once_with_what_was_set_last() {
    for seed in 1..200 {
        let count = seed as usize % 90;
        let mut set = AlterationSet::default();
        some_of(seed, count).for_each(|altered| set.set(altered));
        assert_eq!(set.all(), plainly(some_of(seed, count)), "seed {seed}");
    }
}
