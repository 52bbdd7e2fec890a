//! Entries of groups and lists that have no effect.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::analyse::ThingAccess;
use crate::analyse::on_things::UnneededEntry;
use crate::firm::{ChosenUsers, Firm, has_seat, is_enabled};
use crate::link::product::KindId;

/// Somebody who stands on lists or in groups without effect, or a group without effect.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IdleEntries {
    /// Id of the person or the group.
    pub id: String,
    /// Why there is no effect.
    pub why: IdleReason,
    /// Ids of the groups that name the person.
    pub groups: Vec<Arc<str>>,
    /// The lists that name the person.
    pub lists: Vec<IdleList>,
}

impl IdleEntries {
    /// Whether anything is left of it.
    pub(super) fn is_any(&self) -> bool {
        let is_of_group = matches!(self.why, IdleReason::EmptyGroup | IdleReason::UnnamedGroup);
        is_of_group || !self.groups.is_empty() || !self.lists.is_empty()
    }
}

/// Why somebody or a group is named without effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum IdleReason {
    /// The person is disabled, and so may do nothing.
    Disabled,
    /// The person has no seat in the product of the list, or none at all.
    NoSeat,
    /// The person may do the same on each of these things if this one entry is taken away.
    Unneeded,
    /// Nobody is in the group, not through other groups either.
    EmptyGroup,
    /// No list and no other group names the group.
    UnnamedGroup,
}

/// A list of things of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IdleList {
    /// Id of the product.
    pub product: Arc<str>,
    /// Id of the kind of things.
    pub kind: Arc<str>,
    /// Id of the list.
    pub list: Arc<str>,
    /// Ids of the first things on whose list the person is.
    pub things: Vec<Arc<str>>,
    /// How many things there are beyond these.
    #[serde(default, skip_serializing_if = "crate::answer::is_zero")]
    pub more_things: usize,
}

/// A list by numbers: product, kind, and its place in the kind.
type ListNumbers = (usize, KindId, usize);

/// The entries of one person that have no effect for one reason, by numbers.
#[derive(Default)]
struct PersonEntries {
    groups: Vec<u32>,
    lists: BTreeMap<ListNumbers, Vec<u32>>,
}

/// All entries without effect, as they are found.
pub(super) struct IdleEntrySearch<'f> {
    firm: &'f Firm,
    chosen: &'f ChosenUsers,
    people: BTreeMap<(u32, IdleReason), PersonEntries>,
}

impl<'f> IdleEntrySearch<'f> {
    pub(super) fn new(firm: &'f Firm, chosen: &'f ChosenUsers) -> Self {
        Self {
            firm,
            chosen,
            people: BTreeMap::new(),
        }
    }

    /// Adds entries that somebody does not need.
    pub(super) fn add_unneeded(&mut self, product: usize, kind: KindId, all: Vec<UnneededEntry>) {
        for entry in all {
            if self.chosen.has(entry.user) {
                let of_user = self.people.entry((entry.user, IdleReason::Unneeded));
                let lists = &mut of_user.or_default().lists;
                let things = lists.entry((product, kind, entry.list)).or_default();
                things.extend(entry.things);
            }
        }
    }

    /// Everybody with entries that have no effect, in the order of the firm, and then the groups.
    pub(super) fn found(mut self) -> Vec<IdleEntries> {
        self.add_lists();
        self.add_groups();
        let people = std::mem::take(&mut self.people).into_iter();
        let people = people.map(|((user, why), entries)| self.in_words(user, why, entries));
        people.chain(self.idle_groups()).collect()
    }

    /// By user, why nothing that names them in a product has an effect; without a product, in all of them.
    fn reasons(&self, product: Option<usize>) -> Vec<Option<IdleReason>> {
        let firm = self.firm;
        let users = 0..firm.roster.len() as u32;
        let reason = |user: u32| {
            let is_seated = match product {
                Some(product) => has_seat(firm.roster.profile(product, user)),
                None => firm.is_seated(user),
            };
            match (is_enabled(firm.roster.profile(0, user)), is_seated) {
                _ if !self.chosen.has(user) => None,
                (false, _) => Some(IdleReason::Disabled),
                (true, false) => Some(IdleReason::NoSeat),
                (true, true) => None,
            }
        };
        users.map(reason).collect()
    }

