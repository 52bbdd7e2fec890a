//! The parts of a group or thing in one state of a firm. Ids stand for people and groups, as their numbers differ from state to state.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::ends::{EntryTerm, MemberEndChange};
use crate::firm::Firm;
use crate::firm::ends::{ListMember, ListPlace};
use crate::firm::things::ThingListEntries;
use crate::value::Day;

/// A part of a group or thing.
pub(super) enum PartContent<'f> {
    /// A title, a value, or the id of another thing.
    Word(&'f str),
    /// Who is in the group or on the list.
    Members(PartMembers<'f>),
}

/// Who is in a group, or on a list of a thing.
pub(super) struct PartMembers<'f> {
    pub(super) firm: &'f Firm,
    pub(super) entries: ThingListEntries<'f>,
    pub(super) home: MembersHome,
}

/// Whose members they are.
pub(super) enum MembersHome {
    Group(u32),
    List(ListPlace),
}

impl PartialEq for PartContent<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Word(one), Self::Word(other)) => one == other,
            (Self::Members(one), Self::Members(other)) => {
                one.ids() == other.ids() && one.ends() == other.ends()
            }
            _ => false,
        }
    }
}

impl PartContent<'_> {
    /// The part in words: a word, or ids in brackets.
    pub(super) fn word(&self) -> String {
        match self {
            Self::Word(word) => (*word).to_owned(),
            Self::Members(members) => format!("[{}]", members.ids().join(", ")),
        }
    }

    fn terms(&self) -> BTreeMap<&str, EntryTerm> {
        match self {
            Self::Word(_) => BTreeMap::new(),
            Self::Members(members) => members.terms(),
        }
    }
}

impl<'f> PartMembers<'f> {
    /// The ids of those that it holds for, sorted.
    fn ids(&self) -> Vec<&'f str> {
        let (firm, entries) = (self.firm, self.entries);
        let users = entries.users.iter().map(|user| ListMember::User(*user));
        let groups = entries.groups.iter().map(|group| ListMember::Group(*group));
        let ids = users.chain(groups).map(|member| firm.member_id(member));
        let mut ids: Vec<&str> = ids.collect();
        ids.sort_unstable();
        ids
    }

    /// The last days of those that end, or have ended.
    fn ends(&self) -> BTreeMap<&'f str, Day> {
        let (firm, ends) = (self.firm, &self.firm.ends);
        let by_id = |(member, day)| (firm.member_id(member), day);
        match self.home {
            MembersHome::Group(group) => ends.of_group(group).map(by_id).collect(),
            MembersHome::List(list) => ends.of_list(list).map(by_id).collect(),
        }
    }

    /// How long each of them holds.
    fn terms(&self) -> BTreeMap<&'f str, EntryTerm> {
        let held = self.ids().into_iter().map(|id| (id, EntryTerm::NoEnd));
        let ends = self.ends().into_iter();
        held.chain(ends.map(|(id, day)| (id, EntryTerm::Until(day))))
            .collect()
    }
}

/// The members that end on another day. A part that a state does not have has none.
pub(super) fn member_ends(
    part: &Arc<str>,
    [old, new]: [Option<&PartContent<'_>>; 2],
) -> Vec<MemberEndChange> {
    let [before, after] = [old, new].map(|part| part.map(PartContent::terms).unwrap_or_default());
    let mut members: Vec<&str> = before.keys().chain(after.keys()).copied().collect();
    members.sort_unstable();
    members.dedup();
    let changes = members.into_iter().filter_map(|member| {
        let [from, to] =
            [&before, &after].map(|terms| terms.get(member).copied().unwrap_or(EntryTerm::NoEntry));
        let ends = [from, to]
            .iter()
            .any(|term| matches!(term, EntryTerm::Until(_)));
        (from != to && ends).then(|| MemberEndChange {
            part: Arc::clone(part),
            member: member.into(),
            from,
            to,
        })
    });
    changes.collect()
}
