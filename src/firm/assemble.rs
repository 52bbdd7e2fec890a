//! Assembling a firm from users, wherever they come from, and checking what the rules say of every firm.

use std::collections::HashMap;
use std::sync::Arc;

use super::Firm;
use super::profile;
use super::roster::Roster;
use crate::explore::compile::Compiled;
use crate::explore::layout::Word;
use crate::finding::{Code, Finding, Findings, firm as codes, names as unknown};
use crate::link::product::RoleId;
use crate::rulebook::Rulebook;
use crate::text::{Source, Span, Spanned};
use crate::value::Value;
use crate::yaml::Text;

/// A user before names are known to exist.
pub(super) struct UserEntry {
    pub(super) id: Text,
    pub(super) name: Option<Text>,
    pub(super) enabled: bool,
    pub(super) seats: Vec<SeatEntry>,
}

/// A seat before names are known to exist.
pub(super) struct SeatEntry {
    /// Number of the product.
    pub(super) product: usize,
    pub(super) roles: Vec<Text>,
    pub(super) settings: Vec<(Text, Text)>,
    pub(super) span: Span,
}

/// Takes users one by one and checks them.
pub(super) struct Assembler<'a> {
    rulebook: &'a Rulebook,
    /// Where spans point into; none for a firm built in code.
    source: Option<&'a Arc<Source>>,
    roster: Roster,
    /// Where each user's id stands.
    starts: Vec<u32>,
    /// Who holds the roles that exactly one user holds, and where that stands.
    holders: HashMap<(usize, RoleId), Vec<(u32, Span)>>,
    /// Whether some user could not be read at all.
    is_missing_some: bool,
}

/// Users of one firm: numbers of users are 32 bits wide.
const MOST_USERS: usize = 100_000_000;

impl<'a> Assembler<'a> {
    pub(super) fn new(rulebook: &'a Rulebook, source: Option<&'a Arc<Source>>) -> Self {
        Self {
            rulebook,
            source,
            roster: Roster::new(rulebook, ""),
            starts: Vec::new(),
            holders: HashMap::new(),
            is_missing_some: false,
        }
    }

    /// Notes a user who could not be read: whatever nobody holds may be theirs.
    pub(super) fn miss(&mut self) {
        self.is_missing_some = true;
    }

    /// Adds a user; mistakes are reported and the rest of the user is still checked.
    pub(super) fn add(&mut self, entry: &UserEntry, findings: &mut Findings) {
        if self.roster.len() >= MOST_USERS {
            return self.report(
                &codes::TOO_MANY_USERS,
                entry.id.span,
                &[&MOST_USERS],
                findings,
            );
        }
        let of_product = |compiled: &Compiled| profile::no_seat(&compiled.layout, entry.enabled);
        let mut profiles: Vec<Vec<Word>> =
            self.rulebook.compiled().iter().map(of_product).collect();
        let number = self.roster.len() as u32;
        for seat in &entry.seats {
            let words = self.seat(entry, seat, number, findings);
            if let (Some(profile), Some(words)) = (profiles.get_mut(seat.product), words) {
                *profile = words;
            }
        }
        let name = entry.name.as_ref().map(|name| name.value.as_str());
        match self.roster.add(&entry.id.value, name, &profiles.concat()) {
            Ok(_) => self.starts.push(entry.id.span.start),
            Err(first) => {
                let finding =
                    self.finding(&codes::DUPLICATE_USER, entry.id.span, &[&entry.id.value]);
                findings.push(match (self.source, self.starts.get(first as usize)) {
                    (Some(source), Some(start)) => {
                        let span = id_at(source, *start, &entry.id.value);
                        finding.with_label(source.place(span), "first here")
                    }
                    _ => finding,
                });
            }
        }
    }

