//! Who is one step from power, and who holds what should not be in one hand.

use std::io::{self, Write};

use clio_rules::{Review, ReviewProduct};

use super::super::words::{self, Names};
use crate::cli::page::Escaped;

/// Names that stand in a line.
const NAMED: usize = 40;

pub(super) fn has_conflicts(review: &Review) -> bool {
    let mut products = review.products.iter();
    products.any(|product| !product.conflicts.is_empty())
}

pub(super) fn conflicts(review: &Review, names: &Names<'_>, page: &mut Vec<u8>) -> io::Result<()> {
    if !has_conflicts(review) {
        return Ok(());
    }
    writeln!(
        page,
        "<section id=\"conflicts\">\n<h2>What should not be in one hand</h2>"
    )?;
    for product in &review.products {
        for conflict in &product.conflicts {
            let (title, because) = (Escaped(&conflict.title), Escaped(&conflict.because));
            let who = match conflict.users.as_slice() {
                [] => "Nobody holds both.".to_owned(),
                users => format!("Held by {}.", names.some(users, NAMED)),
            };
            let class = if conflict.users.is_empty() {
                "ok"
            } else {
                "warn"
            };
            let both = conflict.both.iter();
            let both = both.map(|action| title_of(product, action));
            let both = both.collect::<Vec<_>>().join(" and ");
            let (who, both) = (Escaped(&who), Escaped(&both));
            let rule = format!(
                "{} at {}; {}; {}",
                conflict.conflict, conflict.place, conflict.basis, conflict.section
            );
            let (rule, except) = (Escaped(&rule), trusted(product, &conflict.except));
            writeln!(
                page,
                "<div class=\"item {class}\"><h3>{title}</h3><p><strong><bdi>{who}</bdi></strong> {both}{}. {because}.</p><p class=\"muted\">{rule}</p></div>",
                Escaped(&except)
            )?;
        }
    }
    writeln!(page, "</section>")
}

fn trusted(product: &ReviewProduct, roles: &[String]) -> String {
    let roles = roles.iter().map(|role| words::role(product, role));
    let roles: Vec<&str> = roles.collect();
    match roles.is_empty() {
        true => String::new(),
        false => format!("; trusted with both: {}", roles.join(", ")),
    }
}

fn title_of<'r>(product: &'r ReviewProduct, action: &'r str) -> &'r str {
    let mut actions = product.actions.iter();
    let found = actions.find(|known| known.action == action);
    found.map_or(action, |known| &known.title)
}

pub(super) fn steps(review: &Review, names: &Names<'_>, page: &mut Vec<u8>) -> io::Result<()> {
    writeln!(
        page,
        "<section id=\"steps\">\n<h2>One step from power</h2>\n<p class=\"muted\">A role is powerful when it brings other roles or lets its holders change permissions. One step: one change that the rules accept today, by somebody who is here.</p>"
    )?;
    let mut found = false;
    for product in &review.products {
        for step in &product.one_step {
            found = true;
            let role = Escaped(words::role(product, &step.role));
            let (users, by) = (names.some(&step.users, NAMED), names.some(&step.by, NAMED));
            let (title, change) = (Escaped(&product.title), words::step(step));
            let (count, change) = (words::people(step.users.len()), Escaped(&change));
            writeln!(
                page,
                "<div class=\"item\"><h3>{role} <span class=\"muted\">in {title}</span></h3><p>{count}: <bdi>{}</bdi></p><p class=\"muted\">by {change}, made by <bdi>{}</bdi></p></div>",
                Escaped(&users),
                Escaped(&by)
            )?;
        }
    }
    if !found {
        writeln!(page, "<p>Nobody.</p>")?;
    }
    writeln!(page, "</section>")
}
