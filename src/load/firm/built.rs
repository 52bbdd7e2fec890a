//! Firms built in code. They are checked as a file with the same content would be.

use std::borrow::Cow;
use std::collections::HashSet;

use super::FirmLoader;
use crate::finding::yaml::{DUPLICATE_KEY, EMPTY_VALUE};
use crate::finding::{Code, Finding, Findings, LoadError, names as unknown};
use crate::firm::assemble::{Assembler, NamedEntry, SeatEntry, UserEntry, unplaced};
use crate::firm::{Firm, Seat, User};
use crate::limits::Limits;
use crate::rulebook::Rulebook;
use crate::text::{Span, Spanned};
use crate::yaml;

/// What is wrong with a text, and the word for the message.
type Flaw = Option<(&'static Code, String)>;

impl Firm {
    /// Builds a firm in code. It refuses what no firm file can hold, so that [`Firm::to_yaml`] always gives a file that loads as
    /// this firm.
    ///
    /// # Errors
    /// [`LoadError`] with the findings of a file that says the same. They have no place; their
    /// [subject](Finding::subject) names the user.
    ///
    /// ```
    /// use clio_rules::{Firm, Rulebook, Seat, User};
    ///
    /// let ben = User::new("ben").seat(Seat::new("manage").role("biling"));
    /// let error = Firm::of_users(&Rulebook::builtin()?, "Sole", [ben]).unwrap_err();
    /// let subject = error.findings().iter().find_map(|finding| finding.subject()).expect("a role");
    /// assert_eq!((subject.user.as_deref(), subject.name.as_deref()), (Some("ben"), Some("biling")));
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn of_users(
        rulebook: &Rulebook,
        name: &str,
        users: impl IntoIterator<Item = User>,
    ) -> Result<Self, LoadError> {
        FirmLoader::new(rulebook).of_users(name, users)
    }

    /// Builds a firm from rows that can fail, such as those of a database. The first row that fails is the error, and no further
    /// one is read.
    ///
    /// # Errors
    /// The error of a row, or the [`LoadError`] of [`Firm::of_users`], in the caller's own type of error.
    ///
    /// ```
    /// use std::error::Error;
    ///
    /// use clio_rules::{Firm, Rulebook, Seat, User};
    ///
    /// fn user(row: &str) -> Result<User, Box<dyn Error>> {
    ///     let (id, roles) = row.split_once(':').ok_or("a row without a colon")?;
    ///     let seat = roles.split_whitespace().fold(Seat::new("manage"), Seat::role);
    ///     Ok(User::new(id).seat(seat))
    /// }
    ///
    /// let rulebook = Rulebook::builtin()?;
    /// let rows = ["ada: primary_subscriber", "ben: billing reports"];
    /// let firm: Result<Firm, Box<dyn Error>> = Firm::try_of_users(&rulebook, "Rows", rows.map(user));
    /// assert_eq!(firm?.roles("manage", "ben")?, ["reports", "billing"]);
    /// let failed: Result<Firm, Box<dyn Error>> = Firm::try_of_users(&rulebook, "Rows", ["ada"].map(user));
    /// assert_eq!(failed.unwrap_err().to_string(), "a row without a colon");
    /// # Ok::<(), Box<dyn Error>>(())
    /// ```
    pub fn try_of_users<E: From<LoadError>>(
        rulebook: &Rulebook,
        name: &str,
        rows: impl IntoIterator<Item = Result<User, E>>,
    ) -> Result<Self, E> {
        FirmLoader::new(rulebook).try_of_users(name, rows)
    }
}

impl FirmLoader<'_> {
    /// Builds a firm in code: [`Firm::of_users`].
    ///
    /// # Errors
    /// [`LoadError`] with the findings of a file that says the same, without places.
    pub fn of_users(
        &self,
        name: &str,
        users: impl IntoIterator<Item = User>,
    ) -> Result<Firm, LoadError> {
        let mut findings = Findings::new();
        let firm = firm_of(self, name, users, &mut findings);
        Firm::checked(firm, findings)
    }

    /// Builds a firm from rows that can fail: [`Firm::try_of_users`].
    ///
    /// # Errors
    /// The error of a row, or the [`LoadError`] of [`FirmLoader::of_users`], in the caller's own type of error.
    pub fn try_of_users<E: From<LoadError>>(
        &self,
        name: &str,
        rows: impl IntoIterator<Item = Result<User, E>>,
    ) -> Result<Firm, E> {
        let mut failed = None;
        let users = rows
            .into_iter()
            .map_while(|row| row.map_err(|error| failed = Some(error)).ok());
        let firm = self.of_users(name, users);
        failed.map_or_else(|| firm.map_err(E::from), Err)
    }
}

