//! Firms built up in code.

use std::borrow::Cow;

use super::Firm;
use super::assemble::{Assembler, SeatEntry, UserEntry, unplaced};
use crate::finding::yaml::EMPTY_VALUE;
use crate::finding::{Finding, Findings, names as unknown};
use crate::rulebook::Rulebook;
use crate::text::Span;

/// A user of a firm that is built in code.
///
/// ```
/// use clio_rules::{Seat, User};
///
/// let user = User::new("wren").name("Wren Okafor").seat(Seat::new("grow").role("normal"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    id: String,
    name: Option<String>,
    enabled: bool,
    seats: Vec<Seat>,
}

/// A user's seat in one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    product: String,
    roles: Vec<String>,
    settings: Vec<(String, String)>,
}

impl User {
    /// An enabled user without a seat.
    pub fn new(id: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            name: None,
            enabled: true,
            seats: Vec::new(),
        }
    }

    /// Gives the user a name for people to read.
    #[must_use]
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Disables the user.
    #[must_use]
    pub fn disabled(mut self) -> Self {
        self.enabled = false;
        self
    }

    /// Gives the user a seat.
    #[must_use]
    pub fn seat(mut self, seat: Seat) -> Self {
        self.seats.push(seat);
        self
    }
}

impl Seat {
    /// A seat in a product, without roles and with every setting at its default.
    pub fn new(product: impl Into<String>) -> Self {
        Self {
            product: product.into(),
            roles: Vec::new(),
            settings: Vec::new(),
        }
    }

    /// Adds a role.
    #[must_use]
    pub fn role(mut self, role: impl Into<String>) -> Self {
        self.roles.push(role.into());
        self
    }

    /// Sets a setting, for instance `("billing_rate_visibility", "own")`.
    #[must_use]
    pub fn setting(mut self, setting: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.push((setting.into(), value.into()));
        self
    }
}

pub(super) fn firm_of(
    rulebook: &Rulebook,
    name: &str,
    users: impl IntoIterator<Item = User>,
    findings: &mut Findings,
) -> Option<Firm> {
    let mut assembler = Assembler::new(rulebook, None);
    refuse_empty(name, "the firm has no name: give it one", findings);
    for user in users {
        refuse_empty(&user.id, "a user has an empty id: give them one", findings);
        if let Some(name) = &user.name {
            refuse_empty(name, "a user has an empty name: leave it out", findings);
        }
        let seats = user
            .seats
            .iter()
            .filter_map(|seat| entry_of(rulebook, seat, findings))
            .collect();
        let entry = UserEntry {
            id: unplaced(user.id.as_str()),
            name: user.name.as_deref().map(Cow::Borrowed),
            enabled: user.enabled,
            seats,
        };
        assembler.add(&entry, findings);
    }
    Some(assembler.finish(name, Span::default(), findings))
}

/// What no file can say, since a text in one is never empty, is not said in code either.
fn refuse_empty(text: &str, help: &str, findings: &mut Findings) {
    if text.trim().is_empty() {
        findings.push(Finding::new(&EMPTY_VALUE, None, &[]).with_help(help));
    }
}

fn entry_of<'s>(
    rulebook: &Rulebook,
    seat: &'s Seat,
    findings: &mut Findings,
) -> Option<SeatEntry<'s>> {
    let Some(product) = rulebook.product_number(&seat.product) else {
        let finding = Finding::new(&unknown::UNKNOWN_PRODUCT, None, &[&seat.product]);
        findings.push_with(finding, |finding| {
            finding.with_nearest(&seat.product, rulebook.products())
        });
        return None;
    };
    Some(SeatEntry {
        product,
        roles: seat
            .roles
            .iter()
            .map(|role| unplaced(role.as_str()))
            .collect(),
        settings: seat
            .settings
            .iter()
            .map(|(name, value)| (unplaced(name.as_str()), unplaced(value.as_str())))
            .collect(),
        span: Span::default(),
    })
}
