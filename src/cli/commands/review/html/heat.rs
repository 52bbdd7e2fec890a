//! The heat map, and the notes of its cells.

use std::collections::HashSet;
use std::io::{self, Write};

use clio_rules::{Review, ReviewAccess, ReviewAction, ReviewProduct, ReviewRow};

use super::super::words::{self, ReviewNames, people};
use crate::cli::page::HtmlText;

/// People of a row who are named outright; of more, the rest unfolds.
const NAMED: usize = 3;

/// Columns of a group whose heading has room to lie.
const ROOM: usize = 6;

pub(super) fn section(
    number: usize,
    product: &ReviewProduct,
    review: &Review,
    names: &ReviewNames<'_>,
    page: &mut Vec<u8>,
) -> io::Result<()> {
    let title = HtmlText(&product.title);
    writeln!(
        page,
        "<section class=\"map\" id=\"map{number}\">\n<h2>Who may do what in {title}</h2>"
    )?;
    if product.rows.is_empty() {
        return writeln!(page, "<p>Nobody has a seat.</p>\n</section>");
    }
    legend(product, page)?;
    let (seats, rows) = (people(product.seats), product.rows.len());
    writeln!(
        page,
        "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Who may do what in {title}\">\n<table class=\"h\">\n<caption>{seats} with a seat in {rows} rows: those who are answered alike share one</caption>"
    )?;
    head(product, page)?;
    writeln!(page, "<tbody>")?;
    let disabled = review.people.iter().filter(|person| !person.enabled);
    let disabled: HashSet<&str> = disabled.map(|person| person.user.as_str()).collect();
    for row in &product.rows {
        write!(page, "<tr><th scope=row>")?;
        who(row, names, &disabled, page)?;
        write!(page, "</th>")?;
        for note in row.notes.iter().filter_map(|note| {
            let place = (*note as usize).checked_sub(1)?;
            product.notes.get(place)
        }) {
            let (class, word) = cell(note.access);
            let note = note.note;
            write!(
                page,
                "<td class={class}><a href=#n{number}-{note}>{word}</a>"
            )?;
        }
        writeln!(page, "</tr>")?;
    }
    writeln!(page, "</tbody>\n</table>\n</div>\n</section>")
}

fn legend(product: &ReviewProduct, page: &mut Vec<u8>) -> io::Result<()> {
    write!(
        page,
        "<p class=\"legend\"><span class=\"y\"></span> yes <span class=\"n\"></span> no"
    )?;
    if product.actions.iter().any(|action| action.on_target) {
        write!(
            page,
            " · on people: <span class=\"y\"></span> all <span class=\"o\"></span> others <span class=\"s\"></span> some <span class=\"t\"></span> themselves <span class=\"n\"></span> nobody"
        )?;
    }
    writeln!(
        page,
        ". Point at a cell, or reach it with the keyboard, for the rule behind it; it leads to its note. Facts have their defaults, or the value that the column names.</p>"
    )
}

fn head(product: &ReviewProduct, page: &mut Vec<u8>) -> io::Result<()> {
    let mut groups: Vec<(&str, usize)> = Vec::new();
    for action in &product.actions {
        match groups.last_mut() {
            Some((group, columns)) if *group == action.group => *columns += 1,
            _ => groups.push((&action.group, 1)),
        }
    }
    write!(page, "<colgroup><col></colgroup>")?;
    for (_, columns) in &groups {
        write!(page, "<colgroup span={columns}></colgroup>")?;
    }
    write!(
        page,
        "\n<thead>\n<tr class=\"g\"><th scope=col rowspan=2 class=p>People</th>"
    )?;
    for (group, columns) in &groups {
        let class = if *columns < ROOM { " class=v" } else { "" };
        let group = HtmlText(group);
        write!(
            page,
            "<th scope=colgroup colspan={columns}{class}><span>{group}</span></th>"
        )?;
    }
    write!(page, "</tr>\n<tr>")?;
    for action in &product.actions {
        write!(
            page,
            "<th scope=col class=v><span>{}</span></th>",
            title(action)
        )?;
    }
    writeln!(page, "</tr>\n</thead>")
}

/// The heading of a column: facts are named where several columns are about one action.
fn title(action: &ReviewAction) -> String {
    let title = words::action(action);
    HtmlText(&title).to_string()
}

fn who(
    row: &ReviewRow,
    names: &ReviewNames<'_>,
    disabled: &HashSet<&str>,
    page: &mut Vec<u8>,
) -> io::Result<()> {
    let named = |user: &String| {
        let name = names.of_user(user);
        let tag = if disabled.contains(user.as_str()) {
            " <small>disabled</small>"
        } else {
            ""
        };
        format!("<bdi>{}</bdi>{tag}", HtmlText(&name))
    };
    let all: Vec<String> = row.users.iter().map(named).collect();
    match all.split_first() {
        Some((first, rest)) if rest.len() > NAMED => write!(
            page,
            "<details><summary>{first} and {} others</summary>{}</details>",
            rest.len(),
            rest.join(", ")
        ),
        _ => write!(page, "{}", all.join(", ")),
    }
}

fn cell(access: ReviewAccess) -> (&'static str, &'static str) {
    let class = match access {
        ReviewAccess::Allow | ReviewAccess::All => "y",
        ReviewAccess::Others => "o",
        ReviewAccess::Some => "s",
        ReviewAccess::Themselves => "t",
        _ => "n",
    };
    (class, words::cell(access))
}

/// The notes of all cells.
pub(super) fn notes(
    review: &Review,
    names: &ReviewNames<'_>,
    page: &mut Vec<u8>,
) -> io::Result<()> {
    writeln!(page, "<section id=\"notes\">\n<h2>Notes</h2>")?;
    for (number, product) in review.products.iter().enumerate() {
        let title = HtmlText(&product.title);
        let document = HtmlText(&product.document);
        writeln!(
            page,
            "<h3>{title}</h3>\n<p class=\"muted\">Sections are those of: {document}</p>\n<ol class=\"notes\">"
        )?;
        for note in &product.notes {
            let text = words::note(product, note, names);
            let (note, text) = (note.note, HtmlText(&text));
            writeln!(page, "<li id=\"n{number}-{note}\">{text}</li>")?;
        }
        writeln!(page, "</ol>")?;
    }
    writeln!(page, "</section>")
}
