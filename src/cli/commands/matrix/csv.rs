//! The matrix as comma-separated values.

use std::io;

use clio_rules::{Cell, Matrix};

use super::notes::{TOGETHER, note_of, together};
use crate::cli::terminal::Terminal;

/// One line for each action; the columns of a product start anew with its own header line.
pub(super) fn write(matrices: &[Matrix], terminal: &mut Terminal) -> io::Result<()> {
    let mut lines = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(terminal);
    for matrix in matrices {
        let head = ["product", "group", "action", "title"].into_iter();
        let several = matrix.has_together();
        let roles = matrix.roles.iter().map(String::as_str);
        lines.write_record(head.chain(roles).chain(several.then_some(TOGETHER)))?;
        for group in &matrix.groups {
            for row in &group.rows {
                let cells = row.cells.iter().map(word);
                let head =
                    [&matrix.product, &group.group, &row.action, &row.title].map(String::clone);
                let together = together(row).unwrap_or_else(|| "deny".to_owned());
                let together = several.then_some(together);
                lines.write_record(head.into_iter().chain(cells).chain(together))?;
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
