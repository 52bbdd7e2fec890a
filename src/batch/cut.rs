//! Where a stream may be cut: behind a line, or behind a record of comma-separated values, whose cells may hold line
//! ends between quotes.

/// Where a stream may be cut: what is kept whole, and how far it has been read.
#[derive(Debug, Clone, Copy, Default)]
pub(super) enum StreamCut {
    /// Behind lines.
    #[default]
    Lines,
    /// Behind records, whose cells this byte separates.
    Records(CellState, u8),
}

/// Where in a cell the reader is. A quote means something at its start and, where it started so, at its end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum CellState {
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

impl StreamCut {
    /// Behind records, from the start of one.
    pub(super) fn records(separator: u8) -> Self {
        Self::Records(CellState::Start, separator)
    }

    /// Reads on to the next place to cut, or over all bytes when there is none.
    pub(super) fn next_end(&mut self, bytes: &[u8]) -> Option<usize> {
        let end = match self {
            Self::Lines => memchr::memchr(b'\n', bytes),
            Self::Records(cell, separator) => bytes.iter().position(|byte| {
                *cell = cell.and(*byte, *separator);
                *byte == b'\n' && *cell == CellState::Start
            }),
        };
        end.map(|end| end + 1)
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

impl CellState {
    /// Where we are behind another byte.
    pub(super) fn and(self, byte: u8, separator: u8) -> Self {
        match (self, byte) {
            (Self::Quoted, b'"') => Self::Closed,
            (Self::Quoted, _) | (Self::Start | Self::Closed, b'"') => Self::Quoted,
            (_, byte) if byte == separator || byte == b'\n' => Self::Start,
            _ => Self::Bare,
        }
    }
}
