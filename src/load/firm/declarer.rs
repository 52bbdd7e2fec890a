//! Names of people and groups to numbers, for groups and for lists of things.

use std::collections::HashMap;
use std::fmt::Display;
use std::sync::Arc;

use super::rows::{PartRow, WholeEntry};
use crate::finding::characters::INVISIBLE_IN_ID;
use crate::finding::{Code, Finding, Findings, firm as codes, names as unknown, rules};
use crate::firm::Firm;
use crate::firm::assemble::{NamedEntry, SpannedStr};
use crate::firm::ends::{EntryEnd, EntryEnds, EntryPlace, ListMember};
use crate::firm::groups::{Groups, ListEntries};
use crate::firm::texts::DistinctTexts;
use crate::text::character::hidden_in_id;
use crate::text::{Source, Span, Spanned};
use crate::value::Day;

/// Looks up the names that groups and things consist of.
pub(super) struct ThingDeclarer<'a> {
    pub(super) firm: &'a Firm,
    /// The file at hand, and its number.
    pub(super) source: Arc<Source>,
    file: u16,
    pub(super) findings: &'a mut Findings,
    groups: DistinctTexts,
    pub(super) ends: EntryEnds,
    /// What things are part of, before all things are known.
    pub(super) wholes: Vec<WholeEntry>,
    /// Whether it was reported that nobody said which day it is.
    wants_day: bool,
}

impl<'a> ThingDeclarer<'a> {
    /// Looks names up in a firm, whose roles end so. The file is that of the firm.
    pub(super) fn new(
        firm: &'a Firm,
        source: &Arc<Source>,
        ends: EntryEnds,
        findings: &'a mut Findings,
    ) -> Self {
        Self {
            firm,
            source: Arc::clone(source),
            file: 0,
            findings,
            groups: DistinctTexts::default(),
            ends,
            wholes: Vec::new(),
            wants_day: false,
        }
    }

    /// Goes on with a file of things.
    pub(super) fn enter_file(&mut self, source: &Arc<Source>) {
        self.source = Arc::clone(source);
        self.file = self.ends.add_file(source.name());
    }

    /// Goes back to the firm file.
    pub(super) fn leave_file(&mut self, firm: &Arc<Source>) {
        self.source = Arc::clone(firm);
        self.file = 0;
    }

    pub(super) fn report(&mut self, code: &'static Code, span: Span, words: &[&dyn Display]) {
        let place = self.source.place(span);
        self.findings.report(code, place, words);
    }

    /// The groups. All are known before any entry is looked at.
    pub(super) fn groups_of(&mut self, groups: &[PartRow<'_>]) -> Groups {
        let mut places: HashMap<u32, Span> = HashMap::new();
        for PartRow { key: id, .. } in groups {
            self.has_sound_id(id);
            if self.firm.roster.find(&id.value).is_some() {
                self.report(&codes::GROUP_TAKEN, id.span, &[&id.value]);
            }
            // The same key twice is reported where the file is read.
            if let Ok(number) = self.groups.push(&id.value) {
                places.insert(number, id.span);
            }
        }
        let entries: Vec<ListEntries> = (0..)
            .zip(groups)
            .map(|(group, row)| {
                self.entries_of(&row.names, |member| EntryPlace::Member { group, member })
            })
            .collect();
        let users = self.firm.roster.len();
        let most = self.firm.rulebook.limits().memberships;
        let Some(groups) = Groups::new(self.groups.clone(), entries, users, most) else {
            let first = groups.first().map(|first| first.key.span);
            self.report(
                &codes::TOO_MANY_MEMBERS,
                first.unwrap_or_default(),
                &[&most],
            );
            return Groups::default();
        };
        for (group, through) in groups.circles(Findings::KEPT) {
            let span = places.get(&group).copied().unwrap_or_default();
            let words: [&dyn Display; 2] = [&groups.id(group), &groups.id(through)];
            self.report(&codes::GROUP_CIRCLE, span, &words);
        }
        groups
    }

    /// People and groups by their numbers, without those whose time has ended. `place` is where an entry stands.
    pub(super) fn entries_of(
        &mut self,
        names: &[NamedEntry<'_>],
        place: impl Fn(ListMember) -> EntryPlace,
    ) -> ListEntries {
        let mut entries = ListEntries::default();
        for (member, first) in self.members_of(names) {
            let until = names.get(first).and_then(|entry| entry.until.as_ref());
            if until.is_some_and(|until| !self.holds(place(member), until)) {
                continue;
            }
            match member {
                ListMember::User(user) => entries.users.push(user),
                ListMember::Group(group) => entries.groups.push(group),
            }
        }
        entries
    }

    /// Who is meant by names, in ascending order, each with the place of its name. Unknown names, and those that stand there
    /// twice, are reported.
    fn members_of(&mut self, names: &[NamedEntry<'_>]) -> Vec<(ListMember, usize)> {
        let mut members = Vec::with_capacity(names.len());
        for (number, NamedEntry { name, .. }) in names.iter().enumerate() {
            match self.member(&name.value) {
                Some(member) => members.push((member, number)),
                None => self.unknown_member(name),
            }
        }
        members.sort_unstable();
        let mut again = Vec::new();
        members.dedup_by(|(later, number), (earlier, _)| {
            let is_again = later == earlier;
            again.extend(is_again.then_some(*number));
            is_again
        });
        again.sort_unstable();
        for name in again.iter().filter_map(|number| names.get(*number)) {
            let name = &name.name;
            self.report(&rules::DUPLICATE_ENTRY, name.span, &[&name.value]);
        }
        members
    }

    fn member(&self, id: &str) -> Option<ListMember> {
        let user = self.firm.roster.find(id).map(ListMember::User);
        user.or_else(|| self.groups.find(id).map(ListMember::Group))
    }

    /// Notes when an entry ends, and returns whether it still holds.
    fn holds(&mut self, place: EntryPlace, until: &Spanned<Day>) -> bool {
        let end = EntryEnd {
            until: until.value,
            span: until.span,
            file: self.file,
        };
        let holds = self.ends.add(place, end);
        if holds.is_none() && !std::mem::replace(&mut self.wants_day, true) {
            self.report(&codes::DAY_WANTED, until.span, &[&until.value]);
        }
        holds != Some(false)
    }

    fn unknown_member(&mut self, name: &SpannedStr<'_>) {
        let place = Some(self.source.place(name.span));
        let finding = Finding::new(&unknown::UNKNOWN_MEMBER, place, &[&name.value]);
        let (roster, groups) = (&self.firm.roster, &self.groups);
        self.findings.push_with(finding, |finding| {
            let finding = finding.with_nearest(&name.value, groups.texts().iter());
            match finding.help() {
                Some(_) => finding,
                None => finding.with_nearest_of(&name.value, || roster.known_ids(&name.value)),
            }
        });
    }

    pub(super) fn has_sound_id(&mut self, id: &SpannedStr<'_>) {
        if let Some(hidden) = hidden_in_id(&id.value) {
            self.report(&INVISIBLE_IN_ID, id.span, &[&hidden, &id.value]);
        }
    }
}
