//! Kinds compared with grouping users one by one.

use super::*;

#[test]
fn users_are_grouped_in_the_order_of_the_first_of_each() {
    // Of a hundred users, every seventh is left out. The others are alike when their remainders by five are equal.
    let key = |user: u32| (!user.is_multiple_of(7)).then_some(user % 5);
    let kinds = UserKinds::by(100, key);
    assert_eq!(kinds.len(), 5);
    let mut seen = Vec::new();
    for user in 0..100 {
        let Some(of) = key(user) else {
            assert_eq!(kinds.of_user(user), None);
            continue;
        };
        if !seen.contains(&of) {
            seen.push(of);
        }
        let number = seen.iter().position(|known| *known == of).unwrap() as u32;
        assert_eq!(kinds.of_user(user), Some(number));
    }
    for (number, members) in (0..).zip(kinds.iter()) {
        let alone: Vec<u32> = (0..100)
            .filter(|user| kinds.of_user(*user) == Some(number))
            .collect();
        assert_eq!(
            (members, kinds.first(number)),
            (&alone[..], alone.first().copied())
        );
    }
    assert_eq!(kinds.users(), (0..100).filter_map(key).count());
    assert_eq!((kinds.members(5), kinds.of_user(100)), (&[][..], None));
    assert_eq!(UserKinds::by(3, |_| None::<u32>).len(), 0);
}

#[test]
fn the_first_of_each_kind_come_in_order() {
    let firsts = |many| first_of_each(20, many, |user| user % 3).collect::<Vec<u32>>();
    assert_eq!(firsts(1), [0, 1, 2]);
    assert_eq!(firsts(2), [0, 1, 2, 3, 4, 5]);
}
