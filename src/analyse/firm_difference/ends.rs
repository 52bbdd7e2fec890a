//! Entries of both states that end on another day.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::pairs::Pair;
use crate::firm::Firm;
use crate::firm::ends::EntryPlace;
use crate::link::product::RoleId;
use crate::value::Day;

/// How long an entry holds in one state of a firm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EntryTerm {
    /// The firm file has no such entry.
    NoEntry,
    /// It holds without an end.
    NoEnd,
    /// Its last day. It may have passed.
    Until(Day),
}

impl fmt::Display for EntryTerm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoEntry => f.write_str("no entry"),
            Self::NoEnd => f.write_str("no end"),
            Self::Until(day) => write!(f, "until {day}"),
        }
    }
}

/// A role of a user that ends on another day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RoleEndChange {
    /// Id of the product.
    pub product: Arc<str>,
    /// Id of the role.
    pub role: Arc<str>,
    /// How long it held.
    pub from: EntryTerm,
    /// How long it holds.
    pub to: EntryTerm,
}

/// A member of a group, or an entry of a list of a thing, that ends on another day.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MemberEndChange {
    /// Id of the list; `members` of a group.
    pub part: Arc<str>,
    /// Id of the person or group that the entry is about.
    pub member: Arc<str>,
    /// How long it held.
    pub from: EntryTerm,
    /// How long it holds.
    pub to: EntryTerm,
}

/// The roles of a person that end on another day. Nothing is compared of somebody who does not exist in both states.
pub(super) fn role_ends(firms: [&Firm; 2], pair: Pair) -> Vec<RoleEndChange> {
    let [Some(before), Some(after)] = pair else {
        return Vec::new();
    };
    let [old, new] = firms;
    let of_old = old.ends.roles(before);
    let of_new = new.ends.roles(after);
    let ending = of_old
        .chain(of_new)
        .map(|(product, role, _)| (product, role));
    let mut ending: Vec<(usize, RoleId)> = ending.collect();
    ending.sort_unstable();
    ending.dedup();
    let changes = ending.into_iter().filter_map(|(number, role)| {
        let product = &old.rulebook.product(number)?.product;
        let from = role_term(old, before, (number, role));
        let to = role_term(new, after, (number, role));
        (from != to).then(|| RoleEndChange {
            product: Arc::clone(&product.id),
            role: product.role_name(role).into(),
            from,
            to,
        })
    });
    changes.collect()
}

/// How long a user has a role.
fn role_term(firm: &Firm, user: u32, (product, role): (usize, RoleId)) -> EntryTerm {
    let place = EntryPlace::Role {
        user,
        product,
        role,
    };
    if let Some(day) = firm.ends.until(place) {
        return EntryTerm::Until(day);
    }
    let words = firm.roster.profile(product, user);
    let compiled = firm.rulebook.product(product);
    if compiled.is_some_and(|of| of.layout.role(role).read(words).is_yes()) {
        EntryTerm::NoEnd
    } else {
        EntryTerm::NoEntry
    }
}
