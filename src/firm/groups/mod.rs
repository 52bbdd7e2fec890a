//! The groups of a firm: people and other groups, and who is in which of them.

mod replace;

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::number_rows::NumberRows;
use super::overlay::Overlay;
use super::texts::DistinctTexts;

/// Who stands on a list or in a group: people and groups by number, each in ascending order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ListEntries {
    pub(crate) users: Vec<u32>,
    pub(crate) groups: Vec<u32>,
}

/// The groups of a firm. States of a firm share everything but what changes have altered.
#[derive(Debug, Clone, Default)]
pub(crate) struct Groups {
    ids: Arc<DistinctTexts>,
    /// By group, who is in it directly.
    entries: Arc<Vec<ListEntries>>,
    /// The same of groups that changes have altered.
    altered: Overlay<Arc<ListEntries>>,
    /// By user, all groups that they are in, themselves or through other groups.
    joined: NumberRows,
    /// By group, the groups that it is in directly.
    above: NumberRows,
}

/// What a search for circles knows of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum GroupState {
    New,
    /// It is on the path.
    Open,
    /// It is on the path, and in a circle that was found.
    Circle,
    Done,
}

/// Who is in which groups. Each group is entered once from each other one, so circles end. None where that takes more than so many
/// entries.
fn joined(entries: &[ListEntries], users: usize, most: usize) -> Option<NumberRows> {
    let mut memberships: Vec<(u32, u32)> = Vec::new();
    let mut left = most;
    let mut entered_from = vec![u32::MAX; entries.len()];
    for group in 0..entries.len() as u32 {
        let mut open = vec![group];
        while let Some(inner) = open.pop() {
            let from = entered_from.get_mut(inner as usize)?;
            if std::mem::replace(from, group) == group {
                continue;
            }
            let entries = entries.get(inner as usize)?;
            left = left.checked_sub(entries.users.len() + entries.groups.len())?;
            memberships.extend(entries.users.iter().map(|user| (*user, group)));
            open.extend(&entries.groups);
        }
    }
    Some(NumberRows::of(memberships, users))
}

/// The circle at the end of a path, from a group on it: its first group, and the next one on the way round.
fn circle(path: &[(u32, usize)], from: u32, states: &mut [GroupState]) -> Option<(u32, u32)> {
    let start = path.iter().position(|(group, _)| *group == from)?;
    let circle: Vec<u32> = path.get(start..)?.iter().map(|(group, _)| *group).collect();
    for group in &circle {
        if let Some(state) = states.get_mut(*group as usize) {
            *state = GroupState::Circle;
        }
    }
    let (place, first) = circle.iter().enumerate().min_by_key(|(_, group)| **group)?;
    let next = circle.get(place + 1).or(circle.first())?;
    Some((*first, *next))
}

impl Groups {
    /// Groups with these ids, which are all different, and these entries, in a firm of so many users. None where more than `most`
    /// entries would have to be looked at to find out who is in which.
    pub(crate) fn new(
        ids: DistinctTexts,
        entries: Vec<ListEntries>,
        users: usize,
        most: usize,
    ) -> Option<Self> {
        Self::of(Arc::new(ids), entries, users, most)
    }

    fn of(
        ids: Arc<DistinctTexts>,
        entries: Vec<ListEntries>,
        users: usize,
        most: usize,
    ) -> Option<Self> {
        let joined = joined(&entries, users, most)?;
        let all = (0..).zip(&entries);
        let above = all.flat_map(|(group, known)| known.groups.iter().map(move |of| (*of, group)));
        Some(Self {
            ids,
            above: NumberRows::of(above.collect(), entries.len()),
            entries: Arc::new(entries),
            altered: Overlay::default(),
            joined,
        })
    }

