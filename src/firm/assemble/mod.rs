//! Assembles a firm from users of a file or of code, and checks what the rules require of every firm.

mod edit;
mod holders;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use super::ends::{EntryEnd, EntryEnds, EntryPlace};
use super::roster::{MOST_USERS, Roster};
use super::{Firm, profile};
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::Word;
use crate::finding::characters::INVISIBLE_IN_ID;
use crate::finding::{Code, Finding, Findings, firm as codes, names as unknown};
use crate::link::product::RoleId;
use crate::rulebook::Rulebook;
use crate::text::character::hidden_in_id;
use crate::text::{Source, Span, Spanned};
use crate::value::{Day, Value};

/// A text with its place. It is borrowed if it is written without escapes.
pub(crate) type SpannedStr<'t> = Spanned<Cow<'t, str>>;

/// A user before names are known to exist.
pub(crate) struct UserEntry<'t> {
    pub(crate) id: SpannedStr<'t>,
    pub(crate) name: Option<Cow<'t, str>>,
    pub(crate) enabled: bool,
    pub(crate) seats: Vec<SeatEntry<'t>>,
}

/// A seat before names are known to exist.
#[derive(Default)]
pub(crate) struct SeatEntry<'t> {
    /// Number of the product.
    pub(crate) product: usize,
    pub(crate) roles: Vec<NamedEntry<'t>>,
    pub(crate) settings: Vec<(SpannedStr<'t>, SpannedStr<'t>)>,
    pub(crate) span: Span,
}

/// A name on a list: a role of a seat, or who stands in a group or on a list of a thing. Some stand there until a day.
#[derive(Debug, Clone)]
pub(crate) struct NamedEntry<'t> {
    pub(crate) name: SpannedStr<'t>,
    pub(crate) until: Option<Spanned<Day>>,
}

/// Takes users one by one and checks them.
pub(crate) struct Assembler<'a> {
    rulebook: &'a Rulebook,
    /// Where spans point into; none for a firm built in code.
    source: Option<&'a Arc<Source>>,
    roster: Roster,
    /// The roles that end.
    ends: EntryEnds,
    /// Whether it was reported that nobody said which day it is.
    wants_day: bool,
    /// For each product, where its words are among all words of a user.
    places: Vec<Range<usize>>,
    /// The words of somebody without any seat, who is disabled or enabled.
    seatless: [Vec<Word>; 2],
    /// The words of the user at hand.
    words: Vec<Word>,
    /// Where each user's id stands.
    starts: Vec<u32>,
    /// Who holds the roles that exactly one user holds, and where that stands.
    holders: HashMap<(usize, RoleId), Vec<(u32, Span)>>,
    /// New names of users of a firm that is edited.
    names: BTreeMap<u32, String>,
    /// The positions of users who were removed from a firm that is edited.
    removed: Vec<u32>,
    /// Whether some user could not be read at all.
    is_missing_some: bool,
}

impl<'a> Assembler<'a> {
    /// Takes users of a firm that is looked at on this day.
    pub(crate) fn new(
        rulebook: &'a Rulebook,
        day: Option<Day>,
        source: Option<&'a Arc<Source>>,
    ) -> Self {
        let seatless = |enabled| {
            let no_seat = |compiled: &CompiledProduct| profile::no_seat(&compiled.layout, enabled);
            rulebook.compiled().iter().flat_map(no_seat).collect()
        };
        let mut end = 0;
        let place = |compiled: &CompiledProduct| {
            let start = end;
            end += compiled.layout.words();
            start..end
        };
        Self {
            rulebook,
            source,
            roster: Roster::new(rulebook, ""),
            ends: EntryEnds::on(day),
            wants_day: false,
            places: rulebook.compiled().iter().map(place).collect(),
            seatless: [seatless(false), seatless(true)],
            words: Vec::new(),
            starts: Vec::new(),
            holders: HashMap::new(),
            names: BTreeMap::new(),
            removed: Vec::new(),
            is_missing_some: false,
        }
    }

    /// Makes room for so many users.
    pub(crate) fn expect(&mut self, users: usize) {
        let users = users.min(self.rulebook.limits().users);
        self.starts.reserve(users.saturating_sub(self.starts.len()));
        self.roster.expect(users);
    }

    /// Notes a user who could not be read. A role that seems to have no holder may be theirs.
    pub(crate) fn miss(&mut self) {
        self.is_missing_some = true;
    }

