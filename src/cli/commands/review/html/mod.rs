//! The review as a page that stands alone: no script, nothing from the network, light and dark, on a phone and on paper.

mod glance;
mod heat;
mod people;
mod power;
mod since;

use std::io::{self, Write};

use clio_rules::Review;

use super::words::{self, ReviewNames};
use crate::cli::page::{self, CssString, HtmlText, close};
use crate::cli::rows::short;

const STYLE: &str = include_str!("review.css");

/// Nothing is loaded and nothing is run, whatever a name might say.
const POLICY: &str = "\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">";

/// The page.
pub(super) fn page(review: &Review) -> io::Result<String> {
    let names = ReviewNames::of(review);
    let firm = short(&review.firm);
    let mut page = Vec::new();
    let style = format!("{STYLE}{}", tooltips(review, &names));
    let title = format!("Access review: {firm}");
    page::open(&title, POLICY, &style, &mut page)?;
    let firm = HtmlText(&firm);
    writeln!(
        page,
        "<a class=\"skip\" href=\"#main\">Skip to the review</a>\n<header>\n<p class=\"over\">Access review</p>\n<h1><bdi>{firm}</bdi></h1>"
    )?;
    glance::lead(review, &mut page)?;
    contents(review, &mut page)?;
    writeln!(page, "</header>\n<main id=\"main\">")?;
    glance::section(review, &mut page)?;
    if let Some(since) = &review.since {
        since::section(since, &names, &mut page)?;
    }
    power::conflicts(review, &names, &mut page)?;
    power::dormant(review, &names, &mut page)?;
    power::steps(review, &names, &mut page)?;
    people::section(review, &mut page)?;
    for (number, product) in review.products.iter().enumerate() {
        heat::section(number, product, review, &names, &mut page)?;
    }
    heat::notes(review, &names, &mut page)?;
    close(&mut page)?;
    String::from_utf8(page).map_err(io::Error::other)
}

/// What every cell says when it is pointed at or has the focus: each note once, for all its cells.
fn tooltips(review: &Review, names: &ReviewNames<'_>) -> String {
    let mut style = String::new();
    for (number, product) in review.products.iter().enumerate() {
        for note in &product.notes {
            let text = words::note(product, note, names);
            let (note, text) = (note.note, CssString(&text));
            style.push_str(&format!(
                "[href=\"#n{number}-{note}\"]{{--k:\"{note}\";--n:{text}}}\n"
            ));
        }
    }
    style
}

fn contents(review: &Review, page: &mut Vec<u8>) -> io::Result<()> {
    write!(
        page,
        "<nav aria-label=\"Contents\"><ul><li><a href=\"#glance\">At a glance</a></li>"
    )?;
    if review.since.is_some() {
        write!(
            page,
            "<li><a href=\"#since\">Since the last review</a></li>"
        )?;
    }
    if power::has_conflicts(review) {
        write!(page, "<li><a href=\"#conflicts\">Conflicts</a></li>")?;
    }
    if power::has_dormant(review) {
        write!(page, "<li><a href=\"#dormant\">Dormant</a></li>")?;
    }
    write!(
        page,
        "<li><a href=\"#steps\">One step from power</a></li><li><a href=\"#people\">Who holds what</a></li>"
    )?;
    for (number, product) in review.products.iter().enumerate() {
        let title = HtmlText(&product.title);
        write!(
            page,
            "<li><a href=\"#map{number}\">Who may do what in {title}</a></li>"
        )?;
    }
    writeln!(page, "<li><a href=\"#notes\">Notes</a></li></ul></nav>")
}
