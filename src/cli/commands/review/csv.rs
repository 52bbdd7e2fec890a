//! A review as comma-separated values: a line for each answer to each person.

use std::io;

use clio_rules::{Review, ReviewTargets};

use crate::cli::terminal::Terminal;

const HEAD: [&str; 13] = [
    "product", "user", "name", "enabled", "action", "facts", "access", "on", "decision", "rule",
    "reason", "basis", "place",
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
                    ])?;
                }
            }
        }
    }
    lines.flush()
}

fn on(targets: Option<&ReviewTargets>) -> String {
    match targets {
        None => String::new(),
        Some(ReviewTargets::Themselves) => "themselves".to_owned(),
        Some(ReviewTargets::Others(count)) => format!("{count} others"),
        Some(ReviewTargets::Users(users)) => users.join(" "),
    }
}
