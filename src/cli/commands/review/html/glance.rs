//! The firm at a glance: numbers, and bars beside them.

use std::io::{self, Write};

use clio_rules::{Review, ReviewProduct};

use super::super::words::people;
use crate::cli::page::HtmlText;

/// The first line.
pub(super) fn lead(review: &Review, page: &mut Vec<u8>) -> io::Result<()> {
    let (all, disabled, without) = (people(review.users), review.disabled, review.without_seat);
    writeln!(
        page,
        "<p class=\"lead\">{all}, {disabled} disabled, {without} without a seat</p>"
    )
}

pub(super) fn section(review: &Review, page: &mut Vec<u8>) -> io::Result<()> {
    writeln!(
        page,
        "<section id=\"glance\">\n<h2>At a glance</h2>\n<div class=\"cards\">"
    )?;
    for product in &review.products {
        card(product, page)?;
    }
    writeln!(page, "</div>\n</section>")
}

fn card(product: &ReviewProduct, page: &mut Vec<u8>) -> io::Result<()> {
    let (title, seats) = (HtmlText(&product.title), product.seats);
    let disabled = product.disabled;
    writeln!(
        page,
        "<div class=\"card\">\n<h3>{title}</h3>\n<p class=\"muted\">{seats} seats, {disabled} of them disabled</p>"
    )?;
    writeln!(
        page,
        "<table class=\"bars\">\n<caption>Roles: held itself, and brought by another role</caption>\n<thead><tr><th scope=\"col\">Role</th><th scope=\"col\">Held</th><th scope=\"col\">Brought</th><td></td></tr></thead>\n<tbody>"
    )?;
    for role in &product.roles {
        let (title, held, brought) = (HtmlText(&role.title), role.held, role.brought);
        let mark = if role.is_powerful {
            " <span class=\"tag\">powerful</span>"
        } else {
            ""
        };
        let (held_bar, brought_bar) = (percent(held, seats), percent(brought, seats));
        writeln!(
            page,
            "<tr><th scope=\"row\">{title}{mark}</th><td>{held}</td><td>{brought}</td><td class=\"bar\"><i style=\"width:{held_bar}%\"></i><i class=\"b\" style=\"width:{brought_bar}%\"></i></td></tr>"
        )?;
    }
    writeln!(page, "</tbody>\n</table>")?;
    settings(product, page)?;
    readings(product, page)?;
    writeln!(page, "</div>")
}

fn percent(part: usize, all: usize) -> usize {
    (part * 100).checked_div(all).unwrap_or_default()
}

fn settings(product: &ReviewProduct, page: &mut Vec<u8>) -> io::Result<()> {
    if product.settings.is_empty() {
        return Ok(());
    }
    writeln!(page, "<dl>")?;
    for setting in &product.settings {
        let shares = setting.values.iter().map(|share| {
            let usual = if share.value == setting.default {
                " (default)"
            } else {
                ""
            };
            format!("{}{usual}: {}", share.value, share.users)
        });
        let shares = shares.collect::<Vec<_>>().join(", ");
        let (title, shares) = (HtmlText(&setting.title), HtmlText(&shares));
        writeln!(page, "<dt>{title}</dt><dd>{shares}</dd>")?;
    }
    writeln!(page, "</dl>")
}

fn readings(product: &ReviewProduct, page: &mut Vec<u8>) -> io::Result<()> {
    if product.readings.is_empty() {
        return Ok(());
    }
    writeln!(
        page,
        "<p class=\"muted\">How the firm reads what the document leaves open</p>\n<dl>"
    )?;
    for reading in &product.readings {
        let question = HtmlText(&reading.question);
        let choice = if reading.choice { "yes" } else { "no" };
        let usual = if reading.is_default {
            ""
        } else {
            " <span class=\"tag\">chosen by the firm</span>"
        };
        writeln!(page, "<dt>{question}</dt><dd>{choice}{usual}</dd>")?;
    }
    writeln!(page, "</dl>")
}
