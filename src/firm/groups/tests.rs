use pretty_assertions::assert_eq;

use super::{Groups, ListEntries};
use crate::firm::texts::DistinctTexts;
use crate::tests::dice::Dice;

/// Groups by their numbers, each with the people and the groups in it.
fn groups(entries: &[(&[u32], &[u32])], users: usize, most: usize) -> Option<Groups> {
    let mut ids = DistinctTexts::default();
    for number in 0..entries.len() {
        ids.push(&number.to_string()).unwrap();
    }
    let entries = entries.iter().map(|(users, groups)| ListEntries {
        users: users.to_vec(),
        groups: groups.to_vec(),
    });
    Groups::new(ids, entries.collect(), users, most)
}

#[test]
fn whoever_is_in_a_group_is_in_those_that_it_is_in() {
    let entries: [(&[u32], &[u32]); 4] =
        [(&[0], &[1, 2]), (&[1], &[3]), (&[1, 2], &[3]), (&[3], &[])];
    let groups = groups(&entries, 5, usize::MAX).unwrap();
    let of: Vec<&[u32]> = (0..5).map(|user| groups.of_user(user)).collect();
    let expected: [&[u32]; 5] = [&[0], &[0, 1, 2], &[0, 2], &[0, 1, 2, 3], &[]];
    assert_eq!(of, expected);
    assert_eq!(groups.circles(9), []);
}

#[test]
fn every_circle_is_found_once() {
    type Case<'c> = (&'c [&'c [u32]], &'c [(u32, u32)]);
    let cases: [Case<'_>; 7] = [
        (&[&[0]], &[(0, 0)]),
        (&[&[1], &[0]], &[(0, 1)]),
        (&[&[1], &[2], &[3], &[1]], &[(1, 2)]),
        (&[&[2], &[0], &[1]], &[(0, 2)]),
        (&[&[1], &[0], &[3], &[2]], &[(0, 1), (2, 3)]),
        (&[&[1, 2], &[3], &[3], &[]], &[]),
        (&[&[], &[0, 2], &[0], &[1, 2]], &[]),
    ];
    for (inner, expected) in cases {
        let entries: Vec<(&[u32], &[u32])> = inner.iter().map(|inner| (&[][..], *inner)).collect();
        let groups = groups(&entries, 0, usize::MAX).unwrap();
        assert_eq!(groups.circles(9), expected, "{inner:?}");
    }
}

/// Whether a group is in itself, by following every way.
fn is_in_itself(inner: &[Vec<u32>], group: u32) -> bool {
    let mut reached = inner[group as usize].clone();
    for _ in inner {
        let more = reached.iter().flat_map(|one| inner[*one as usize].clone());
        let more: Vec<u32> = more.collect();
        reached.extend(more);
        reached.sort_unstable();
        reached.dedup();
    }
    reached.contains(&group)
}

#[test]
fn where_nothing_is_reported_there_is_no_circle() {
    const GROUPS: u32 = 6;
    let (mut with, mut without) = (0, 0);
    for seed in 0..300 {
        let mut dice = Dice(seed);
        let all: Vec<u32> = (0..GROUPS).collect();
        let inner: Vec<Vec<u32>> = all.iter().map(|_| dice.some(&all, 8)).collect();
        let has_circle = (0..GROUPS).any(|group| is_in_itself(&inner, group));
        let entries: Vec<(&[u32], &[u32])> =
            inner.iter().map(|inner| (&[][..], &**inner)).collect();
        let circles = groups(&entries, 0, usize::MAX).unwrap().circles(9);
        assert_eq!(!circles.is_empty(), has_circle, "seed {seed}");
        let mut reported = circles.iter();
        assert!(reported.all(|(group, _)| is_in_itself(&inner, *group)));
        if has_circle {
            with += 1;
        } else {
            without += 1;
        }
    }
    assert!(with > 30 && without > 30, "{with} {without}");
}

/// A chain of so many groups would take a billion steps.
#[test]
fn what_would_take_too_long_is_refused() {
    let inner: Vec<[u32; 1]> = (1..50_000).map(|next| [next]).collect();
    let mut entries: Vec<(&[u32], &[u32])> =
        inner.iter().map(|inner| (&[0][..], &inner[..])).collect();
    entries.push((&[0], &[]));
    assert!(groups(&entries, 1, 1_000_000).is_none());
}
