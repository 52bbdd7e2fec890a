//! A review as comma-separated values: a line for each answer to each person, and what else is to be known about them in its
//! last columns.

use std::io;

use clio_rules::{Review, ReviewConflict, ReviewProduct, ReviewTargets};

use crate::cli::terminal::Terminal;

const HEAD: [&str; 16] = [
    "product",
    "user",
    "name",
    "enabled",
    "action",
    "facts",
    "access",
    "on",
    "decision",
    "rule",
    "reason",
    "basis",
    "place",
    "dormant",
    "conflicts",
    "trusted",
];

pub(super) fn write(review: &Review, terminal: &mut Terminal) -> io::Result<()> {
    let mut lines = csv::Writer::from_writer(terminal);
    lines.write_record(HEAD)?;
    for product in &review.products {
        for person in &review.people {
            let mut seats = person.seats.iter();
            let Some(seat) = seats.find(|seat| seat.product == product.product) else {
                continue;
            };
            let beside = beside(product, &person.user);
            for (column, action) in product.actions.iter().enumerate() {
                let note = product.note(seat.row, column);
                for answer in note.into_iter().flat_map(|note| &note.answers) {
                    let access = note.map_or("", |note| note.access.word());
                    let facts = action.facts.iter();
                    let facts = facts.map(|(name, value)| format!("{name}={value}"));
                    let grounds = &answer.grounds;
                    let basis = grounds.basis.to_string();
                    lines.write_record([
                        product.product.as_str(),
                        &person.user,
                        &person.name,
                        if person.enabled { "true" } else { "false" },
                        &action.action,
                        &facts.collect::<Vec<_>>().join(" "),
                        access,
                        &on(answer.on.as_ref()),
                        if answer.is_allowed() { "allow" } else { "deny" },
                        &grounds.rule,
                        &grounds.reason,
                        &basis,
                        &grounds.place,
                        &beside[0],
                        &beside[1],
                        &beside[2],
                    ])?;
                }
            }
        }
    }
    lines.flush()
}

/// The dormant roles of somebody, the conflicts that they hold, and those that a role lets pass.
fn beside(product: &ReviewProduct, user: &String) -> [String; 3] {
    let dormant = product.dormant.iter().filter(|one| one.user == *user);
    let dormant = dormant.flat_map(|one| &one.roles);
    let conflicts = |of: fn(&ReviewConflict) -> &Vec<String>| {
        let held = product.conflicts.iter();
        let held = held.filter(|conflict| of(conflict).contains(user));
        held.map(|conflict| conflict.conflict.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    [
        dormant.map(String::as_str).collect::<Vec<_>>().join(" "),
        conflicts(|conflict| &conflict.users),
        conflicts(|conflict| &conflict.trusted),
    ]
}

fn on(targets: Option<&ReviewTargets>) -> String {
    match targets {
        None => String::new(),
        Some(ReviewTargets::Themselves) => "themselves".to_owned(),
        Some(ReviewTargets::Others(count)) => format!("{count} others"),
        Some(ReviewTargets::Users(users)) => users.join(" "),
    }
}