    /// Adds a user; mistakes are reported and the rest of the user is still checked.
    pub(crate) fn add(&mut self, entry: &UserEntry<'_>, findings: &mut Findings) {
        let most = self.rulebook.limits().users.min(MOST_USERS);
        if self.roster.len() >= most || self.roster.is_full() {
            if !std::mem::replace(&mut self.is_missing_some, true) {
                let span = entry.id.span;
                self.report(&codes::TOO_MANY_USERS, span, &[&most], findings);
            }
            return;
        }
        let Spanned { value: id, span } = &entry.id;
        if let Some(hidden) = hidden_in_id(id) {
            self.report(&INVISIBLE_IN_ID, *span, &[&hidden, id], findings);
        }
        self.pack(self.roster.len() as u32, entry, findings);
        let words = std::mem::take(&mut self.words);
        self.enter(entry, &words, findings);
        self.words = words;
    }

    /// The profiles of a user in all products, one after the other, whoever else there is.
    pub(crate) fn packed(&mut self, entry: &UserEntry<'_>, findings: &mut Findings) -> &[Word] {
        let user = self.roster.len() as u32;
        self.ends.forget_roles(user);
        self.pack(user, entry, findings);
        &self.words
    }

    /// Whether the roles of the user who was [packed](Self::packed) last end as those of a user of a firm.
    pub(crate) fn ends_as(&self, firm: &Firm, user: u32) -> bool {
        self.ends
            .roles(self.roster.len() as u32)
            .eq(firm.ends.roles(user))
    }

    fn pack(&mut self, user: u32, entry: &UserEntry<'_>, findings: &mut Findings) {
        let mut words = std::mem::take(&mut self.words);
        let [disabled, enabled] = &self.seatless;
        words.clone_from(if entry.enabled { enabled } else { disabled });
        for seat in &entry.seats {
            let place = self.places.get(seat.product).cloned();
            if let Some(words) = place.and_then(|place| words.get_mut(place)) {
                self.seat(user, seat, words, findings);
            }
        }
        self.words = words;
    }

    fn enter(&mut self, entry: &UserEntry<'_>, words: &[Word], findings: &mut Findings) {
        let Spanned { value: id, span } = &entry.id;
        match self.roster.add(id, entry.name.as_deref(), words) {
            Ok(_) => self.starts.push(span.start),
            Err(first) => {
                let finding = self.finding(&codes::DUPLICATE_USER, *span, &[id]);
                findings.push(match (self.source, self.starts.get(first as usize)) {
                    (Some(source), Some(start)) => {
                        let span = id_at(source, *start, id);
                        finding.with_label(source.place(span), "first here")
                    }
                    _ => finding,
                });
            }
        }
    }

    /// Writes a user's seat into words of somebody without one.
    fn seat(
        &mut self,
        user: u32,
        seat: &SeatEntry<'_>,
        words: &mut [Word],
        findings: &mut Findings,
    ) {
        let Some(compiled) = self.rulebook.product(seat.product) else {
            return;
        };
        let (layout, product) = (&compiled.layout, &compiled.product);
        layout.write_seat(product, words);
        for NamedEntry { name, until } in &seat.roles {
            let Some(role) = product.names.roles.get(&*name.value).copied() else {
                let known = product.roles.iter().map(|role| &*role.id);
                let code = &unknown::UNKNOWN_ROLE;
                self.unknown(code, name, &product.title, known, findings);
                continue;
            };
            let place = EntryPlace::Role {
                user,
                product: seat.product,
                role,
            };
            if layout.role(role).read(words).is_yes() || self.ends.until(place).is_some() {
                self.report(&codes::DUPLICATE_ROLE, name.span, &[&name.value], findings);
            }
            if until.is_some_and(|until| !self.holds(place, until, findings)) {
                continue;
            }
            layout.role(role).write(words, Value::YES);
            if product
                .role(role)
                .is_some_and(|role| role.holders.is_some())
            {
                self.holders
                    .entry((seat.product, role))
                    .or_default()
                    .push((user, name.span));
            }
        }
        self.settings(compiled, seat, words, findings);
        self.level(compiled, seat, words, findings);
    }

    /// Notes when an entry ends. Returns whether it holds on the day on which the firm is looked at.
    fn holds(&mut self, place: EntryPlace, until: Spanned<Day>, findings: &mut Findings) -> bool {
        let end = EntryEnd {
            until: until.value,
            span: until.span,
            file: 0,
        };
        let holds = self.ends.add(place, end);
        if holds.is_none() && !std::mem::replace(&mut self.wants_day, true) {
            self.report(&codes::DAY_WANTED, until.span, &[&until.value], findings);
        }
        holds.unwrap_or(true)
    }

