//! The matrix as comma-separated values.

use std::io;

use clio_rules::{Cell, Matrix};

use super::notes::note_of;
use crate::cli::terminal::Terminal;

/// One line for each action; the columns of a product start anew with its own header line.
pub(super) fn write(matrices: &[Matrix], terminal: &mut Terminal) -> io::Result<()> {
    let mut lines = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(terminal);
    for matrix in matrices {
        let head = ["product", "group", "action", "title"].into_iter();
        lines.write_record(head.chain(matrix.roles.iter().map(String::as_str)))?;
        for group in &matrix.groups {
            for row in &group.rows {
                let cells = row.cells.iter().map(word);
                let head =
                    [&matrix.product, &group.group, &row.action, &row.title].map(String::clone);
                lines.write_record(head.into_iter().chain(cells))?;
            }
        }
    }
    lines.flush()
}

fn word(cell: &Cell) -> String {
    match (cell, note_of(cell)) {
        (_, Some(note)) => note,
        (Cell::Allow, None) => "allow".to_owned(),
        _ => "deny".to_owned(),
    }
}
