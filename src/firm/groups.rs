//! The groups of a firm: people and other groups, and who is in which of them.

use std::collections::HashSet;

use super::texts::DistinctTexts;

/// Who stands on a list or in a group: people and groups by number, each in ascending order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct ListEntries {
    pub(crate) users: Vec<u32>,
    pub(crate) groups: Vec<u32>,
}

/// The groups of a firm.
#[derive(Debug, Clone, Default)]
pub(crate) struct Groups {
    ids: DistinctTexts,
    entries: Vec<ListEntries>,
    /// Where the groups of each user begin in `joined`, and where those of the last one end.
    starts: Vec<u32>,
    /// All groups that a user is in, themselves or through other groups, in ascending order, user after user.
    joined: Vec<u32>,
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
        let mut groups = Self {
            ids,
            entries,
            ..Self::default()
        };
        groups.join(users, most)?;
        Some(groups)
    }

    /// Finds out who is in which groups. Each group is entered once from each other one, so circles end.
    fn join(&mut self, users: usize, most: usize) -> Option<()> {
        let mut memberships: Vec<(u32, u32)> = Vec::new();
        let mut left = most;
        let mut entered_from = vec![u32::MAX; self.entries.len()];
        for group in 0..self.entries.len() as u32 {
            let mut open = vec![group];
            while let Some(inner) = open.pop() {
                let from = entered_from.get_mut(inner as usize)?;
                if std::mem::replace(from, group) == group {
                    continue;
                }
                let entries = self.entries.get(inner as usize)?;
                left = left.checked_sub(entries.users.len() + entries.groups.len())?;
                memberships.extend(entries.users.iter().map(|user| (*user, group)));
                open.extend(&entries.groups);
            }
        }
        memberships.sort_unstable();
        memberships.dedup();
        self.joined = memberships.iter().map(|(_, group)| *group).collect();
        let start = |user: u32| memberships.partition_point(|(other, _)| *other < user) as u32;
        if !memberships.is_empty() {
            self.starts = (0..=users as u32).map(start).collect();
        }
        Some(())
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
                let entries = self.entries.get(*group as usize);
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
        let start = self.starts.get(user as usize).copied();
        let end = self.starts.get(user as usize + 1).copied();
        let range = start
            .zip(end)
            .map(|(start, end)| start as usize..end as usize);
        range
            .and_then(|range| self.joined.get(range))
            .unwrap_or_default()
    }

    /// Everybody in these groups, themselves or through other groups; some may be there several times.
    pub(crate) fn people_in(&self, groups: &[u32]) -> Vec<u32> {
        let mut people = Vec::new();
        let mut entered = HashSet::new();
        let mut open = groups.to_vec();
        while let Some(group) = open.pop() {
            let entries = self.entries.get(group as usize);
            if let Some(entries) = entries.filter(|_| entered.insert(group)) {
                people.extend(&entries.users);
                open.extend(&entries.groups);
            }
        }
        people
    }

    /// The number of the group with this id.
    #[cfg_attr(not(test), expect(dead_code, reason = "changes to groups come next"))]
    pub(crate) fn find(&self, id: &str) -> Option<u32> {
        self.ids.find(id)
    }

    /// Who is in a group directly; none for a number that no group has.
    pub(crate) fn entries(&self, group: u32) -> Option<&ListEntries> {
        self.entries.get(group as usize)
    }

    /// Whether a group would be in itself if another one, or itself, were put into it.
    #[cfg_attr(not(test), expect(dead_code, reason = "changes to groups come next"))]
    pub(crate) fn would_close_circle(&self, group: u32, member_group: u32) -> bool {
        let mut entered = HashSet::new();
        let mut open = vec![member_group];
        while let Some(inner) = open.pop() {
            if inner == group {
                return true;
            }
            let entries = self.entries(inner).filter(|_| entered.insert(inner));
            open.extend(entries.into_iter().flat_map(|entries| &entries.groups));
        }
        false
    }

    /// Replaces who is in a group, in a firm of so many users. It must not come to be in itself.
    pub(super) fn set(&mut self, group: u32, entries: ListEntries, users: usize) {
        if let Some(known) = self.entries.get_mut(group as usize) {
            *known = entries;
            self.starts.clear();
            // Nothing bounds it, so it finds out.
            self.join(users, usize::MAX);
        }
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
        self.ids.texts().iter().zip(&self.entries)
    }

    /// The groups after the users at these positions, which ascend, were removed from a firm that has so many left.
    pub(crate) fn without(&self, removed: &[u32], left: usize) -> Self {
        let entries = self.entries.iter();
        let entries = entries.map(|entries| ListEntries {
            users: without(&entries.users, removed),
            groups: entries.groups.clone(),
        });
        let left = Self::new(self.ids.clone(), entries.collect(), left, usize::MAX);
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