    fn settings(
        &self,
        compiled: &CompiledProduct,
        seat: &SeatEntry<'_>,
        words: &mut [Word],
        findings: &mut Findings,
    ) {
        let product = &compiled.product;
        for (name, value) in &seat.settings {
            let number = product.names.settings.get(&*name.value).copied();
            let Some((number, setting)) =
                number.and_then(|number| Some((number, product.setting(number)?)))
            else {
                let known = product
                    .settings
                    .iter()
                    .map(|setting| &*setting.id)
                    .chain(["roles"]);
                let code = &unknown::UNKNOWN_SETTING;
                self.unknown(code, name, &product.title, known, findings);
                continue;
            };
            match setting.domain.find(&value.value) {
                Some(value) => compiled.layout.setting(number).write(words, value),
                None => {
                    let finding = self.finding(
                        &unknown::UNKNOWN_VALUE,
                        value.span,
                        &[&value.value, &setting.id],
                    );
                    findings.push_with(finding, |finding| {
                        let values: Vec<&str> = setting.domain.words().collect();
                        let help = format!("its values are {}", values.join(", "));
                        finding.with_help(help).with_nearest(&value.value, values)
                    });
                }
            }
        }
    }

    /// Where seats have levels, exactly one.
    fn level(
        &self,
        compiled: &CompiledProduct,
        seat: &SeatEntry<'_>,
        words: &[Word],
        findings: &mut Findings,
    ) {
        let product = &compiled.product;
        if product.levels.is_empty() {
            return;
        }
        let names = |roles: &mut dyn Iterator<Item = &RoleId>| {
            roles
                .map(|role| format!("`{}`", product.role_name(*role)))
                .collect::<Vec<_>>()
                .join(" and ")
        };
        let held = |role: &&RoleId| compiled.layout.role(**role).read(words).is_yes();
        let count = product.levels.iter().filter(held).count();
        if count == 1 {
            return;
        }
        let holds = match count {
            0 => "none".to_owned(),
            _ => names(&mut product.levels.iter().filter(held)),
        };
        let all = names(&mut product.levels.iter());
        let span = seat.roles.get(1);
        let span = span.map_or(seat.span, |second| second.name.span);
        self.report(
            &codes::LEVELS_NOT_ONE,
            span,
            &[&product.title, &all, &holds],
            findings,
        );
    }

    /// The firm, checked as a whole. `users` is where its list of users stands.
    pub(crate) fn finish(mut self, name: &str, users: Span, findings: &mut Findings) -> Firm {
        self.roster.set_name(name);
        self.check_holders(users, findings);
        Firm::with_roster(self.rulebook, self.roster).with_ends(self.ends)
    }

    /// Reports an unknown name of a seat. The help line names some that are known.
    fn unknown<'n>(
        &self,
        code: &'static Code,
        name: &SpannedStr<'_>,
        product: &str,
        known: impl Iterator<Item = &'n str> + Clone,
        findings: &mut Findings,
    ) {
        let finding = self.finding(code, name.span, &[&name.value, &product]);
        findings.push_with(finding, |finding| {
            let help = format!("known here: {}", listed(known.clone()));
            finding.with_help(help).with_nearest(&name.value, known)
        });
    }

    pub(crate) fn finding(
        &self,
        code: &'static Code,
        span: Span,
        words: &[&dyn std::fmt::Display],
    ) -> Finding {
        Finding::new(code, self.source.map(|source| source.place(span)), words)
    }

    pub(crate) fn report(
        &self,
        code: &'static Code,
        span: Span,
        words: &[&dyn std::fmt::Display],
        findings: &mut Findings,
    ) {
        findings.push(self.finding(code, span, words));
    }
}

/// A few names for a help line.
fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    const SHOWN: usize = 8;
    let mut names: Vec<&str> = names.take(SHOWN + 1).collect();
    if names.len() > SHOWN {
        names.truncate(SHOWN);
        names.push("…");
    }
    names.join(", ")
}

/// The span of an id that starts here. It is only the first byte if the id is written with quotes or escapes.
fn id_at(source: &Source, start: u32, id: &str) -> Span {
    let whole = Span::new(start as usize, start as usize + id.len());
    if source.slice(whole) == id {
        return whole;
    }
    Span {
        start,
        end: start + 1,
    }
}

/// A text without a place.
pub(crate) fn unplaced<'t>(text: impl Into<Cow<'t, str>>) -> SpannedStr<'t> {
    Spanned::new(text.into(), Span::default())
}
