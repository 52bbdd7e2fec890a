//! Records of comma-separated values, as spreadsheets write them: where they end, and what their cells are.

use std::borrow::Cow;
use std::ops::Range;

/// Where in a cell a reader is. A quote means something at its start and, where it started so, at its end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum CellState {
    /// In front of its first byte.
    #[default]
    Start,
    /// In one without quotes around it.
    Bare,
    /// Between quotes.
    Quoted,
    /// Behind a quote that ends it, unless another one follows.
    Closed,
}

impl CellState {
    /// Where we are behind another byte.
    pub(crate) fn and(self, byte: u8, separator: u8) -> Self {
        match (self, byte) {
            (Self::Quoted, b'"') => Self::Closed,
            (Self::Quoted, _) | (Self::Start | Self::Closed, b'"') => Self::Quoted,
            (_, byte) if byte == separator || byte == b'\n' => Self::Start,
            _ => Self::Bare,
        }
    }

    /// How many of these bytes belong to the record at hand, with the end of its last line; none where it goes on behind them.
    pub(crate) fn record_end(&mut self, bytes: &[u8], separator: u8) -> Option<usize> {
        let last = bytes.iter().position(|byte| {
            *self = self.and(*byte, separator);
            *byte == b'\n' && *self == Self::Start
        });
        last.map(|last| last + 1)
    }
}

/// What quotes can be that no spreadsheet writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum QuoteError {
    NeverClosed,
    InTheMiddle,
    TextBehind,
}

impl QuoteError {
    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Self::NeverClosed => "a quote is never closed",
            Self::InTheMiddle => "a quote stands in a cell that does not begin with one",
            Self::TextBehind => "something stands behind the quote that ends a cell",
        }
    }
}

/// What separates the cells of a header: no name of a column has such a letter.
pub(crate) fn separator_of(header: &str) -> u8 {
    let is_there = |separator: &u8| header.as_bytes().contains(separator);
    [b',', b';', b'\t']
        .into_iter()
        .find(is_there)
        .unwrap_or(b',')
}

/// Splits a record where cells begin. `take` gets each cell, and the bytes in which it is written. A wrong quote comes with
/// the byte where its cell begins, or that stands behind the cell.
pub(crate) fn split<'c>(
    record: &'c str,
    separator: u8,
    mut take: impl FnMut(Cow<'c, str>, Range<usize>),
) -> Result<(), (QuoteError, usize)> {
    let mut take = |cell: Range<usize>| {
        let written = record.get(cell.clone()).unwrap_or_default();
        take(unquoted(written), cell);
    };
    let (mut cell, mut start) = (CellState::Start, 0);
    for (at, byte) in record.bytes().enumerate() {
        let next = cell.and(byte, separator);
        match (cell, next) {
            (CellState::Closed, CellState::Bare) => return Err((QuoteError::TextBehind, at)),
            (CellState::Bare, CellState::Bare) if byte == b'"' => {
                return Err((QuoteError::InTheMiddle, start));
            }
            (_, CellState::Start) => {
                take(start..at);
                start = at + 1;
            }
            _ => {}
        }
        cell = next;
    }
    if cell == CellState::Quoted {
        return Err((QuoteError::NeverClosed, start));
    }
    take(start..record.len());
    Ok(())
}

fn unquoted(cell: &str) -> Cow<'_, str> {
    let inner = cell
        .strip_prefix('"')
        .and_then(|cell| cell.strip_suffix('"'));
    match inner {
        Some(inner) if inner.contains('"') => Cow::Owned(inner.replace("\"\"", "\"")),
        inner => Cow::Borrowed(inner.unwrap_or(cell)),
    }
}

/// What is wrong with a record of so many cells under a header of so many columns; nothing where they are as many.
pub(crate) fn wrong_length(cells: usize, columns: usize) -> Option<String> {
    let many = |count: usize, what: &str| match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    };
    (cells != columns).then(|| {
        let (cells, columns) = (many(cells, "cell"), many(columns, "column"));
        format!("it has {cells}, and the header {columns}")
    })
}
