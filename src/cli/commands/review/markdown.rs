//! A review as Markdown.

use std::io::{self, Write};

use clio_rules::{FirmDifference, Review, ReviewPerson, ReviewProduct};

use super::words::{self, ReviewNames, people};
use crate::cli::commands::matrix::markdown::escape;
use crate::cli::rows::short;
use crate::cli::terminal::Terminal;

/// Names that stand in a cell.
const NAMED: usize = 8;

pub(super) fn write(review: &Review, terminal: &mut Terminal) -> io::Result<()> {
    let names = ReviewNames::of(review);
    let line = |text: &str| escape(&short(text)).replace(['\n', '\r'], " ");
    writeln!(terminal, "# Access review: {}\n", line(&review.firm))?;
    let (all, disabled, without) = (people(review.users), review.disabled, review.without_seat);
    writeln!(
        terminal,
        "{all}, {disabled} disabled, {without} without a seat."
    )?;
    for product in &review.products {
        of_product(product, &names, terminal)?;
    }
    writeln!(terminal, "\n## Who holds what\n")?;
    writeln!(
        terminal,
        "| person | id | enabled | holds |\n|---|---|---|---|"
    )?;
    for person in &review.people {
        let (name, id) = (line(&person.name), line(&person.user));
        let enabled = if person.enabled { "yes" } else { "**no**" };
        let seats = escape(&seats(person));
        writeln!(terminal, "| {name} | {id} | {enabled} | {seats} |")?;
    }
    match &review.since {
        Some(since) => differences(since, &names, terminal),
        None => Ok(()),
    }
}

/// What somebody holds, seat by seat.
fn seats(person: &ReviewPerson) -> String {
    let seats = person.seats.iter().map(|seat| {
        let brought = seat.brought.iter();
        let brought = brought.map(|role| format!("{} through {}", role.role, role.by));
        let settings = seat.settings.iter();
        let settings = settings.map(|setting| format!("{} = {}", setting.setting, setting.value));
        let held = seat.holds.iter().cloned().chain(brought).chain(settings);
        let held: Vec<String> = held.collect();
        if held.is_empty() {
            format!("{}: a seat", seat.product)
        } else {
            format!("{}: {}", seat.product, held.join(", "))
        }
    });
    let seats: Vec<String> = seats.collect();
    if seats.is_empty() {
        "no seat".to_owned()
    } else {
        seats.join("; ")
    }
}

fn of_product(
    product: &ReviewProduct,
    names: &ReviewNames<'_>,
    terminal: &mut Terminal,
) -> io::Result<()> {
    let (title, seats, disabled) = (escape(&product.title), product.seats, product.disabled);
    writeln!(
        terminal,
        "\n## {title}\n\n{seats} seats, {disabled} of them disabled.\n"
    )?;
    writeln!(terminal, "| role | held by | brought to |\n|---|--:|--:|")?;
    for role in &product.roles {
        let title = escape(&role.title);
        writeln!(terminal, "| {title} | {} | {} |", role.held, role.brought)?;
    }
    if !product.one_step.is_empty() {
        writeln!(terminal, "\n### One change away from power\n")?;
    }
    for step in &product.one_step {
        let role = escape(words::role(product, &step.role));
        let (users, by) = (names.some(&step.users, NAMED), names.some(&step.by, NAMED));
        let (users, by, step) = (escape(&users), escape(&by), escape(&words::step(step)));
        writeln!(terminal, "- {role}: {users}, by {step}, made by {by}")?;
    }
    if !product.dormant.is_empty() {
        writeln!(terminal, "\n### Dormant: held by people who are disabled\n")?;
    }
    for dormant in &product.dormant {
        let user = escape(&names.of_user(&dormant.user));
        let roles = escape(&words::dormant(product, dormant));
        writeln!(terminal, "- {user}: {roles}")?;
    }
    if !product.conflicts.is_empty() {
        writeln!(terminal, "\n### What should not be in one hand\n")?;
    }
    for conflict in &product.conflicts {
        let title = escape(&conflict.title);
        let who = escape(&words::conflict(conflict, names, NAMED));
        writeln!(terminal, "- {title}: {who}")?;
    }
    who_may(product, names, terminal)
}

/// Action by action, who may do it.
fn who_may(
    product: &ReviewProduct,
    names: &ReviewNames<'_>,
    terminal: &mut Terminal,
) -> io::Result<()> {
    let mut group = None;
    for (column, action) in product.actions.iter().enumerate() {
        if group.replace(&action.group) != Some(&action.group) {
            let heading = escape(&action.group);
            writeln!(
                terminal,
                "\n### {heading}\n\n| action | people | who may |\n|---|--:|---|"
            )?;
        }
        let rows = product.rows.iter().enumerate();
        let open = rows.filter(|(row, _)| {
            let note = product.note(*row, column);
            note.is_some_and(|note| note.access.is_open())
        });
        let users: Vec<String> = open.flat_map(|(_, row)| row.users.clone()).collect();
        let who = match users.len() {
            0 => "nobody".to_owned(),
            all if all == product.seats => "everybody with a seat".to_owned(),
            _ => names.some(&users, NAMED),
        };
        let (title, who) = (escape(&words::action(action)), escape(&who));
        writeln!(terminal, "| {title} | {} | {who} |", users.len())?;
    }
    Ok(())
}

fn differences(
    since: &FirmDifference,
    names: &ReviewNames<'_>,
    terminal: &mut Terminal,
) -> io::Result<()> {
    writeln!(terminal, "\n## Since the last review\n")?;
    for line in words::of_firm(since) {
        writeln!(terminal, "- {}", escape(&line))?;
    }
    for user in &since.users {
        let mut parts = words::altered(user, names);
        for (word, list) in [("gains", user.gained()), ("loses", user.lost())] {
            let told = list.iter().map(|access| words::access(&access, names));
            parts.extend(told.map(|access| format!("{word} {access}")));
        }
        parts.extend(user.impossible().iter().map(words::impossible));
        let (name, parts) = (short(user.name()), parts.join("; "));
        writeln!(terminal, "- {}: {}", escape(&name), escape(&parts))?;
    }
    if since.equal {
        writeln!(terminal, "Everything is as it was.")?;
    }
    Ok(())
}
