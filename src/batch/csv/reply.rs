//! Answers in the columns of a table: each cell holds what stands at its place in a line of JSON.

use std::io;

use serde::Serialize;
use serde_json::Value;

use super::columns::CsvColumns;
use super::record::CsvRecord;
use crate::text::cell::CsvCells;

/// What stands between several that share a cell; and between those of one of them, where each is a list itself.
const BETWEEN: [&str; 2] = ["; ", ", "];

/// How a table is written.
#[derive(Debug, Clone, Copy)]
pub(super) struct CsvDialect {
    /// What stands between cells: that of the questions.
    pub(super) separator: u8,
    pub(super) cells: CsvCells,
}

impl CsvDialect {
    /// Writes cells; the record is not ended yet.
    pub(super) fn write_cells<C: AsRef<str>>(
        self,
        cells: impl Iterator<Item = C>,
        out: &mut Vec<u8>,
    ) {
        for (number, cell) in cells.enumerate() {
            if number > 0 {
                out.push(self.separator);
            }
            self.write_cell(cell.as_ref(), out);
        }
    }

    /// Writes a cell, between quotes where it would not be read as what it is.
    fn write_cell(self, cell: &str, out: &mut Vec<u8>) {
        let cell = self.cells.cell(cell);
        if cell.contains([char::from(self.separator), '"', '\n', '\r']) {
            out.push(b'"');
            out.extend_from_slice(cell.replace('"', "\"\"").as_bytes());
            out.push(b'"');
        } else {
            out.extend_from_slice(cell.as_bytes());
        }
    }
}

/// Starts a reply with the cells of what was asked. The product is filled in where its cell is empty.
pub(super) fn echo(record: &CsvRecord<'_>, product: &str, out: &mut Vec<u8>) {
    match record.product_to_fill() {
        None => echo_as_asked(record, out),
        Some(column) => {
            let cells = record.cells.iter().enumerate();
            let cells = cells.map(|(place, cell)| if place == column { product } else { cell });
            record.columns.dialect.write_cells(cells, out);
        }
    }
}

/// Starts a reply with a record as it was written. Most readers end a record at a carriage return as well: one without quotes
/// around it gets them.
pub(super) fn echo_as_asked(record: &CsvRecord<'_>, out: &mut Vec<u8>) {
    let dialect = record.columns.dialect;
    if dialect.cells.are_unchanged(record.text, record.cells)
        && memchr::memchr(b'\r', record.text.as_bytes()).is_none()
    {
        out.extend_from_slice(record.text.as_bytes());
    } else {
        dialect.write_cells(record.cells.iter(), out);
    }
}

/// Goes on with the cells of an answer, and ends the record.
pub(super) fn go_on(
    columns: &CsvColumns,
    product: &str,
    reply: &impl Serialize,
    out: &mut Vec<u8>,
) -> io::Result<()> {
    let reply = serde_json::to_value(reply)?;
    let cells = columns.of_answers.iter().map(|name| match *name {
        "product" => product.to_owned(),
        name => at(&reply, name, BETWEEN),
    });
    out.push(columns.dialect.separator);
    columns.dialect.write_cells(cells, out);
    out.push(b'\n');
    Ok(())
}

/// What stands at a place: names with dots between them, each list gone through.
fn at(value: &Value, place: &str, [between, within]: [&str; 2]) -> String {
    match value {
        Value::Object(entries) => {
            let (key, rest) = place.split_once('.').unwrap_or((place, ""));
            let entry = entries.get(key);
            entry.map_or_else(String::new, |entry| at(entry, rest, [between, within]))
        }
        Value::Array(list) => {
            let entries = list.iter();
            let cells: Vec<String> = entries.map(|entry| at(entry, place, [within; 2])).collect();
            cells.join(between)
        }
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
