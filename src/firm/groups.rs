//! The groups of a firm: people and other groups, and who is in which of them.

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

impl Groups {
    /// Groups with these ids, which are all different, and these entries, in a firm of so many users.
    pub(crate) fn new(ids: DistinctTexts, entries: Vec<ListEntries>, users: usize) -> Self {
        let mut groups = Self {
            ids,
            entries,
            ..Self::default()
        };
        groups.join(users);
        groups
    }

    /// Finds out who is in which groups. Each group is entered once from each other one, so circles end.
    fn join(&mut self, users: usize) {
        let mut memberships: Vec<(u32, u32)> = Vec::new();
        for group in 0..self.entries.len() as u32 {
            for inner in self.within(group) {
                let people = self.entries.get(inner as usize).into_iter();
                let people = people.flat_map(|entries| &entries.users);
                memberships.extend(people.map(|user| (*user, group)));
            }
        }
        memberships.sort_unstable();
        memberships.dedup();
        self.joined = memberships.iter().map(|(_, group)| *group).collect();
        let start = |user: u32| memberships.partition_point(|(other, _)| *other < user) as u32;
        if !memberships.is_empty() {
            self.starts = (0..=users as u32).map(start).collect();
        }
    }

    /// A group and all groups in it, directly or through others.
    pub(crate) fn within(&self, group: u32) -> Vec<u32> {
        let mut within = vec![group];
        let mut next = 0;
        while let Some(entries) = within.get(next).and_then(|one| self.entries(*one)) {
            for inner in &entries.groups {
                if !within.contains(inner) {
                    within.push(*inner);
                }
            }
            next += 1;
        }
        within
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

    /// The id of a group.
    pub(crate) fn id(&self, group: u32) -> &str {
        self.ids.texts().get(group).unwrap_or("?")
    }

    /// The people and groups that stand in a group.
    pub(crate) fn entries(&self, group: u32) -> Option<&ListEntries> {
        self.entries.get(group as usize)
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
        Self::new(self.ids.clone(), entries.collect(), left)
    }
}

/// The positions of users after others were removed; both ascend.
pub(super) fn without(users: &[u32], removed: &[u32]) -> Vec<u32> {
    let left = users.iter().filter_map(|user| {
        let before = removed.binary_search(user).err()?;
        Some(user - before as u32)
    });
    left.collect()
}
