use super::*;
use crate::link::product::{RoleId, UserPart};
use crate::value::Value;
use pretty_assertions::assert_eq;

/// So many alterations of seven users, mixed as if by chance.
fn some_of(seed: u64, count: usize) -> Vec<Alteration> {
    let mut state = seed | 1;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        Alteration {
            product: 0,
            user: (state % 7) as u32,
            what: UserPart::Role(RoleId::from((state >> 8) as usize % 5)),
            to: Value::YES,
        }
    };
    std::iter::repeat_with(next).take(count).collect()
}

#[test]
fn users_come_in_order_with_all_that_is_altered_about_them() {
    for seed in 1..200 {
        let all = some_of(seed, seed as usize % 90);
        let grouped = by_user(&all);
        let mut firsts: Vec<u32> = Vec::new();
        for altered in &all {
            if !firsts.contains(&altered.user) {
                firsts.push(altered.user);
            }
        }
        let users: Vec<u32> = grouped.iter().map(|(user, _)| *user).collect();
        assert_eq!(users, firsts);
        for (user, altered) in grouped {
            let of_user = all.iter().copied().filter(|one| one.user == user);
            assert_eq!(altered, of_user.collect::<Vec<_>>());
        }
    }
}
