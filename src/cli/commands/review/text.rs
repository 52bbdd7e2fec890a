//! A review on the terminal: short, for a first look.

use std::io::{self, Write};

use clio_rules::{FirmDifference, Review, ReviewProduct};

use super::words::{self, ReviewNames, people};
use crate::cli::rows::{section, short};
use crate::cli::terminal::Terminal;

/// Names that stand in a line.
const NAMED: usize = 4;

pub(super) fn write(review: &Review, terminal: &mut Terminal) -> io::Result<()> {
    let names = ReviewNames::of(review);
    let heading = terminal.paint.heading(short(&review.firm));
    let (all, disabled, without) = (people(review.users), review.disabled, review.without_seat);
    writeln!(
        terminal,
        "{heading}: {all}, {disabled} disabled, {without} without a seat"
    )?;
    for product in &review.products {
        of_product(product, &names, terminal)?;
    }
    match &review.since {
        Some(since) => differences(since, &names, terminal),
        None => Ok(()),
    }
}

fn of_product(
    product: &ReviewProduct,
    names: &ReviewNames<'_>,
    terminal: &mut Terminal,
) -> io::Result<()> {
    let roles = product.roles.iter().map(|role| {
        let brought = match role.brought {
            0 => String::new(),
            brought => format!(", brought to {brought} more"),
        };
        (
            role.title.as_str(),
            format!("held by {}{brought}", role.held),
        )
    });
    let heading = format!(
        "{}: {} seats, {} disabled, {} actions",
        product.title,
        product.seats,
        product.disabled,
        product.actions.len()
    );
    section(terminal, &heading, &roles.collect::<Vec<_>>())?;
    let steps = product.one_step.iter().map(|step| {
        let role = words::role(product, &step.role);
        let (users, by) = (names.some(&step.users, NAMED), names.some(&step.by, NAMED));
        (
            role,
            format!("{users}; by {}, made by {by}", words::step(step)),
        )
    });
    let steps: Vec<(&str, String)> = steps.collect();
    if !steps.is_empty() {
        section(terminal, "one change away from", &steps)?;
    }
    let dormant = product.dormant.iter().map(|dormant| {
        let user = names.of_user(&dormant.user);
        (user, words::dormant(product, dormant))
    });
    let dormant: Vec<(String, String)> = dormant.collect();
    if !dormant.is_empty() {
        section(
            terminal,
            "dormant: held by people who are disabled",
            &dormant,
        )?;
    }
    let conflicts = product.conflicts.iter().map(|conflict| {
        let who = words::conflict(conflict, names, NAMED);
        (conflict.title.as_str(), who)
    });
    let conflicts: Vec<(&str, String)> = conflicts.collect();
    if conflicts.is_empty() {
        Ok(())
    } else {
        section(terminal, "should not be in one hand", &conflicts)
    }
}

fn differences(
    since: &FirmDifference,
    names: &ReviewNames<'_>,
    terminal: &mut Terminal,
) -> io::Result<()> {
    let of_firm = words::of_firm(since).into_iter();
    let mut rows: Vec<(String, String)> =
        of_firm.map(|line| ("the firm".to_owned(), line)).collect();
    for user in &since.users {
        let mut parts = words::altered(user, names);
        for (word, list) in [("gains", user.gained()), ("loses", user.lost())] {
            match list.len() {
                0 => {}
                1 => parts.push(format!("{word} 1 action")),
                number => parts.push(format!("{word} {number} actions")),
            }
        }
        parts.extend(user.impossible().iter().map(words::impossible));
        rows.push((short(user.name()), parts.join("; ")));
    }
    if rows.is_empty() {
        rows.push(("nothing".to_owned(), "everything is as it was".to_owned()));
    }
    section(terminal, "since the last review", &rows)
}
