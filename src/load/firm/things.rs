//! Groups and things of a firm file: names to numbers, and every mistake reported.

mod kind;

use std::collections::HashMap;
use std::fmt::Display;
use std::sync::Arc;

use super::loader::FirmText;
use super::rows::{PartRow, RowsBeside, ThingRows};
use super::thing_file;
use crate::finding::characters::INVISIBLE_IN_ID;
use crate::finding::{Code, Finding, Findings, firm as codes, names as unknown, rules};
use crate::firm::Firm;
use crate::firm::assemble::{NamedEntry, SpannedStr};
use crate::firm::ends::{EntryEnd, EntryEnds, EntryPlace, ListMember};
use crate::firm::groups::{Groups, ListEntries};
use crate::firm::texts::DistinctTexts;
use crate::firm::things::FirmThings;
use crate::text::character::hidden_in_id;
use crate::text::{Source, Span};
pub(super) use kind::KindDeclarer;

/// The firm with the groups and things that its file declares; mistakes are reported.
pub(super) fn declare(
    mut firm: Firm,
    rows: &RowsBeside<'_>,
    text: FirmText<'_>,
    findings: &mut Findings,
) -> Firm {
    if rows.groups.is_none() && rows.things.is_none() {
        return firm;
    }
    let ends = std::mem::take(Arc::make_mut(&mut firm.ends));
    let mut declarer = ThingDeclarer {
        firm: &firm,
        source: Arc::clone(text.source),
        file: 0,
        findings,
        groups: DistinctTexts::default(),
        ends,
        wants_day: false,
    };
    let mut all = FirmThings::of(declarer.groups_of(rows.groups.as_deref().unwrap_or_default()));
    for row in rows.things.iter().flatten() {
        let Some(mut kind) = KindDeclarer::new(&mut declarer, &row.kind, &mut all) else {
            continue;
        };
        match &row.things {
            ThingRows::Listed(things) => {
                things.iter().all(|thing| kind.add(thing));
            }
            ThingRows::File(name) => thing_file::read(name, text, &mut kind),
        }
        declarer.source = Arc::clone(text.source);
        declarer.file = 0;
    }
    let ends = declarer.ends;
    firm.with_ends(ends).with_things(all)
}

/// Looks up the names that groups and things consist of.
pub(super) struct ThingDeclarer<'a> {
    firm: &'a Firm,
    /// The file at hand, and its number.
    source: Arc<Source>,
    file: u16,
    findings: &'a mut Findings,
    groups: DistinctTexts,
    ends: EntryEnds,
    /// Whether it was reported that nobody said which day it is.
    wants_day: bool,
}

impl ThingDeclarer<'_> {
    fn report(&mut self, code: &'static Code, span: Span, words: &[&dyn Display]) {
        let place = self.source.place(span);
        self.findings.report(code, place, words);
    }

    /// The groups. All are known before any entry is looked at.
    fn groups_of(&mut self, groups: &[PartRow<'_>]) -> Groups {
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
        let groups = Groups::new(self.groups.clone(), entries, users);
        for group in 0..groups.len() as u32 {
            self.is_no_circle(&groups, group, &places);
        }
        groups
    }

    /// Reports a group that is in itself. Of the groups of one circle, the first is reported.
    fn is_no_circle(&mut self, groups: &Groups, group: u32, places: &HashMap<u32, Span>) {
        let inner = groups.entries(group).map_or(&[][..], |of| &of.groups);
        let through = inner
            .iter()
            .find(|inner| groups.within(**inner).contains(&group));
        let Some(through) = through else { return };
        let circle = groups.within(group).into_iter();
        let mut circle = circle.filter(|one| groups.within(*one).contains(&group));
        if circle.all(|one| one >= group) {
            let span = places.get(&group).copied().unwrap_or_default();
            let words: [&dyn Display; 2] = [&groups.id(group), &groups.id(*through)];
            self.report(&codes::GROUP_CIRCLE, span, &words);
        }
    }

    /// People and groups by their numbers, without those whose time has ended. `place` is where an entry stands.
    fn entries_of(
        &mut self,
        names: &[NamedEntry<'_>],
        place: impl Fn(ListMember) -> EntryPlace,
    ) -> ListEntries {
        let mut entries = ListEntries::default();
        for NamedEntry { name, until } in names {
            let user = self.firm.roster.find(&name.value);
            let (member, list, number) = match (
                user,
                user.map_or_else(|| self.groups.find(&name.value), |_| None),
            ) {
                (Some(user), _) => (ListMember::User(user), &mut entries.users, user),
                (None, Some(group)) => (ListMember::Group(group), &mut entries.groups, group),
                (None, None) => {
                    self.unknown_member(name);
                    continue;
                }
            };
            let place = place(member);
            let slot = list.binary_search(&number);
            if slot.is_ok() || self.ends.until(place).is_some() {
                self.report(&rules::DUPLICATE_ENTRY, name.span, &[&name.value]);
                continue;
            }
            if let Some(until) = until {
                let end = EntryEnd {
                    until: until.value,
                    span: until.span,
                    file: self.file,
                };
                let holds = self.ends.add(place, end);
                if holds.is_none() && !std::mem::replace(&mut self.wants_day, true) {
                    self.report(&codes::DAY_WANTED, until.span, &[&until.value]);
                }
                if holds == Some(false) {
                    continue;
                }
            }
            if let Err(slot) = slot {
                list.insert(slot, number);
            }
        }
        entries
    }

    fn unknown_member(&mut self, name: &SpannedStr<'_>) {
        let place = Some(self.source.place(name.span));
        let finding = Finding::new(&unknown::UNKNOWN_MEMBER, place, &[&name.value]);
        let people = self.firm.roster.known_ids(&name.value);
        let groups: Vec<&str> = self.groups.texts().iter().collect();
        self.findings.push_with(finding, |finding| {
            let finding = finding.with_nearest(&name.value, groups.iter().copied());
            match finding.help() {
                Some(_) => finding,
                None => finding.with_nearest_of(&name.value, || people),
            }
        });
    }

    fn has_sound_id(&mut self, id: &SpannedStr<'_>) {
        if let Some(hidden) = hidden_in_id(&id.value) {
            self.report(&INVISIBLE_IN_ID, id.span, &[&hidden, &id.value]);
        }
    }
}

#[cfg(test)]
mod tests;
