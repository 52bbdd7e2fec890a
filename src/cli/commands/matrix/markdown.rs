//! The matrix as Markdown.

use std::io::{self, Write};

use clio_rules::{Cell, Matrix};

use super::notes::{CellNotes, TOGETHER, note_of, together};
use crate::cli::terminal::Terminal;

pub(super) fn write(matrices: &[Matrix], terminal: &mut Terminal) -> io::Result<()> {
    for (number, matrix) in matrices.iter().enumerate() {
        if number > 0 {
            writeln!(terminal)?;
        }
        write_one(matrix, terminal)?;
    }
    Ok(())
}

fn write_one(matrix: &Matrix, terminal: &mut Terminal) -> io::Result<()> {
    let mut notes = CellNotes::default();
    let several = matrix.has_together();
    writeln!(terminal, "## {}", escape(&matrix.title))?;
    for group in &matrix.groups {
        writeln!(terminal, "\n### {}\n", escape(&group.group))?;
        let mut roles: Vec<String> = matrix.roles.iter().map(|role| escape(role)).collect();
        roles.extend(several.then(|| TOGETHER.to_owned()));
        writeln!(terminal, "| action | {} |", roles.join(" | "))?;
        writeln!(terminal, "|---|{}", ":-:|".repeat(roles.len()))?;
        for row in &group.rows {
            let cells = row.cells.iter();
            let mut cells: Vec<String> = cells.map(|cell| word(cell, &mut notes)).collect();
            if several {
                let note = together(row).map(|note| format!("({})", notes.number(note)));
                cells.push(note.unwrap_or_else(|| "–".to_owned()));
            }
            writeln!(terminal, "| `{}` | {} |", row.action, cells.join(" | "))?;
        }
    }
    if !notes.is_empty() {
        writeln!(terminal)?;
    }
    for (number, note) in notes.iter() {
        writeln!(terminal, "{number}. {}", escape(note))?;
    }
    Ok(())
}

fn word(cell: &Cell, notes: &mut CellNotes) -> String {
    match (cell, note_of(cell)) {
        (_, Some(note)) => format!("({})", notes.number(note)),
        (Cell::Allow, None) => "yes".to_owned(),
        _ => "–".to_owned(),
    }
}

/// Marks what Markdown would read as its own.
pub(in crate::cli::commands) fn escape(text: &str) -> String {
    text.chars()
        .flat_map(|c| {
            let marked = matches!(c, '|' | '_' | '*' | '`' | '<' | '[' | '\\' | '#');
            marked.then_some('\\').into_iter().chain([c])
        })
        .collect()
}
