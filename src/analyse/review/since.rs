//! What is different since an earlier state of the firm: people, roles, settings, and cells that turned.

use serde::Serialize;

use super::access::ReviewAccess;
use super::holders::{self, Brought, ReviewPerson, holds};
use super::product::{self, ReviewProduct};
use crate::answer::{AskError, as_map};
use crate::explore::compile::Compiled;
use crate::explore::layout::Word;
use crate::firm::{Firm, has_seat, is_enabled};
use crate::link::product::{RoleId, SettingId};

/// What is different since an earlier state of a firm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReviewSince {
    /// What the firm was called then.
    pub firm: String,
    /// How many people there were.
    pub users: usize,
    /// Ids of those who are new.
    pub joined: Vec<String>,
    /// Those who are here no more, with what they held.
    pub left: Vec<ReviewPerson>,
    /// How the firm reads the document differently.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<ReviewAlteration>,
    /// Those who were here then and now and for whom something is different.
    pub altered: Vec<ReviewPersonChange>,
}

/// What is different for one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReviewPersonChange {
    /// Their id.
    pub user: String,
    /// What they are and hold that is different.
    pub altered: Vec<ReviewAlteration>,
    /// What they may do more.
    pub gained: Vec<ReviewShift>,
    /// What they may do less.
    pub lost: Vec<ReviewShift>,
}

/// One thing that is different.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReviewAlteration {
    /// Id of the product, of what belongs to one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// What it is: `name`, `enabled`, `seat`, `holds billing`, or a setting or reading by its id.
    pub what: String,
    /// What it was.
    pub from: String,
    /// What it is now.
    pub to: String,
}

/// A cell that turned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReviewShift {
    /// Id of the product.
    pub product: String,
    /// Id of the action.
    pub action: String,
    /// What people call it.
    pub title: String,
    /// Its facts.
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "as_map")]
    pub facts: Vec<(String, String)>,
    /// What the cell said.
    pub from: ReviewAccess,
    /// What it says now.
    pub to: ReviewAccess,
}

impl ReviewSince {
    pub(super) fn keep_product(&mut self, product: &str) {
        let is_kept = |altered: &ReviewAlteration| {
            let of = altered.product.as_deref();
            of.is_none_or(|of| of == product)
        };
        self.readings.retain(is_kept);
        for person in &mut self.altered {
            person.altered.retain(is_kept);
            person.gained.retain(|shift| shift.product == product);
            person.lost.retain(|shift| shift.product == product);
        }
        self.altered.retain(ReviewPersonChange::is_any);
    }
}

impl ReviewPersonChange {
    /// Whether anything is different.
    fn is_any(&self) -> bool {
        !(self.altered.is_empty() && self.gained.is_empty() && self.lost.is_empty())
    }
}

pub(super) fn of(
    firm: &Firm,
    products: &[ReviewProduct],
    old: &Firm,
) -> Result<ReviewSince, AskError> {
    old.is_reviewable()?;
    let all = 0..old.rulebook.compiled().len();
    let brought = all.map(|product| Brought::of(old, product));
    let brought = brought.collect::<Result<Vec<_>, _>>()?;
    let parts = brought.iter().enumerate();
    let before = parts.map(|(number, brought)| product::of(old, number, brought));
    let before = before.collect::<Result<Vec<_>, _>>()?;
    let is_new = |user: &&str| old.roster.find(user).is_none();
    let has_left = |user: &u32| firm.roster.find(old.roster.id(*user)).is_none();
    let left = (0..old.roster.len() as u32).filter(has_left);
    let stayed = (0..firm.roster.len() as u32)
        .filter_map(|user| Some((user, old.roster.find(firm.roster.id(user))?)));
    let altered = stayed.map(|(to, from)| person([firm, old], [products, &before], [to, from]));
    Ok(ReviewSince {
        firm: old.name().to_owned(),
        users: old.roster.len(),
        joined: firm.users().filter(is_new).map(str::to_owned).collect(),
        left: left
            .map(|user| holders::person(old, user, &brought, &before))
            .collect(),
        readings: readings(products, &before),
        altered: altered.filter(ReviewPersonChange::is_any).collect(),
    })
}

