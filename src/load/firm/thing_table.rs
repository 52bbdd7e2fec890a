//! Things as comma-separated values: a column for the id, one for the title, and one for each property and list.
//!
//! What separates cells is read from the header, as spreadsheets write it: `,`, `;` or a tab. Several ids of a list are
//! separated by `;`, between quotes where that separates cells as well. An empty cell says nothing, and a cell of `-` is an empty list.

use std::borrow::Cow;
use std::sync::Arc;

use super::kind::KindDeclarer;
use super::rows::{PartRow, ThingRow};
use crate::finding::line::NOT_CSV;
use crate::finding::yaml as codes;
use crate::firm::assemble::{NamedEntry, SpannedStr};
use crate::text::record::{self, CellState, separator_of};
use crate::text::{Source, Span, Spanned};
use crate::yaml::{self, TextEdit};

/// What stands for a list with nobody on it.
pub(super) const NOBODY: &str = "-";

/// Reads the things of a table.
pub(super) fn read(source: &Arc<Source>, kind: &mut KindDeclarer<'_, '_>) {
    let mut columns: Vec<SpannedStr<'_>> = Vec::new();
    for record in TableRecords::of(source.text()) {
        let cells = match record {
            Ok(cells) => cells,
            Err((at, what)) => {
                kind.report(&NOT_CSV, at, &[&what]);
                return;
            }
        };
        if columns.is_empty() {
            if !are_columns(&cells, kind) {
                return;
            }
            columns = cells;
            continue;
        }
        let span = cells.first().map(|cell| cell.span).unwrap_or_default();
        if let Some(wrong) = record::wrong_length(cells.len(), columns.len()) {
            kind.report(&NOT_CSV, span, &[&wrong]);
            continue;
        }
        match thing(&columns, &cells) {
            Some(thing) if !are_sound(&thing, kind) => {}
            Some(thing) if kind.add(&thing) => {}
            Some(_) => return,
            None => kind.report(&codes::MISSING_KEY, span, &[&"id"]),
        }
    }
    if columns.is_empty() {
        kind.report(&codes::EMPTY_FILE, Span::default(), &[]);
    }
}

/// Whether there is a column for the id, and no two have one name.
fn are_columns(columns: &[SpannedStr<'_>], kind: &mut KindDeclarer<'_, '_>) -> bool {
    let before = kind.findings().errors();
    for (number, column) in columns.iter().enumerate() {
        let mut others = columns.iter().take(number);
        if others.any(|other| other.value == column.value) {
            kind.report(&codes::DUPLICATE_KEY, column.span, &[&column.value]);
        }
    }
    if !columns.iter().any(|column| column.value == "id") {
        let span = columns.first().map(|first| first.span).unwrap_or_default();
        kind.report(&codes::MISSING_KEY, span, &[&"id"]);
    }
    kind.findings().errors() == before
}

/// Whether id and title can be texts of a file.
fn are_sound(thing: &ThingRow<'_>, kind: &mut KindDeclarer<'_, '_>) -> bool {
    let texts = [Some(&thing.id), thing.title.as_ref()];
    let mut are_sound = true;
    for text in texts.into_iter().flatten() {
        if let Some((code, word)) = yaml::flaw_of_text(&text.value) {
            kind.report(code, text.span, &[&word]);
            are_sound = false;
        }
    }
    are_sound
}

/// The thing of a record; none where it has no id.
fn thing<'t>(columns: &[SpannedStr<'t>], cells: &[SpannedStr<'t>]) -> Option<ThingRow<'t>> {
    let (mut id, mut title, mut parts) = (None, None, Vec::new());
    let filled = columns.iter().zip(cells);
    for (key, cell) in filled.filter(|(_, cell)| !cell.value.trim().is_empty()) {
        match &*key.value {
            "id" => id = Some(cell.clone()),
            "title" => title = Some(cell.clone()),
            _ => parts.push(PartRow {
                key: key.clone(),
                names: names(cell),
            }),
        }
    }
    Some(ThingRow {
        id: id?,
        title,
        parts,
    })
}

/// The names in a cell.
fn names<'t>(cell: &SpannedStr<'t>) -> Vec<NamedEntry<'t>> {
    let name = |text: Cow<'t, str>| NamedEntry {
        name: Spanned::new(text, cell.span),
        until: None,
    };
    let is_name = |name: &&str| !name.is_empty();
    match &cell.value {
        cell if cell.trim() == NOBODY => Vec::new(),
        Cow::Borrowed(cell) => {
            let names = cell.split(';').map(str::trim).filter(is_name);
            names.map(|text| name(text.into())).collect()
        }
        Cow::Owned(cell) => {
            let names = cell.split(';').map(str::trim).filter(is_name);
            names.map(|text| name(text.to_owned().into())).collect()
        }
    }
}

/// The edit that gives a thing of a table a cell; none where the table has no such thing or column.
pub(super) fn set_cell(source: &Source, id: &str, column: &str, text: &str) -> Option<TextEdit> {
    let mut records = TableRecords::of(source.text());
    let columns = records.next()?.ok()?;
    let place = |name: &str| columns.iter().position(|cell| cell.value == name);
    let (of_id, of_column) = (place("id")?, place(column)?);
    let mut cells = records.by_ref().filter_map(Result::ok);
    let cells = cells.find(|cells| cells.get(of_id).is_some_and(|cell| cell.value == id))?;
    let separator = records.separator.map_or(',', char::from);
    let is_plain = |letter: char| letter != separator && !matches!(letter, '"' | '\n' | '\r');
    let written = if text.chars().all(is_plain) {
        text.to_owned()
    } else {
        format!("\"{}\"", text.replace('"', "\"\""))
    };
    Some(TextEdit::replace(cells.get(of_column)?.span, written))
}

/// The records of a table, without blank lines.
struct TableRecords<'t> {
    text: &'t str,
    at: usize,
    /// What separates cells; the header, which comes first, says it.
    separator: Option<u8>,
}

/// The cells of a record, or where it is wrong, and how.
type TableRecord<'t> = Result<Vec<SpannedStr<'t>>, (Span, &'static str)>;

impl<'t> TableRecords<'t> {
    fn of(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            separator: None,
        }
    }

    /// The cells of the record that begins at `start`.
    fn cells(start: usize, text: &'t str, separator: u8) -> TableRecord<'t> {
        let mut cells = Vec::new();
        let split = record::split(text, separator, |cell, written| {
            let span = Span::new(start + written.start, start + written.end);
            cells.push(Spanned::new(cell, span));
        });
        match split {
            Ok(()) => Ok(cells),
            Err((wrong, at)) => {
                let at = start + at;
                Err((Span::new(at, at + 1), wrong.in_words()))
            }
        }
    }
}

impl<'t> Iterator for TableRecords<'t> {
    type Item = TableRecord<'t>;

    fn next(&mut self) -> Option<TableRecord<'t>> {
        loop {
            let start = self.at;
            let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
            let line = rest.split_inclusive('\n').next()?;
            if line.trim_ascii().is_empty() {
                self.at += line.len();
                continue;
            }
            let separator = *self.separator.get_or_insert_with(|| separator_of(line));
            let end = CellState::Start.record_end(rest.as_bytes(), separator);
            self.at += end.unwrap_or(rest.len());
            let record = self.text.get(start..self.at)?;
            let record = record.strip_suffix('\n').unwrap_or(record);
            let record = record.strip_suffix('\r').unwrap_or(record);
            return Some(Self::cells(start, record, separator));
        }
    }
}

#[cfg(test)]
mod tests;
