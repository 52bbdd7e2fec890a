//! Who is one step from power, and who holds what should not be in one hand.

use std::io::{self, Write};

use clio_rules::{Review, ReviewProduct};

use super::super::words::{self, ReviewNames};
use crate::cli::page::HtmlText;

/// Names that stand in a line.
const NAMED: usize = 40;

pub(super) fn has_conflicts(review: &Review) -> bool {
    let mut products = review.products.iter();
    products.any(|product| !product.conflicts.is_empty())
}

pub(super) fn conflicts(
    review: &Review,
    names: &ReviewNames<'_>,
    page: &mut Vec<u8>,
) -> io::Result<()> {
    if !has_conflicts(review) {
        return Ok(());
    }
    writeln!(
        page,
        "<section id=\"conflicts\">\n<h2>What should not be in one hand</h2>"
    )?;
    for product in &review.products {
        for conflict in &product.conflicts {
            let (title, because) = (HtmlText(&conflict.title), HtmlText(&conflict.because));
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
            let (who, both) = (HtmlText(&who), HtmlText(&both));
            let rule = format!(
                "{} at {}; {}; {}",
                conflict.conflict, conflict.place, conflict.basis, conflict.section
            );
            let (rule, except) = (HtmlText(&rule), trusted(product, &conflict.except));
            writeln!(
                page,
                "<div class=\"item {class}\"><h3>{title}</h3><p><strong><bdi>{who}</bdi></strong> {both}{}. {because}.</p><p class=\"muted\">{rule}</p></div>",
                HtmlText(&except)
            )?;
        }
    }
    writeln!(page, "</section>")
}

fn trusted(product: &ReviewProduct, roles: &[String]) -> String {
    let roles = roles.iter().map(|role| words::role(product, role));
    let roles: Vec<&str> = roles.collect();
    if roles.is_empty() {
        String::new()
    } else {
        format!("; trusted with both: {}", roles.join(", "))
    }
}

fn title_of<'r>(product: &'r ReviewProduct, action: &'r str) -> &'r str {
    let mut actions = product.actions.iter();
    let found = actions.find(|known| known.action == action);
    found.map_or(action, |known| &known.title)
}

pub(super) fn steps(
    review: &Review,
    names: &ReviewNames<'_>,
    page: &mut Vec<u8>,
) -> io::Result<()> {
    writeln!(
        page,
        "<section id=\"steps\">\n<h2>One step from power</h2>\n<p class=\"muted\">A role is powerful when it brings other roles or lets its holders change permissions. One step: one change that the rules accept today, by somebody who is here.</p>"
    )?;
    let mut found = false;
    for product in &review.products {
        for step in &product.one_step {
            found = true;
            let role = HtmlText(words::role(product, &step.role));
            let (users, by) = (names.some(&step.users, NAMED), names.some(&step.by, NAMED));
            let (title, change) = (HtmlText(&product.title), words::step(step));
            let (count, change) = (words::people(step.users.len()), HtmlText(&change));
            writeln!(
                page,
                "<div class=\"item\"><h3>{role} <span class=\"muted\">in {title}</span></h3><p>{count}: <bdi>{}</bdi></p><p class=\"muted\">by {change}, made by <bdi>{}</bdi></p></div>",
                HtmlText(&users),
                HtmlText(&by)
            )?;
        }
    }
    if !found {
        writeln!(page, "<p>Nobody.</p>")?;
    }
    writeln!(page, "</section>")
}