    /// Groups that are in themselves: of each circle the first one, and a group in it through which it is. At most so many.
    pub(crate) fn circles(&self, most: usize) -> Vec<(u32, u32)> {
        let mut circles = Vec::new();
        let mut states = vec![GroupState::New; self.entries.len()];
        for first in 0..self.entries.len() as u32 {
            // The groups from the first one down to the one at hand, each with how many of its groups were entered.
            let mut path: Vec<(u32, usize)> = vec![(first, 0)];
            while let Some((group, next)) = path.last_mut() {
                let Some(state) = states.get_mut(*group as usize) else {
                    break;
                };
                if *next == 0 {
                    if *state != GroupState::New {
                        path.pop();
                        continue;
                    }
                    *state = GroupState::Open;
                }
                let entries = self.entries(*group);
                let inner = entries
                    .and_then(|entries| entries.groups.get(*next))
                    .copied();
                *next += 1;
                let Some(inner) = inner else {
                    *state = GroupState::Done;
                    path.pop();
                    continue;
                };
                match states.get(inner as usize) {
                    Some(GroupState::New) => path.push((inner, 0)),
                    Some(GroupState::Open) if circles.len() < most => {
                        circles.extend(circle(&path, inner, &mut states));
                    }
                    _ => {}
                }
            }
        }
        circles
    }

    /// The groups that a user is in, themselves or through other groups, in ascending order.
    #[inline]
    pub(crate) fn of_user(&self, user: u32) -> &[u32] {
        self.joined.row(user)
    }

    /// The groups that a group is in directly, in ascending order.
    pub(crate) fn above(&self, group: u32) -> &[u32] {
        self.above.row(group)
    }

    /// Everybody in these groups, themselves or through other groups; some may be there several times.
    pub(crate) fn people_in(&self, groups: &[u32]) -> Vec<u32> {
        let mut people = Vec::new();
        let mut entered = HashSet::new();
        let mut open = groups.to_vec();
        while let Some(group) = open.pop() {
            let entries = self.entries(group);
            if let Some(entries) = entries.filter(|_| entered.insert(group)) {
                people.extend(&entries.users);
                open.extend(&entries.groups);
            }
        }
        people
    }

    /// The number of the group with this id.
    pub(crate) fn find(&self, id: &str) -> Option<u32> {
        self.ids.find(id)
    }

    /// Who is in a group directly; none for a number that no group has.
    #[inline]
    pub(crate) fn entries(&self, group: u32) -> Option<&ListEntries> {
        let altered = self.altered.get(group as usize).map(|entries| &**entries);
        altered.or_else(|| self.entries.get(group as usize))
    }

    /// Whether a group would be in itself if another one, or itself, were put into it.
    pub(crate) fn would_close_circle(&self, group: u32, member_group: u32) -> bool {
        self.with_all_above([group]).contains(&member_group)
    }

    /// Groups, and all that they are in, directly or through others.
    fn with_all_above(&self, groups: impl IntoIterator<Item = u32>) -> BTreeSet<u32> {
        let mut all: BTreeSet<u32> = groups.into_iter().collect();
        let mut open: Vec<u32> = all.iter().copied().collect();
        while let Some(group) = open.pop() {
            let above = self.above.row(group).iter().copied();
            open.extend(above.filter(|group| all.insert(*group)));
        }
        all
    }

    /// The id of a group.
    pub(crate) fn id(&self, group: u32) -> &str {
        self.ids.texts().get(group).unwrap_or("?")
    }

    /// How many groups there are.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// All groups with their ids, in the order of the firm file.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &ListEntries)> {
        let entries = (0..self.len() as u32).filter_map(|group| self.entries(group));
        self.ids.texts().iter().zip(entries)
    }

    /// The groups after the users at these positions, which ascend, were removed from a firm that has so many left.
    pub(crate) fn without(&self, removed: &[u32], left: usize) -> Self {
        let entries = self.iter().map(|(_, entries)| ListEntries {
            users: without(&entries.users, removed),
            groups: entries.groups.clone(),
        });
        let left = Self::of(Arc::clone(&self.ids), entries.collect(), left, usize::MAX);
        // Nothing bounds it, so there are groups.
        left.unwrap_or_default()
    }
}

/// The positions of users after others were removed; both ascend.
pub(super) fn without(users: &[u32], removed: &[u32]) -> Vec<u32> {
    let left = users.iter();
    left.filter_map(|user| position_without(*user, removed))
        .collect()
}

/// The position of a user after others, which ascend, were removed; none where they are among them.
pub(super) fn position_without(user: u32, removed: &[u32]) -> Option<u32> {
    let before = removed.binary_search(&user).err()?;
    Some(user - before as u32)
}

#[cfg(test)]
mod tests;
