//! Things as comma-separated values: a column for the id, one for the title, and one for each property and list.
//!
//! Several ids of a list are separated by `;`. An empty cell says nothing, and a cell of `-` is an empty list.

use std::borrow::Cow;
use std::sync::Arc;

use super::kind::KindDeclarer;
use super::rows::{PartRow, ThingRow};
use crate::finding::line::NOT_CSV;
use crate::finding::yaml as codes;
use crate::firm::assemble::{NamedEntry, SpannedStr};
use crate::text::{Source, Span, Spanned};
use crate::yaml;

/// What stands for a list with nobody on it.
const NOBODY: &str = "-";

/// Reads the things of a table.
pub(super) fn read(source: &Arc<Source>, kind: &mut KindDeclarer<'_, '_>) {
    let records = TableRecords {
        text: source.text(),
        at: 0,
    };
    let mut columns: Vec<SpannedStr<'_>> = Vec::new();
    for record in records {
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
        if cells.len() != columns.len() {
            let what = format!(
                "it has {} cells, and the header {} columns",
                cells.len(),
                columns.len()
            );
            kind.report(&NOT_CSV, span, &[&what]);
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

/// The records of a table, without blank lines.
struct TableRecords<'t> {
    text: &'t str,
    at: usize,
}

/// The cells of a record, or where it is wrong, and how.
type TableRecord<'t> = Result<Vec<SpannedStr<'t>>, (Span, &'static str)>;

impl<'t> Iterator for TableRecords<'t> {
    type Item = TableRecord<'t>;

    fn next(&mut self) -> Option<TableRecord<'t>> {
        loop {
            let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
            let line = rest.split_inclusive('\n').next()?;
            if !line.trim_ascii().is_empty() {
                return Some(self.record());
            }
            self.at += line.len();
        }
    }
}

impl<'t> TableRecords<'t> {
    fn record(&mut self) -> TableRecord<'t> {
        let mut cells = Vec::new();
        loop {
            cells.push(self.cell()?);
            match self.rest().as_bytes() {
                [b',', ..] => self.at += 1,
                [b'\r', b'\n', ..] => {
                    self.at += 2;
                    return Ok(cells);
                }
                [b'\n', ..] => {
                    self.at += 1;
                    return Ok(cells);
                }
                _ => return Ok(cells),
            }
        }
    }

    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn cell(&mut self) -> Result<SpannedStr<'t>, (Span, &'static str)> {
        let start = self.at;
        if self.rest().starts_with('"') {
            return self.quoted();
        }
        let rest = self.rest();
        let line_end = |text: &'t str| text.strip_suffix('\r').unwrap_or(text);
        let end = rest.find([',', '\n']).unwrap_or(rest.len());
        let cell = rest.get(..end).unwrap_or_default();
        let is_last = !rest.get(end..).unwrap_or_default().starts_with(',');
        let cell = if is_last { line_end(cell) } else { cell };
        self.at += cell.len();
        let span = Span::new(start, self.at);
        if cell.contains('"') {
            return Err((
                span,
                "a quote stands in a cell that does not begin with one",
            ));
        }
        Ok(Spanned::new(Cow::Borrowed(cell), span))
    }

    /// A cell in quotes, in which a quote is written twice.
    fn quoted(&mut self) -> Result<SpannedStr<'t>, (Span, &'static str)> {
        let (start, mut end) = (self.at, self.at + 1);
        loop {
            let rest = self.text.get(end..).unwrap_or_default();
            let Some(quote) = rest.find('"') else {
                return Err((Span::new(start, start + 1), "a quote is never closed"));
            };
            end += quote + 1;
            match self.text.as_bytes().get(end) {
                Some(b'"') => end += 1,
                None | Some(b',' | b'\r' | b'\n') => break,
                Some(_) => {
                    let what = "something stands behind the quote that ends a cell";
                    return Err((Span::new(end, end + 1), what));
                }
            }
        }
        self.at = end;
        let inner = self.text.get(start + 1..end - 1).unwrap_or_default();
        let cell = if inner.contains('"') {
            Cow::Owned(inner.replace("\"\"", "\""))
        } else {
            Cow::Borrowed(inner)
        };
        Ok(Spanned::new(cell, Span::new(start, end)))
    }
}

#[cfg(test)]
mod tests;
