//! Replacing who is in a group: what follows for the groups below it, and for everybody who comes into it or leaves it.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Groups, ListEntries};

impl ListEntries {
    /// Those who are not among others.
    fn without(&self, others: &Self) -> Self {
        Self {
            users: only_in_first(&self.users, &others.users),
            groups: only_in_first(&self.groups, &others.groups),
        }
    }
}

/// Numbers of the first of two lists that are not in the second one; both ascend.
fn only_in_first(first: &[u32], second: &[u32]) -> Vec<u32> {
    let mut rest = second;
    let mut is_new = |number: &u32| {
        let before = rest.iter().take_while(|other| *other < number).count();
        rest = rest.get(before..).unwrap_or_default();
        rest.first() != Some(number)
    };
    first
        .iter()
        .copied()
        .filter(|number| is_new(number))
        .collect()
}

impl Groups {
    /// Replaces who is in a group. It must not come to be in itself. This takes time for the entries of the group, and for
    /// everybody who comes into it or leaves it, also with another group.
    pub(in crate::firm) fn set(&mut self, group: u32, entries: ListEntries) {
        let Some(known) = self.entries(group) else {
            return;
        };
        let (come, left) = (entries.without(known), known.without(&entries));
        self.altered.set(group as usize, Arc::new(entries));
        for inner in come.groups.iter().chain(&left.groups) {
            let mut above: BTreeSet<u32> = self.above.row(*inner).iter().copied().collect();
            if !above.remove(&group) {
                above.insert(group);
            }
            self.above.set(*inner, above.into_iter().collect());
        }
        let above = self.with_all_above([group]);
        for user in self.everybody_in(&come) {
            let joined: BTreeSet<u32> = self.of_user(user).iter().chain(&above).copied().collect();
            self.joined.set(user, joined.into_iter().collect());
        }
        for user in self.everybody_in(&left) {
            let joined = self.with_all_above(self.direct_groups_of(user));
            self.joined.set(user, joined.into_iter().collect());
        }
    }

    /// The groups that a user is in themselves.
    fn direct_groups_of(&self, user: u32) -> Vec<u32> {
        let has = |group: &u32| {
            let entries = self.entries(*group);
            entries.is_some_and(|entries| entries.users.binary_search(&user).is_ok())
        };
        self.of_user(user).iter().copied().filter(has).collect()
    }

    /// Everybody among entries, themselves or through groups.
    fn everybody_in(&self, entries: &ListEntries) -> BTreeSet<u32> {
        let through = self.people_in(&entries.groups);
        through
            .into_iter()
            .chain(entries.users.iter().copied())
            .collect()
    }
}