fn firm_of(
    loader: &FirmLoader<'_>,
    name: &str,
    users: impl IntoIterator<Item = User>,
    findings: &mut Findings,
) -> Option<Firm> {
    let rulebook = loader.rulebook;
    let mut assembler = Assembler::new(rulebook, loader.day, None);
    let mut file = FileSize::new(rulebook.limits());
    file.part(&[name]);
    let help = "the firm has no name: give it one";
    report(
        yaml::flaw_of_text(name),
        "the name of the firm",
        help,
        findings,
    );
    for (number, user) in (1..).zip(users) {
        file.user(&user);
        with_entry(
            rulebook,
            (number, &user),
            findings,
            |entry, findings| match entry {
                Some(entry) => assembler.add(entry, findings),
                None => assembler.miss(),
            },
        );
        if number > rulebook.limits().users {
            break;
        }
    }
    let firm = assembler.finish(name, Span::default(), findings);
    if findings.has_errors() || file.is_usual {
        return Some(firm);
    }
    read_back(&firm, findings)
}

/// Checks the texts of a user, counted from one, and passes the entry on; none where a file could not hold it. What is found is about
/// this user.
pub(super) fn with_entry(
    rulebook: &Rulebook,
    (number, user): (usize, &User),
    findings: &mut Findings,
    with: impl FnOnce(Option<&UserEntry<'_>>, &mut Findings),
) {
    let mut found = Findings::new();
    let mut check = UserCheck {
        rulebook,
        number,
        is_sound: true,
        findings: &mut found,
    };
    let entry = check.user(user);
    with(entry.as_ref(), &mut found);
    findings.append(found.map(|finding| finding.of_user(&user.id)));
}

/// The firm after it was written as a file and read again. Only the reader knows whether it accepts very long or unusual texts.
pub(super) fn read_back(firm: &Firm, findings: &mut Findings) -> Option<Firm> {
    let loader = FirmLoader::new(&firm.rulebook).on_day_of(firm.day());
    match loader.from_text(firm.name(), &firm.to_yaml()) {
        Ok(read) => Some(read),
        Err(error) => {
            let found = error.into_findings().into_iter();
            found.for_each(|finding| findings.push(finding.without_place()));
            None
        }
    }
}

/// Reports what is wrong with a text. Returns whether it is sound.
fn report(flaw: Flaw, what: &str, help: &str, findings: &mut Findings) -> bool {
    let Some((code, word)) = flaw else {
        return true;
    };
    let finding = Finding::new(code, None, &[&word]).and(&format!("in {what}"));
    findings.push(if code == &EMPTY_VALUE {
        finding.with_help(help)
    } else {
        finding
    });
    false
}

/// The check of one user's texts.
struct UserCheck<'c> {
    rulebook: &'c Rulebook,
    /// Which user it is, counted from one: an id may be what is wrong.
    number: usize,
    /// Whether everything so far can stand in a file.
    is_sound: bool,
    findings: &'c mut Findings,
}

