//! A review in words: what every form of it says alike.

use std::collections::HashMap;

use clio_rules::{
    Review, ReviewAccess, ReviewAction, ReviewAlteration, ReviewAnswer, ReviewNote, ReviewProduct,
    ReviewShift, ReviewStep, ReviewTargets,
};

/// Characters of a name that are shown; a longer one is cut, and says so.
const LONGEST: usize = 60;

/// The names of everybody.
pub(super) struct Names<'r>(HashMap<&'r str, &'r str>);

impl<'r> Names<'r> {
    pub(super) fn of(review: &'r Review) -> Self {
        let people = review.people.iter();
        let left = review.since.iter().flat_map(|since| &since.left);
        let names = left.chain(people);
        Self(
            names
                .map(|person| (person.user.as_str(), person.name.as_str()))
                .collect(),
        )
    }

    /// What somebody is called, cut where it is very long.
    pub(super) fn of_user(&self, user: &str) -> String {
        short(self.0.get(user).copied().unwrap_or(user))
    }

    /// Some people: all where they are few, else the first of them with the number of the others.
    pub(super) fn some(&self, users: &[String], most: usize) -> String {
        let named = if users.len() <= most + 1 {
            users.len()
        } else {
            most
        };
        let names = users.iter().take(named).map(|user| self.of_user(user));
        let names: Vec<String> = names.collect();
        match users.len() - named {
            0 => names.join(", "),
            others => format!("{} and {others} others", names.join(", ")),
        }
    }
}

/// A text that fits a line.
pub(super) fn short(text: &str) -> String {
    let mut chars = text.chars();
    let mut short: String = chars.by_ref().take(LONGEST).collect();
    if chars.next().is_some() {
        short.push('…');
    }
    short
}

/// `1 person`, `2 people`.
pub(super) fn people(number: usize) -> String {
    match number {
        1 => "1 person".to_owned(),
        number => format!("{number} people"),
    }
}

/// What a cell says.
pub(super) fn cell(access: ReviewAccess) -> &'static str {
    match access {
        ReviewAccess::Allow => "yes",
        ReviewAccess::Deny => "no",
        other => other.word(),
    }
}

/// An action with its facts: `Open a matter, matter_access = everyone`.
pub(super) fn action(action: &ReviewAction) -> String {
    let facts = action.facts.iter();
    facts.fold(action.title.clone(), |title, (name, value)| {
        format!("{title}, {name} = {value}")
    })
}

/// The rule behind an answer, in one line.
pub(super) fn answer(answer: &ReviewAnswer) -> String {
    let word = if answer.is_allowed { "yes" } else { "no" };
    let ReviewAnswer {
        reason,
        rule,
        place,
        basis,
        section,
        ..
    } = answer;
    let site = answer.site.iter();
    let site: String = site.map(|site| format!("; where: {site}")).collect();
    format!("{word}: {reason} [{rule} at {place}; {basis}; {section}{site}]")
}

/// What a note says, all of it.
pub(super) fn note(product: &ReviewProduct, note: &ReviewNote, names: &Names<'_>) -> String {
    let column = product.actions.get(note.column);
    let mut text = column.map(action).unwrap_or_default();
    for one in &note.answers {
        let on = match &one.on {
            None => String::new(),
            Some(ReviewTargets::Themselves) => " on themselves".to_owned(),
            Some(ReviewTargets::Others(1)) => " on 1 other".to_owned(),
            Some(ReviewTargets::Others(count)) => format!(" on {count} others"),
            Some(ReviewTargets::Users(users)) => {
                let named = users.iter().map(|user| names.of_user(user));
                format!(" on {}", named.collect::<Vec<_>>().join(", "))
            }
        };
        text.push_str(&format!(
            "\n{}",
            format!("{on} {}", answer(one)).trim_start()
        ));
    }
    text
}

/// The change of a step: `Grant a permission (grant administrator)`.
pub(super) fn step(step: &ReviewStep) -> String {
    let words = std::iter::once(&step.change).chain(&step.arguments);
    let words: Vec<&str> = words.map(String::as_str).collect();
    format!("{} ({})", step.title, words.join(" "))
}

/// What people call a role.
pub(super) fn role<'r>(product: &'r ReviewProduct, id: &'r str) -> &'r str {
    let mut roles = product.roles.iter();
    let found = roles.find(|role| role.role == id);
    found.map_or(id, |role| &role.title)
}

/// One thing that is different: `manage: billing_rate_visibility all -> own`.
pub(super) fn alteration(altered: &ReviewAlteration) -> String {
    let ReviewAlteration { what, from, to, .. } = altered;
    let product = altered.product.iter();
    let product: String = product.map(|product| format!("{product}: ")).collect();
    match (from.as_str(), to.as_str()) {
        ("false", "true") => format!("{product}{what}"),
        ("true", "false") => format!("{product}no longer {what}"),
        _ => format!("{product}{what} {} -> {}", short(from), short(to)),
    }
}

/// A cell that turned: `Create a bill (no -> yes)`.
pub(super) fn shift(shift: &ReviewShift) -> String {
    let facts = shift.facts.iter();
    let facts: String = facts
        .map(|(name, value)| format!(", {name} = {value}"))
        .collect();
    let ReviewShift {
        title, from, to, ..
    } = shift;
    format!("{title}{facts} ({} -> {})", cell(*from), cell(*to))
}
