//! Cells of tables that spreadsheets open.

use std::borrow::Cow;

use super::character::{CharacterClass, harmless};

/// How cells of comma-separated values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum CsvCells {
    /// A spreadsheet takes every cell for a text: an apostrophe stands before what it would compute, and what people could not
    /// see is replaced.
    #[default]
    Shown,
    /// As they are, for programs that read them.
    Raw,
}

impl CsvCells {
    /// The text of a cell, without its quotes.
    pub(crate) fn cell(self, text: &str) -> Cow<'_, str> {
        if self == Self::Raw || is_plain(text) {
            return Cow::Borrowed(text);
        }
        let sign = is_computed(text).then_some('\'');
        Cow::Owned(sign.into_iter().chain(text.chars().map(harmless)).collect())
    }

    #[cfg(feature = "batch")]
    /// Whether all cells of a record are written as they are read.
    pub(crate) fn are_unchanged(self, record: &str, cells: &[Cow<'_, str>]) -> bool {
        self == Self::Raw
            || (record.bytes().fold(true, |all, byte| all & is_seen(byte))
                && cells.iter().all(|cell| starts_plainly(cell)))
            || cells.iter().all(|cell| self.cell(cell) == *cell)
    }
}

/// Whether a cell is surely a text of plain letters, as nearly all are.
fn is_plain(text: &str) -> bool {
    starts_plainly(text) && text.bytes().all(is_seen)
}

fn starts_plainly(text: &str) -> bool {
    let first = text.as_bytes().first();
    first.is_none_or(u8::is_ascii_alphanumeric)
}

fn is_seen(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

/// Whether a spreadsheet computes a cell instead of showing it.
fn is_computed(text: &str) -> bool {
    // Some programs look behind blanks, and behind what they drop.
    let is_passed_over = |c: char| c == ' ' || CharacterClass::of(c).is_some();
    let signs = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];
    let behind = text.trim_start_matches(is_passed_over);
    // A sign by itself is a text everywhere.
    text != "-" && (text.starts_with(['\t', '\r', '\n']) || behind.starts_with(signs))
}
