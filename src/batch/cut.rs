//! Where a stream may be cut: behind a line, or behind a record of comma-separated values, whose cells may hold line
//! ends between quotes.

use crate::text::record::CellState;

/// Where a stream may be cut: what is kept whole, and how far it has been read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) enum StreamCut {
    /// Behind lines.
    #[default]
    Lines,
    /// Behind records, whose cells this byte separates.
    Records(CellState, u8),
}

impl StreamCut {
    /// Behind records, from the start of one.
    pub(super) fn records(separator: u8) -> Self {
        Self::Records(CellState::Start, separator)
    }

    /// Reads on to the next place to cut, or over all bytes when there is none.
    pub(super) fn next_end(&mut self, bytes: &[u8]) -> Option<usize> {
        match self {
            Self::Lines => memchr::memchr(b'\n', bytes).map(|last| last + 1),
            Self::Records(cell, separator) => cell.record_end(bytes, *separator),
        }
    }

    /// The last place to cut.
    pub(super) fn last_end(self, bytes: &[u8]) -> Option<usize> {
        match self.without_quotes(bytes) {
            Self::Lines => memchr::memrchr(b'\n', bytes).map(|end| end + 1),
            mut records => std::iter::successors(Some(0), |end| {
                let more = records.next_end(bytes.get(*end..).unwrap_or_default())?;
                Some(end + more)
            })
            .last()
            .filter(|end| *end > 0),
        }
    }

    /// Where there are no quotes, records are lines, and those are found more quickly.
    pub(super) fn without_quotes(self, bytes: &[u8]) -> Self {
        match self {
            Self::Records(CellState::Start, _) if memchr::memchr(b'"', bytes).is_none() => {
                Self::Lines
            }
            cut => cut,
        }
    }
}