fn readings(now: &[ReviewProduct], before: &[ReviewProduct]) -> Vec<ReviewAlteration> {
    let products = now.iter().zip(before);
    let all = products.flat_map(|(now, before)| {
        let readings = now.readings.iter().zip(&before.readings);
        readings.map(|(now_read, read)| (&now.product, read, now_read))
    });
    let different = all.filter(|(_, from, to)| from.choice != to.choice);
    different
        .map(|(product, from, to)| ReviewAlteration {
            product: Some(product.clone()),
            what: to.reading.clone(),
            from: from.choice.to_string(),
            to: to.choice.to_string(),
        })
        .collect()
}

/// What is different for one person, now first and then before.
fn person(
    firms: [&Firm; 2],
    products: [&[ReviewProduct]; 2],
    users: [u32; 2],
) -> ReviewPersonChange {
    let ([firm, old], [user, was]) = (firms, users);
    let mut altered = Vec::new();
    let [name, former] = [firm.roster.name_of(user), old.roster.name_of(was)];
    alter(&mut altered, None, "name", [former, name]);
    let enabled = |firm: &Firm, user| is_enabled(firm.roster.profile(0, user)).to_string();
    let [to, from] = [enabled(firm, user), enabled(old, was)];
    alter(&mut altered, None, "enabled", [&from, &to]);
    for (number, compiled) in firm.rulebook.compiled().iter().enumerate() {
        let from = old.roster.profile(number, was);
        seat(
            compiled,
            [from, firm.roster.profile(number, user)],
            &mut altered,
        );
    }
    let mut change = ReviewPersonChange {
        user: firm.roster.id(user).to_owned(),
        altered,
        gained: Vec::new(),
        lost: Vec::new(),
    };
    let [now, before] = products;
    for (now, before) in now.iter().zip(before) {
        shifts(now, before, users, &mut change);
    }
    change
}

fn alter(
    altered: &mut Vec<ReviewAlteration>,
    product: Option<&str>,
    what: &str,
    [from, to]: [&str; 2],
) {
    if from != to {
        altered.push(ReviewAlteration {
            product: product.map(str::to_owned),
            what: what.to_owned(),
            from: from.to_owned(),
            to: to.to_owned(),
        });
    }
}

/// What is different about a seat.
fn seat(compiled: &Compiled, sides: [&[Word]; 2], altered: &mut Vec<ReviewAlteration>) {
    let product = &compiled.product;
    let id = Some(&*product.id);
    let flag = |yes: bool| if yes { "true" } else { "false" };
    let [from, to] = sides.map(has_seat);
    alter(altered, id, "seat", [from, to].map(flag));
    for (number, role) in product.roles.iter().enumerate() {
        let held = sides.map(|words| holds(compiled, words, RoleId::from(number)));
        alter(altered, id, &format!("holds {}", role.id), held.map(flag));
    }
    // A seat that was not there has no settings.
    if from && to {
        for (number, setting) in product.settings.iter().enumerate() {
            let field = compiled.layout.setting(SettingId::from(number));
            let words = sides.map(|words| setting.domain.word(field.read(words)));
            alter(altered, id, &setting.id, words);
        }
    }
}

/// The cells of a person that turned.
fn shifts(
    now: &ReviewProduct,
    before: &ReviewProduct,
    [user, was]: [u32; 2],
    change: &mut ReviewPersonChange,
) {
    for (column, action) in now.actions.iter().enumerate() {
        let access = |product: &ReviewProduct, user| {
            let note = product.note_of(user, column);
            let none = match action.on_target {
                true => ReviewAccess::Nobody,
                false => ReviewAccess::Deny,
            };
            note.map_or(none, |note| note.access)
        };
        let (from, to) = (access(before, was), access(now, user));
        if from == to {
            continue;
        }
        let shift = ReviewShift {
            product: now.product.clone(),
            action: action.action.clone(),
            title: action.title.clone(),
            facts: action.facts.clone(),
            from,
            to,
        };
        match to.width() > from.width() {
            true => change.gained.push(shift),
            false => change.lost.push(shift),
        }
    }
}