    fn add_lists(&mut self) {
        for (product, kind, things) in self.firm.things.kinds() {
            let reasons = self.reasons(Some(product));
            for thing in 0..things.len() as u32 {
                for (number, list) in things.lists(thing).enumerate() {
                    for user in list.map_or(&[][..], |list| list.users) {
                        let Some(why) = reasons.get(*user as usize).copied().flatten() else {
                            continue;
                        };
                        let lists = &mut self.people.entry((*user, why)).or_default().lists;
                        let things = lists.entry((product, kind, number)).or_default();
                        things.push(thing);
                    }
                }
            }
        }
    }

    fn add_groups(&mut self) {
        let reasons = self.reasons(None);
        for (group, (_, entries)) in (0..).zip(self.firm.things.groups.iter()) {
            for user in &entries.users {
                if let Some(why) = reasons.get(*user as usize).copied().flatten() {
                    let of_user = self.people.entry((*user, why)).or_default();
                    of_user.groups.push(group);
                }
            }
        }
    }

    fn in_words(&self, user: u32, why: IdleReason, entries: PersonEntries) -> IdleEntries {
        let groups = entries.groups.iter();
        let groups = groups.map(|group| Arc::from(self.firm.things.groups.id(*group)));
        let lists = entries.lists.into_iter();
        IdleEntries {
            id: self.firm.roster.id(user).to_owned(),
            why,
            groups: groups.collect(),
            lists: lists
                .filter_map(|(list, things)| self.list(list, things))
                .collect(),
        }
    }

    fn list(&self, (number, kind, list): ListNumbers, mut things: Vec<u32>) -> Option<IdleList> {
        let product = &self.firm.rulebook.product(number)?.product;
        let declared = product.kind(kind)?;
        let all = self.firm.things.of_kind(number, kind)?;
        things.sort_unstable();
        let first = things.iter().take(ThingAccess::MOST_NAMED);
        let first: Vec<Arc<str>> = first.map(|thing| Arc::from(all.id(*thing))).collect();
        Some(IdleList {
            product: Arc::clone(&product.id),
            kind: Arc::clone(&declared.id),
            list: Arc::clone(&declared.lists.get(list)?.id),
            more_things: things.len() - first.len(),
            things: first,
        })
    }

    /// Groups that nobody is in, and those that nothing names. They are nobody's where only some people are reviewed.
    fn idle_groups(&self) -> Vec<IdleEntries> {
        let groups = &self.firm.things.groups;
        if !self.chosen.is_everybody() {
            return Vec::new();
        }
        let mut is_empty = vec![true; groups.len()];
        let mut is_unnamed = vec![true; groups.len()];
        let unmark = |marks: &mut Vec<bool>, groups: &[u32]| {
            for group in groups {
                if let Some(mark) = marks.get_mut(*group as usize) {
                    *mark = false;
                }
            }
        };
        for user in 0..self.firm.roster.len() as u32 {
            unmark(&mut is_empty, groups.of_user(user));
        }
        for (_, entries) in groups.iter() {
            unmark(&mut is_unnamed, &entries.groups);
        }
        for (.., things) in self.firm.things.kinds() {
            let lists = (0..things.len() as u32).flat_map(|thing| things.lists(thing));
            for list in lists.flatten() {
                unmark(&mut is_unnamed, list.groups);
            }
        }
        let marks = is_empty.into_iter().zip(is_unnamed);
        let all = groups.iter().zip(marks).flat_map(|((id, _), marks)| {
            let (is_empty, is_unnamed) = marks;
            let empty = is_empty.then_some(IdleReason::EmptyGroup);
            let unnamed = is_unnamed.then_some(IdleReason::UnnamedGroup);
            let reasons = empty.into_iter().chain(unnamed);
            reasons.map(|why| IdleEntries {
                id: id.to_owned(),
                why,
                groups: Vec::new(),
                lists: Vec::new(),
            })
        });
        all.collect()
    }
}
