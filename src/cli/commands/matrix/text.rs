//! The matrix as a table for the terminal.

use std::io::{self, Write};

use clio_rules::{Cell, Matrix};
use comfy_table::{CellAlignment, Table, presets};

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
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    let mut header = vec![String::new()];
    header.extend(matrix.roles.iter().cloned());
    let several = matrix.has_together();
    header.extend(several.then(|| TOGETHER.to_owned()));
    table.set_header(header);
    for group in &matrix.groups {
        table.add_row([format!("\n{}", group.group)]);
        for row in &group.rows {
            let mut cells = vec![format!("  {}", row.action)];
            cells.extend(row.cells.iter().map(|cell| word(cell, &mut notes)));
            if several {
                let note = together(row).map(|note| format!("[{}]", notes.number(note)));
                cells.push(note.unwrap_or_else(|| "-".to_owned()));
            }
            table.add_row(cells);
        }
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Center);
    }
    let heading = terminal.paint.heading(&matrix.title);
    writeln!(terminal, "{heading}")?;
    for line in table.lines() {
        writeln!(terminal, "{}", line.trim_end())?;
    }
    if !notes.is_empty() {
        writeln!(terminal)?;
    }
    for (number, note) in notes.iter() {
        writeln!(terminal, "  [{number}] {note}")?;
    }
    Ok(())
}

fn word(cell: &Cell, notes: &mut CellNotes) -> String {
    match (cell, note_of(cell)) {
        (_, Some(note)) => format!("[{}]", notes.number(note)),
        (Cell::Allow, None) => "yes".to_owned(),
        _ => "-".to_owned(),
    }
}
