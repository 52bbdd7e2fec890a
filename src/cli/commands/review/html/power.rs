//! Who is one step from power, and who holds what should not be in one hand.

use std::io::{self, Write};

use clio_rules::{Review, ReviewConflict, ReviewProduct};

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
            let section = conflict.section.iter();
            let section: String = section.map(|section| format!("; {section}")).collect();
            let rule = format!(
                "{} at {}; {}{section}",
                conflict.conflict, conflict.place, conflict.basis
            );
            let (rule, except) = (HtmlText(&rule), trusted(product, conflict, names));
            writeln!(
                page,
                "<div class=\"item {class}\"><h3>{title}</h3><p><strong><bdi>{who}</bdi></strong> {both}{}. {because}.</p><p class=\"muted\">{rule}</p></div>",
                HtmlText(&except)
            )?;
        }
    }
    writeln!(page, "</section>")
}

/// The roles that are trusted with both, and whom that lets pass.
fn trusted(product: &ReviewProduct, conflict: &ReviewConflict, names: &ReviewNames<'_>) -> String {
    let roles = conflict
        .except
        .iter()
        .map(|role| words::role(product, role));
    let roles: Vec<&str> = roles.collect();
    match (roles.as_slice(), conflict.trusted.as_slice()) {
        ([], _) => String::new(),
        (roles, []) => format!("; trusted with both: {} (nobody)", roles.join(", ")),
        (roles, users) => {
            let (roles, users) = (roles.join(", "), names.some(users, NAMED));
            format!("; trusted with both: {roles} ({users})")
        }
    }
}

pub(super) fn has_dormant(review: &Review) -> bool {
    let mut products = review.products.iter();
    products.any(|product| !product.dormant.is_empty())
}

/// What people still hold who are disabled.
pub(super) fn dormant(
    review: &Review,
    names: &ReviewNames<'_>,
    page: &mut Vec<u8>,
) -> io::Result<()> {
    if !has_dormant(review) {
        return Ok(());
    }
    writeln!(
        page,
        "<section id=\"dormant\">\n<h2>Dormant</h2>\n<p class=\"muted\">Held by people who are disabled: whoever enables them gives it back at once.</p>"
    )?;
    for product in &review.products {
        for dormant in &product.dormant {
            let name = names.of_user(&dormant.user);
            let (name, title) = (HtmlText(&name), HtmlText(&product.title));
            let roles = words::dormant(product, dormant);
            writeln!(
                page,
                "<div class=\"item warn\"><h3><bdi>{name}</bdi> <span class=\"muted\">in {title}</span></h3><p>{}</p></div>",
                HtmlText(&roles)
            )?;
        }
    }
    writeln!(page, "</section>")
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
