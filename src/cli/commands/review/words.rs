//! A review in words: what every form of it says alike.

use std::collections::HashMap;

use clio_rules::{
    DifferenceAccess, FirmDifference, Grounds, Impossible, Review, ReviewAccess, ReviewAction,
    ReviewAnswer, ReviewConflict, ReviewDormant, ReviewNote, ReviewProduct, ReviewStep,
    ReviewTargets, UserDifference,
};

use crate::cli::differing;
use crate::cli::rows::short;

/// What everybody and everything in a review is called.
pub(super) struct ReviewNames<'r> {
    people: HashMap<&'r str, &'r str>,
    products: &'r [ReviewProduct],
}

impl<'r> ReviewNames<'r> {
    pub(super) fn of(review: &'r Review) -> Self {
        let people = review.people.iter();
        let people = people.map(|person| (person.user.as_str(), person.name.as_str()));
        let before = review.since.iter().flat_map(|since| &since.users);
        let before = before.map(|user| (user.user(), user.name()));
        Self {
            people: before.chain(people).collect(),
            products: &review.products,
        }
    }

    /// What people call a product.
    fn of_product(&self, id: &str) -> String {
        let mut products = self.products.iter();
        let found = products.find(|product| product.product == id);
        found.map_or(id, |product| &product.title).to_owned()
    }

    /// What people call an action.
    fn of_action<'n>(&'n self, product: &str, id: &'n str) -> &'n str {
        let products = self
            .products
            .iter()
            .filter(|known| known.product == product);
        let mut actions = products.flat_map(|product| &product.actions);
        let found = actions.find(|action| action.action == id);
        found.map_or(id, |action| &action.title)
    }

    /// What somebody is called, cut where it is very long.
    pub(super) fn of_user(&self, user: &str) -> String {
        short(self.people.get(user).copied().unwrap_or(user))
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
    let word = if answer.is_allowed() { "yes" } else { "no" };
    let Grounds {
        reason,
        rule,
        place,
        basis,
        section,
        site,
        ..
    } = &answer.grounds;
    let site = site.iter();
    let site: String = site.map(|site| format!("; where: {site}")).collect();
    let of_reason = answer.grounds.reason_basis.iter();
    let of_reason: String = of_reason
        .map(|basis| format!("; the reason is {basis}"))
        .collect();
    format!("{word}: {reason} [{rule} at {place}; {basis}{of_reason}; {section}{site}]")
}

/// What a note says, all of it.
pub(super) fn note(product: &ReviewProduct, note: &ReviewNote, names: &ReviewNames<'_>) -> String {
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

/// Who holds both sides of a conflict, and who is trusted with both: `Ana; trusted with both: Ben`.
pub(super) fn conflict(conflict: &ReviewConflict, names: &ReviewNames<'_>, most: usize) -> String {
    let who = match conflict.users.as_slice() {
        [] => "nobody".to_owned(),
        users => names.some(users, most),
    };
    match conflict.trusted.as_slice() {
        [] => who,
        trusted => format!("{who}; trusted with both: {}", names.some(trusted, most)),
    }
}

/// What somebody who is disabled still holds: `Administrator, Billing`.
pub(super) fn dormant(product: &ReviewProduct, dormant: &ReviewDormant) -> String {
    let roles = dormant.roles.iter().map(|id| role(product, id));
    let roles: Vec<&str> = roles.collect();
    roles.join(", ")
}

/// What people call a role.
pub(super) fn role<'r>(product: &'r ReviewProduct, id: &'r str) -> &'r str {
    let mut roles = product.roles.iter();
    let found = roles.find(|role| role.role == id);
    found.map_or(id, |role| &role.title)
}

/// What somebody is and holds that is different: `given billing in Clio Manage`.
pub(super) fn altered(user: &UserDifference, names: &ReviewNames<'_>) -> Vec<String> {
    let rows = differing::of_user(user, |product| names.of_product(product));
    let told = |(label, text): (&str, String)| match label {
        "outside" => text,
        label => format!("{label} {text}"),
    };
    rows.into_iter().map(told).collect()
}

/// Something that may be done in one state alone: `Create a bill`.
pub(super) fn access(access: &DifferenceAccess<'_>, names: &ReviewNames<'_>) -> String {
    let title = names.of_action(&access.product, &access.action);
    format!(
        "{title}{}",
        differing::beside(access, |user| names.of_user(user))
    )
}

/// Something that no permitted change makes so.
pub(super) fn impossible(impossible: &Impossible) -> String {
    format!(
        "no permitted change makes it so: {}",
        differing::of_impossible(impossible)
    )
}

/// The firm as a whole, where it is different: its name, its readings, and what was not planned.
pub(super) fn of_firm(since: &FirmDifference) -> Vec<String> {
    let renamed = since
        .firm
        .as_ref()
        .map(|renamed| format!("The firm was called {}", short(&renamed.from)));
    let readings = since.readings.iter();
    let readings =
        readings.map(|reading| format!("The firm reads {}", differing::of_reading(reading)));
    let unplanned = differing::of_unplanned(since);
    let all = renamed.into_iter().chain(readings).chain(unplanned);
    all.collect()
}
