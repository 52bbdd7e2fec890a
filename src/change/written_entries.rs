//! A list or group as writes leave it: a few entries over those that the firm has.

use std::collections::BTreeMap;

use smallvec::SmallVec;

use super::thing_writes::{EntriesPlace, EntryWrite};
use crate::firm::Firm;
use crate::firm::ends::ListMember;
use crate::firm::groups::ListEntries;
use crate::firm::things::ThingListEntries;

/// What entries are laid over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EntriesBase {
    /// Those that the firm has.
    Stored,
    /// No entries.
    Empty,
    /// Nobody says anything about the list.
    Silent,
}

/// A list or group as writes leave it.
#[derive(Debug)]
pub(super) struct WrittenEntries {
    pub(super) base: EntriesBase,
    /// Who stands there, and who does not, whatever stands below.
    pub(super) over: MemberFlags,
    /// Who was put there; they stay when others are put there alone.
    put: SmallVec<[ListMember; 2]>,
    /// Whether all entries were written anew.
    pub(super) anew: bool,
}

impl WrittenEntries {
    pub(super) fn of(stored: Option<ThingListEntries<'_>>) -> Self {
        Self {
            base: stored.map_or(EntriesBase::Silent, |_| EntriesBase::Stored),
            over: MemberFlags::default(),
            put: SmallVec::new(),
            anew: false,
        }
    }

    pub(super) fn start_over(&mut self, base: EntriesBase) {
        self.base = base;
        self.over = MemberFlags::default();
        self.anew = true;
    }

    pub(super) fn write(
        &mut self,
        firm: &Firm,
        place: EntriesPlace,
        (member, how): (ListMember, EntryWrite),
    ) {
        let declared = match place {
            EntriesPlace::List(list) => firm.declared_list(list),
            EntriesPlace::Group(_) => None,
        };
        let is_single = declared.is_some_and(|list| list.is_single);
        let is_silent = self.base == EntriesBase::Silent;
        match how {
            // Whoever is put on a list on which everyone stands stands there already.
            EntryWrite::Add if is_silent && declared.is_some_and(|list| list.is_open) => {}
            EntryWrite::Add => {
                if is_silent {
                    self.base = EntriesBase::Empty;
                }
                if is_single && !self.has(firm.entries_at(place), member) {
                    self.start_over(EntriesBase::Empty);
                }
                self.over.set(member, true);
                self.put.push(member);
            }
            EntryWrite::Remove => {
                self.put.retain(|other| *other != member);
                if !is_silent {
                    self.over.set(member, false);
                }
            }
            EntryWrite::Only => {
                if is_single {
                    self.put.clear();
                }
                self.put.push(member);
                self.start_over(EntriesBase::Empty);
                self.put.iter().for_each(|one| self.over.set(*one, true));
            }
        }
    }

    /// Whether somebody stands there themselves.
    fn has(&self, stored: Option<ThingListEntries<'_>>, member: ListMember) -> bool {
        let below = || {
            let is_stored = stored.is_some_and(|stored| stored.has_entry(member));
            is_stored && self.base == EntriesBase::Stored
        };
        self.over.get(member).unwrap_or_else(below)
    }

    pub(super) fn differ_from(&self, stored: Option<ThingListEntries<'_>>) -> bool {
        let Some(stored) = stored else {
            return self.base != EntriesBase::Silent;
        };
        let mut over = self.over.iter();
        match self.base {
            EntriesBase::Silent => true,
            EntriesBase::Stored => over.any(|(member, stands)| stored.has_entry(member) != stands),
            EntriesBase::Empty => {
                let stand = over.filter(|(_, stands)| *stands);
                let (mut count, mut are_stored) = (0, true);
                stand.for_each(|(member, _)| {
                    count += 1;
                    are_stored &= stored.has_entry(member);
                });
                !are_stored || count != stored.users.len() + stored.groups.len()
            }
        }
    }

    /// The entries; none where nobody says anything about the list.
    pub(super) fn entries(&self, stored: Option<ThingListEntries<'_>>) -> Option<ListEntries> {
        let stored = match self.base {
            EntriesBase::Stored => stored.unwrap_or_default(),
            EntriesBase::Empty => ThingListEntries::default(),
            EntriesBase::Silent => return None,
        };
        let stays = |member: &ListMember| self.over.get(*member).is_none();
        let put = self.over.iter().filter(|(_, stands)| *stands);
        let members = stored.members().filter(stays);
        let mut entries = ListEntries::default();
        members
            .chain(put.map(|(member, _)| member))
            .for_each(|member| match member {
                ListMember::User(user) => entries.users.push(user),
                ListMember::Group(group) => entries.groups.push(group),
            });
        entries.users.sort_unstable();
        entries.groups.sort_unstable();
        Some(entries)
    }

    /// The groups that were put there.
    pub(super) fn groups_put(&self) -> impl Iterator<Item = u32> {
        let put = self.over.iter().filter(|(_, stands)| *stands);
        put.filter_map(|(member, _)| match member {
            ListMember::Group(group) => Some(group),
            ListMember::User(_) => None,
        })
    }
}

/// Whether each of some members stands somewhere.
#[derive(Debug, Default)]
pub(super) struct MemberFlags {
    few: SmallVec<[(ListMember, bool); 2]>,
    /// The others.
    many: BTreeMap<ListMember, bool>,
}

impl MemberFlags {
    pub(super) fn get(&self, member: ListMember) -> Option<bool> {
        let few = self.few.iter().find(|(known, _)| *known == member);
        let few = few.map(|(_, stands)| *stands);
        few.or_else(|| self.many.get(&member).copied())
    }

    fn set(&mut self, member: ListMember, stands: bool) {
        let few = self.few.iter_mut().find(|(known, _)| *known == member);
        if let Some((_, known)) = few {
            *known = stands;
        } else if self.few.len() < self.few.inline_size() {
            self.few.push((member, stands));
        } else {
            self.many.insert(member, stands);
        }
    }

    fn iter(&self) -> impl Iterator<Item = (ListMember, bool)> {
        let many = self.many.iter().map(|(member, stands)| (*member, *stands));
        self.few.iter().copied().chain(many)
    }
}

impl Firm {
    /// The entries of a list or group; none where the firm file says nothing about them.
    pub(super) fn entries_at(&self, place: EntriesPlace) -> Option<ThingListEntries<'_>> {
        match place {
            EntriesPlace::List(list) => {
                let things = self.things.of_kind(list.product, list.kind)?;
                things.list(list.thing, list.list)
            }
            EntriesPlace::Group(group) => {
                let entries = self.things.groups.entries(group);
                Some(entries.map(ThingListEntries::from).unwrap_or_default())
            }
        }
    }
}
