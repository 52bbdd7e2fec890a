//! The matrix as a page of its own: no script, nothing from the network, light and dark.

use std::io::{self, Write};

use clio_rules::{Cell, Matrix, MatrixGroup};

use super::notes::{CellNotes, TOGETHER, note_of, together};
use crate::cli::page::{self, HtmlText, close};
use crate::cli::terminal::Terminal;

const STYLE: &str = include_str!("matrix.css");

pub(super) fn write(matrices: &[Matrix], terminal: &mut Terminal) -> io::Result<()> {
    let titles: Vec<&str> = matrices
        .iter()
        .map(|matrix| matrix.title.as_str())
        .collect();
    let title = format!("Who may do what in {}", titles.join(" and "));
    open(&title, "", terminal)?;
    for matrix in matrices {
        write_one(matrix, terminal)?;
    }
    close(terminal)
}

/// Begins a page, with rules of style beside those of the matrix.
pub(in crate::cli::commands) fn open(
    title: &str,
    style: &str,
    to: &mut impl Write,
) -> io::Result<()> {
    page::open(title, "", &format!("{STYLE}{style}"), to)?;
    writeln!(to, "<main>\n<h1>{}</h1>", HtmlText(title))
}

fn write_one(matrix: &Matrix, terminal: &mut Terminal) -> io::Result<()> {
    let mut notes = CellNotes::default();
    writeln!(terminal, "<section>\n<h2>{}</h2>", HtmlText(&matrix.title))?;
    writeln!(
        terminal,
        "<div class=\"wide\" tabindex=\"0\">\n<table>\n<thead><tr><th scope=\"col\">Action</th>"
    )?;
    for role in &matrix.roles {
        let role = if role == "-" { "no role" } else { role };
        writeln!(terminal, "<th scope=\"col\">{}</th>", HtmlText(role))?;
    }
    if matrix.has_together() {
        writeln!(terminal, "<th scope=\"col\">{TOGETHER}</th>")?;
    }
    writeln!(terminal, "</tr></thead>")?;
    for group in &matrix.groups {
        write_group(matrix, group, &mut notes, terminal)?;
    }
    writeln!(terminal, "</table>\n</div>")?;
    if !notes.is_empty() {
        writeln!(terminal, "<ol>")?;
        for (number, note) in notes.iter() {
            let id = format!("{}-{number}", matrix.product);
            writeln!(
                terminal,
                "<li id=\"{}\">{}</li>",
                HtmlText(&id),
                HtmlText(note)
            )?;
        }
        writeln!(terminal, "</ol>")?;
    }
    writeln!(terminal, "</section>")
}

fn write_group(
    matrix: &Matrix,
    group: &MatrixGroup,
    notes: &mut CellNotes,
    terminal: &mut Terminal,
) -> io::Result<()> {
    let several = matrix.has_together();
    let columns = matrix.roles.len() + 1 + usize::from(several);
    let title = HtmlText(&group.group);
    writeln!(
        terminal,
        "<tbody>\n<tr class=\"group\"><th colspan=\"{columns}\" scope=\"rowgroup\">{title}</th></tr>"
    )?;
    for row in &group.rows {
        let (action, title) = (HtmlText(&row.action), HtmlText(&row.title));
        write!(
            terminal,
            "<tr><th scope=\"row\">{title}<br><code>{action}</code></th>"
        )?;
        for cell in &row.cells {
            write_cell(matrix, cell, notes, terminal)?;
        }
        if several {
            write_noted(matrix, together(row), "with", notes, terminal)?;
        }
        writeln!(terminal, "</tr>")?;
    }
    writeln!(terminal, "</tbody>")
}

fn write_cell(
    matrix: &Matrix,
    cell: &Cell,
    notes: &mut CellNotes,
    terminal: &mut Terminal,
) -> io::Result<()> {
    match cell {
        Cell::Allow => write!(terminal, "<td class=\"allow\">yes</td>"),
        _ => write_noted(matrix, note_of(cell), "if", notes, terminal),
    }
}

/// A cell that refers to its note by a word and a number, or says no where there is none.
fn write_noted(
    matrix: &Matrix,
    note: Option<String>,
    word: &str,
    notes: &mut CellNotes,
    terminal: &mut Terminal,
) -> io::Result<()> {
    let Some(note) = note else {
        return write!(terminal, "<td class=\"deny\">no</td>");
    };
    let hint = HtmlText(&note).to_string();
    let number = notes.number(note);
    let id = format!("{}-{number}", matrix.product);
    let id = HtmlText(&id);
    write!(
        terminal,
        "<td class=\"depends\"><a href=\"#{id}\" title=\"{hint}\">{word} {number}</a></td>"
    )
}