impl UserCheck<'_> {
    /// The entry. There is none if a file could not hold it.
    fn user<'u>(&mut self, user: &'u User) -> Option<UserEntry<'u>> {
        self.text(&user.id, "the id", "a user has an empty id: give them one");
        if let Some(name) = &user.name {
            self.text(name, "the name", "a user has an empty name: leave it out");
        }
        self.no_key_twice(user.seats.iter().map(|seat| &*seat.product));
        let seats = user.seats.iter().filter_map(|seat| self.seat(seat));
        let entry = UserEntry {
            id: unplaced(user.id.as_str()),
            name: user.name.as_deref().map(Cow::Borrowed),
            enabled: user.enabled,
            seats: seats.collect(),
        };
        self.is_sound.then_some(entry)
    }

    /// A seat. There is none if nobody declared the product; the rest of the user is still checked.
    fn seat<'s>(&mut self, seat: &'s Seat) -> Option<SeatEntry<'s>> {
        let is_sound = self.key(&seat.product, "the product of a seat");
        let ending = seat.until.iter().map(|(role, _)| role);
        for role in seat.roles.iter().chain(ending) {
            self.text(role, "a role", "leave the role out");
        }
        for (name, value) in &seat.settings {
            self.key(name, "the name of a setting");
            self.text(value, "the value of a setting", "leave the setting out");
        }
        self.no_key_twice(seat.settings.iter().map(|(name, _)| &**name));
        let Some(product) = self.rulebook.product_number(&seat.product) else {
            if is_sound {
                let finding = Finding::new(&unknown::UNKNOWN_PRODUCT, None, &[&seat.product]);
                let known = self.rulebook.products();
                self.findings
                    .push(finding.with_nearest(&seat.product, known));
            }
            return None;
        };
        let roles = seat.roles.iter().map(|role| (role, None));
        let until = seat.until.iter();
        let until = until.map(|(role, day)| (role, Some(Spanned::new(*day, Span::default()))));
        let roles = roles.chain(until).map(|(role, until)| NamedEntry {
            name: unplaced(role.as_str()),
            until,
        });
        let settings = seat
            .settings
            .iter()
            .map(|(name, value)| (unplaced(name.as_str()), unplaced(value.as_str())));
        Some(SeatEntry {
            product,
            roles: roles.collect(),
            settings: settings.collect(),
            span: Span::default(),
        })
    }

    fn text(&mut self, text: &str, what: &str, help: &str) -> bool {
        self.flaw(yaml::flaw_of_text(text), what, help)
    }

    fn key(&mut self, key: &str, what: &str) -> bool {
        self.flaw(yaml::flaw_of_key(key), what, "")
    }

    fn flaw(&mut self, flaw: Flaw, what: &str, help: &str) -> bool {
        let is_sound = flaw.is_none();
        if !is_sound {
            let what = format!("{what} of user {}", self.number);
            report(flaw, &what, help, self.findings);
        }
        self.is_sound &= is_sound;
        is_sound
    }

    /// In a file, products are keys of a user and settings are keys of a seat.
    fn no_key_twice<'k>(&mut self, keys: impl Iterator<Item = &'k str>) {
        let mut known = HashSet::new();
        for key in keys.filter(|key| !known.insert(*key)) {
            let finding = Finding::new(&DUPLICATE_KEY, None, &[&key]);
            let user = format!("in user {}", self.number);
            self.findings.push(finding.and(&user));
            self.is_sound = false;
        }
    }
}

/// The largest size that the firm file can have, and whether the quick reader surely reads it.
pub(super) struct FileSize<'l> {
    limits: &'l Limits,
    bytes: usize,
    pub(super) is_usual: bool,
}

impl<'l> FileSize<'l> {
    /// How deep a firm file is nested, with one level to spare for a list of roles.
    const DEPTH: usize = 8;
    /// Bytes beside the texts: of a user, a seat or a setting, with its key, its indentation and its brackets.
    const BESIDE: usize = 40;

    pub(super) fn new(limits: &'l Limits) -> Self {
        Self {
            limits,
            bytes: 0,
            is_usual: limits.depth >= Self::DEPTH,
        }
    }

    pub(super) fn user(&mut self, user: &User) {
        let mut texts = vec![&*user.id];
        texts.extend(user.name.as_deref());
        for seat in &user.seats {
            texts.push(&seat.product);
            let until = seat.until.iter().map(|(role, _)| role);
            texts.extend(seat.roles.iter().chain(until).map(String::as_str));
            let settings = seat.settings.iter();
            texts.extend(settings.flat_map(|(name, value)| [&**name, &**value]));
        }
        self.part(&texts);
    }

    /// Something that is read in one piece: a user, or what stands outside of users.
    fn part(&mut self, texts: &[&str]) {
        // In quotes a text can become twice as long.
        let size = |text: &&str| 2 * text.len() + Self::BESIDE;
        let bytes = texts.iter().map(size).sum::<usize>() + 2 * Self::BESIDE;
        self.bytes = self.bytes.saturating_add(bytes);
        let limits = self.limits;
        self.is_usual &= bytes < limits.events_per_user.min(limits.events) / 2
            && self.bytes < limits.firm_bytes
            && texts.iter().all(|text| yaml::is_usually_written(text));
    }
}

#[cfg(test)]
mod tests;