    fn seat(
        &mut self,
        entry: &UserEntry,
        seat: &SeatEntry,
        user: u32,
        findings: &mut Findings,
    ) -> Option<Vec<Word>> {
        let compiled = self.rulebook.product(seat.product)?;
        let (layout, product) = (&compiled.layout, &compiled.product);
        let mut words = profile::empty_seat(layout, product, entry.enabled);
        for name in &seat.roles {
            let Some(role) = product.names.roles.get(name.value.as_str()).copied() else {
                let known = product.roles.iter().map(|role| &*role.id);
                let finding = self.finding(
                    &unknown::UNKNOWN_ROLE,
                    name.span,
                    &[&name.value, &product.title],
                );
                let help = format!("known here: {}", listed(known.clone()));
                findings.push(finding.with_help(help).with_nearest(&name.value, known));
                continue;
            };
            if layout.role(role).read(&words).is_yes() {
                self.report(&codes::DUPLICATE_ROLE, name.span, &[&name.value], findings);
            }
            layout.role(role).write(&mut words, Value::YES);
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
        self.settings(compiled, seat, &mut words, findings);
        self.level(compiled, seat, &words, findings);
        Some(words)
    }

    fn settings(
        &self,
        compiled: &Compiled,
        seat: &SeatEntry,
        words: &mut [Word],
        findings: &mut Findings,
    ) {
        let product = &compiled.product;
        for (name, value) in &seat.settings {
            let number = product.names.settings.get(name.value.as_str()).copied();
            let Some((number, setting)) =
                number.and_then(|number| Some((number, product.setting(number)?)))
            else {
                let known = product
                    .settings
                    .iter()
                    .map(|setting| &*setting.id)
                    .chain(["roles"]);
                let finding = self.finding(
                    &unknown::UNKNOWN_SETTING,
                    name.span,
                    &[&name.value, &product.title],
                );
                let help = format!("known here: {}", listed(known.clone()));
                findings.push(finding.with_help(help).with_nearest(&name.value, known));
                continue;
            };
            match setting.domain.find(&value.value) {
                Some(value) => compiled.layout.setting(number).write(words, value),
                None => {
                    let values: Vec<&str> = setting.domain.words().collect();
                    let help = format!("its values are {}", values.join(", "));
                    let finding = self.finding(
                        &unknown::UNKNOWN_VALUE,
                        value.span,
                        &[&value.value, &setting.id],
                    );
                    findings.push(finding.with_help(help).with_nearest(&value.value, values));
                }
            }
        }
    }

    /// Where seats have levels, exactly one.
    fn level(
        &self,
        compiled: &Compiled,
        seat: &SeatEntry,
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
        let span = seat.roles.get(1).map_or(seat.span, |second| second.span);
        self.report(
            &codes::LEVELS_NOT_ONE,
            span,
            &[&product.title, &all, &holds],
            findings,
        );
    }

    /// The firm, checked as a whole. `users` is where its list of users stands.
    pub(super) fn finish(mut self, name: &str, users: Span, findings: &mut Findings) -> Firm {
        self.roster.set_name(name);
        for (number, compiled) in self.rulebook.compiled().iter().enumerate() {
            if self.roster.has_seats(number) {
                self.holders_of(number, compiled, users, findings);
            }
        }
        Firm::with_roster(self.rulebook, self.roster)
    }

    fn holders_of(
        &mut self,
        number: usize,
        compiled: &Compiled,
        users: Span,
        findings: &mut Findings,
    ) {
        for (role_number, role) in compiled.product.roles.iter().enumerate() {
            let Some(holders) = &role.holders else {
                continue;
            };
            let role_id = RoleId::from(role_number);
            let found = self.holders.remove(&(number, role_id)).unwrap_or_default();
            match found.as_slice() {
                [(user, span)] => {
                    self.roster.set_holder(number, role_id, *user);
                    let enabled = profile::is_enabled(self.roster.profile(number, *user));
                    if holders.enabled && !enabled {
                        let id = self.roster.id(*user);
                        self.report(&codes::HOLDER_DISABLED, *span, &[&id, &role.id], findings);
                    }
                }
                [] if self.is_missing_some => {}
                [] => {
                    let finding = self.finding(&codes::NO_HOLDER, users, &[&role.id]);
                    findings.push(
                        match self.usual_holder(number, holders.usually.as_deref()) {
                            Some(help) => finding.with_help(help),
                            None => finding,
                        },
                    );
                }
                many => self.too_many(&role.id, many, findings),
            }
        }
    }

    fn too_many(&self, role: &str, holders: &[(u32, Span)], findings: &mut Findings) {
        for (user, span) in holders.iter().take(Findings::KEPT) {
            let finding = self.finding(&codes::TOO_MANY_HOLDERS, *span, &[&holders.len(), &role]);
            let others = holders.iter().filter(|(other, _)| other != user).take(3);
            let finding = others.fold(finding, |finding, (other, span)| match self.source {
                Some(source) => finding.with_label(
                    source.place(*span),
                    format!("held by `{}`", self.roster.id(*other)),
                ),
                None => finding,
            });
            findings.push(finding);
        }
    }

    /// Who usually holds it: the hint of the rule file, and the name of the first user with a seat.
    fn usual_holder(&self, product: usize, usually: Option<&str>) -> Option<String> {
        let (first, _) = self
            .roster
            .profiles(product)
            .find(|(_, words)| profile::has_seat(words))?;
        let id = self.roster.id(first);
        usually.map(|usually| format!("it is usually {usually}: here that is `{id}`"))
    }

    pub(super) fn finding(
        &self,
        code: &'static Code,
        span: Span,
        words: &[&dyn std::fmt::Display],
    ) -> Finding {
        Finding::new(code, self.source.map(|source| source.place(span)), words)
    }

    pub(super) fn report(
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

/// Where an id stands that starts here: all of it, unless it is written in another way than it reads.
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

/// A text that stands nowhere.
pub(super) fn unplaced(text: &str) -> Text {
    Spanned::new(text.to_owned(), Span::default())
}
