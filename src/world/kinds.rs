//! Groups users who are alike to given rules. Only one representative of each group is evaluated.

use std::hash::Hash;

use hashbrown::{HashMap, HashSet};

use crate::firm::{Firm, has_seat};

/// Users grouped into kinds, numbered in the order of the first user of each. It takes eight bytes per user, whatever
/// the kinds are.
pub(crate) struct UserKinds {
    /// By user, the number of the kind.
    of_users: Vec<u32>,
    /// The users, sorted by kind.
    members: Vec<u32>,
    /// The end of each kind in the sorted list.
    ends: Vec<usize>,
}

/// Marks a user without a kind.
const NONE: u32 = u32::MAX;

impl UserKinds {
    /// Groups the first `count` users. Users with equal keys are alike. Users without a key are left out.
    pub(crate) fn by<K: Hash + Eq>(users: usize, mut key: impl FnMut(u32) -> Option<K>) -> Self {
        let mut numbers: HashMap<K, u32> = HashMap::new();
        let mut of_users = Vec::with_capacity(users);
        let mut ends: Vec<usize> = Vec::new();
        for user in 0..users as u32 {
            let Some(key) = key(user) else {
                of_users.push(NONE);
                continue;
            };
            let next = ends.len() as u32;
            let kind = *numbers.entry(key).or_insert(next);
            if kind == next {
                ends.push(0);
            }
            if let Some(count) = ends.get_mut(kind as usize) {
                *count += 1;
            }
            of_users.push(kind);
        }
        let mut start = 0;
        for end in &mut ends {
            start += std::mem::replace(end, start);
        }
        let mut members = vec![NONE; start];
        for (user, kind) in (0..).zip(&of_users) {
            // Until all users are placed, this is the position for the next one.
            if let Some(next) = ends.get_mut(*kind as usize) {
                if let Some(place) = members.get_mut(*next) {
                    *place = user;
                }
                *next += 1;
            }
        }
        Self {
            of_users,
            members,
            ends,
        }
    }

    /// Groups the users with a seat in a product by their profiles. Each user in `singles` is a kind of their own.
    pub(crate) fn seated(firm: &Firm, product: usize, singles: &[u32]) -> Self {
        let singles: HashSet<u32> = singles.iter().copied().collect();
        Self::by(firm.roster.len(), |user| {
            let is_seated = has_seat(firm.roster.profile(product, user));
            let own = singles.contains(&user).then_some(user);
            is_seated.then(|| {
                (
                    own,
                    firm.tables.class(product, user).filter(|_| own.is_none()),
                )
            })
        })
    }

    /// The number of kinds.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The numbers of all kinds.
    pub(crate) fn numbers(&self) -> std::ops::Range<u32> {
        0..self.len() as u32
    }

    /// The number of users that belong to a kind.
    pub(crate) fn users(&self) -> usize {
        self.members.len()
    }

    /// The kind of a user. `None` for a user who is left out.
    pub(crate) fn of_user(&self, user: u32) -> Option<u32> {
        let kind = self.of_users.get(user as usize).copied();
        kind.filter(|kind| *kind != NONE)
    }

    /// The users of a kind, in their order.
    pub(crate) fn members(&self, kind: u32) -> &[u32] {
        let kind = kind as usize;
        let before = kind.checked_sub(1).and_then(|before| self.ends.get(before));
        let (start, end) = (before.copied().unwrap_or_default(), self.ends.get(kind));
        end.and_then(|end| self.members.get(start..*end))
            .unwrap_or_default()
    }

    /// The users of every kind.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u32]> {
        self.numbers().map(|kind| self.members(kind))
    }

    /// The first user of a kind.
    pub(crate) fn first(&self, kind: u32) -> Option<u32> {
        self.members(kind).first().copied()
    }
}

/// The first few users of each kind, in order, found on demand.
pub(crate) fn first_of_each<K: Hash + Eq>(
    users: usize,
    many: u8,
    mut key: impl FnMut(u32) -> K,
) -> impl Iterator<Item = u32> {
    let mut seen: HashMap<K, u8> = HashMap::new();
    (0..users as u32).filter(move |user| {
        let count = seen.entry(key(*user)).or_default();
        let is_among = *count < many;
        *count += u8::from(is_among);
        is_among
    })
}

#[cfg(test)]
mod tests;
