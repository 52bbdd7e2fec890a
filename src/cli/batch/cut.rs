//! Where a stream may be cut: behind a line, or behind a record of comma-separated values, whose cells may hold line
//! ends between quotes.

/// What is kept whole, and how far it has been read.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Cut {
    /// Behind lines.
    Lines,
    /// Behind records.
    Records(Cell),
}

/// Where in a cell we are. A quote means something at its start and, where it started so, at its end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Cell {
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

impl Cut {
    /// Behind records, from the start of one.
    pub(crate) fn records() -> Self {
        Self::Records(Cell::Start)
    }

    /// Reads on to the next place to cut, or over all bytes when there is none.
    pub(crate) fn next_end(&mut self, bytes: &[u8]) -> Option<usize> {
        let end = match self {
            Self::Lines => memchr::memchr(b'\n', bytes),
            Self::Records(cell) => bytes.iter().position(|byte| {
                *cell = cell.and(*byte);
                *byte == b'\n' && *cell == Cell::Start
            }),
        };
        end.map(|end| end + 1)
    }

    /// The last place to cut.
    pub(crate) fn last_end(mut self, bytes: &[u8]) -> Option<usize> {
        if matches!(self, Self::Lines) || memchr::memchr(b'"', bytes).is_none() {
            return memchr::memrchr(b'\n', bytes).map(|end| end + 1);
        }
        let mut last = None;
        let mut rest = bytes;
        while let Some(end) = self.next_end(rest) {
            last = Some(last.unwrap_or(0) + end);
            rest = rest.get(end..).unwrap_or_default();
        }
        last
    }

    /// Whether these bytes end between quotes.
    pub(crate) fn is_open(mut self, bytes: &[u8]) -> bool {
        while let Some(end) = self.next_end(bytes) {
            return self.is_open(bytes.get(end..).unwrap_or_default());
        }
        matches!(self, Self::Records(Cell::Quoted))
    }
}

impl Cell {
    /// Where we are behind another byte.
    fn and(self, byte: u8) -> Self {
        match (self, byte) {
            (Self::Quoted, b'"') => Self::Closed,
            (Self::Quoted, _) | (Self::Start | Self::Closed, b'"') => Self::Quoted,
            (_, b',' | b'\n' | b'\r') => Self::Start,
            _ => Self::Bare,
        }
    }
}
