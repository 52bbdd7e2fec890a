//! A record of comma-separated values: its cells, and what they ask.

use std::borrow::Cow;

use super::super::line::{CUT, InputLine};
use super::columns::{CsvColumns, FACTS};
use crate::codes;
use crate::finding::Finding;
use crate::text::record::{self, QuoteError};

/// The cells of one record.
pub(super) type RecordCells<'c> = Vec<Cow<'c, str>>;

/// A record with as many cells as there are columns.
#[derive(Clone, Copy)]
pub(super) struct CsvRecord<'r> {
    pub(super) columns: &'r CsvColumns,
    /// As it was written, without its end.
    pub(super) text: &'r str,
    pub(super) cells: &'r [Cow<'r, str>],
}

/// The cells of a record that asks about an action.
pub(super) struct ActionCells<'r> {
    pub(super) product: Option<&'r str>,
    pub(super) user: &'r str,
    pub(super) action: &'r str,
    pub(super) target: Option<&'r str>,
}

/// Reads the cells of a line; none of a blank one. Gives what was read, without the end of the line.
pub(super) fn read_cells<'c>(
    line: &InputLine<'c>,
    separator: u8,
    cells: &mut RecordCells<'c>,
) -> Result<Option<&'c str>, Finding> {
    cells.clear();
    let text = line.text()?;
    let text = text.strip_suffix('\r').unwrap_or(text);
    if text.trim_ascii().is_empty() {
        return Ok(None);
    }
    split(text, separator, cells).map_err(|wrong| match wrong {
        QuoteError::NeverClosed if line.is_cut => not_csv(wrong.in_words()).with_help(CUT),
        wrong => not_csv(wrong.in_words()),
    })?;
    Ok(Some(text))
}

fn not_csv(what: &str) -> Finding {
    Finding::new(&codes::NOT_CSV, None, &[&what])
}

/// Splits a record where the reader of the stream sees cells begin.
pub(super) fn split<'c>(
    record: &'c str,
    separator: u8,
    cells: &mut RecordCells<'c>,
) -> Result<(), QuoteError> {
    if memchr::memchr(b'"', record.as_bytes()).is_none() {
        cells.extend(record.split(char::from(separator)).map(Cow::Borrowed));
        return Ok(());
    }
    let quoted = record::split(record, separator, |cell, _| cells.push(cell));
    quoted.map_err(|(wrong, _)| wrong)
}

impl<'r> CsvRecord<'r> {
    /// A record under its columns; each of them has a cell.
    pub(super) fn of(
        columns: &'r CsvColumns,
        text: &'r str,
        cells: &'r [Cow<'r, str>],
    ) -> Result<Self, Finding> {
        if let Some(wrong) = record::wrong_length(cells.len(), columns.names.len()) {
            return Err(not_csv(&wrong));
        }
        Ok(Self {
            columns,
            text,
            cells,
        })
    }

    /// What stands in a column; nothing in an empty cell, and nothing where there is no such column.
    pub(super) fn cell(&self, column: Option<usize>) -> Option<&'r str> {
        let cell: &str = self.cells.get(column?)?;
        (!cell.is_empty()).then_some(cell)
    }

    /// The column of the product, where its cell is empty.
    pub(super) fn product_to_fill(&self) -> Option<usize> {
        let column = self.columns.product;
        column.filter(|_| self.cell(column).is_none())
    }

    /// What it asks, where it asks about an action and about nothing else.
    pub(super) fn of_action(&self) -> Option<ActionCells<'r>> {
        let mut of_change = self.columns.of_change.iter();
        if of_change.any(|column| self.cell(Some(*column)).is_some()) {
            return None;
        }
        Some(ActionCells {
            product: self.cell(self.columns.product),
            user: self.cell(Some(self.columns.user))?,
            action: self.cell(self.columns.action)?,
            target: self.cell(self.columns.target),
        })
    }

    /// The facts that it gives.
    pub(super) fn facts(&self) -> impl Iterator<Item = (&'r str, &'r str)> + Clone {
        let facts = self.columns.facts.iter();
        facts.filter_map(|(fact, column)| Some((fact.as_str(), self.cell(Some(*column))?)))
    }

    /// The same as an object of JSON: a cell is an entry, an empty one is none.
    pub(super) fn to_json(self) -> serde_json::Value {
        let (mut entries, mut facts) = (serde_json::Map::new(), serde_json::Map::new());
        for (name, cell) in self.columns.names.iter().zip(self.cells) {
            let cell: &str = cell;
            match name.strip_prefix(FACTS) {
                _ if cell.is_empty() => {}
                Some(fact) => drop(facts.insert(fact.to_owned(), cell.into())),
                None => drop(entries.insert(name.clone(), cell.into())),
            }
        }
        if !facts.is_empty() {
            entries.insert("facts".to_owned(), facts.into());
        }
        entries.into()
    }
}
