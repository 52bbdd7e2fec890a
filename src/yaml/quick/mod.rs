//! The quick reader: reads the usual ways of writing a file, YAML line by line or JSON, in one sweep.
//!
//! This reader reports nothing. If anything is unusual or wrong, it gives up. The close reader then reads the text and
//! reports its mistakes. If the quick reader does not give up, it yields the same nodes as the close reader.

mod block;
mod flow;
mod scalar;
mod tree;

pub(crate) use scalar::is_usually_written;

use std::borrow::Cow;
use std::ops::Range;

use super::encoding;
use super::node::Node;
use crate::limits::Limits;

/// A part of a text.
#[derive(Debug, PartialEq)]
pub(crate) enum Piece<'t> {
    /// A key or value, and whether it is written without quotes. It is never blank.
    Text(Cow<'t, str>, bool),
    /// The start of a map: keys and values follow in turn.
    MapStart,
    /// The start of a list.
    ListStart,
    /// The end of the innermost list or map.
    End,
}

/// The nodes of a text in usual style, as [`read`](super::read) would make them. Returns `None` for any other text.
pub(crate) fn read_usual(text: &str, limits: &Limits) -> Option<Node> {
    let mut reader = QuickReader::new(text, limits)?;
    let node = reader.node(limits.events)?;
    reader.is_done().then_some(node)
}

/// Reads a text piece by piece.
pub(crate) struct QuickReader<'t> {
    text: &'t str,
    /// Offset of the next byte.
    at: usize,
    /// Offset at which the current line starts.
    line: usize,
    /// Bytes of the latest text or closing bracket.
    last: Range<usize>,
    open: Vec<OpenLayout>,
    next: QuickNext,
    is_json: bool,
    /// The most bytes that may lie between two pieces.
    longest: usize,
    deepest: usize,
}

/// How the items of a list are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ItemLayout {
    /// On lines of their own, with dashes.
    Lines,
    /// In brackets.
    Brackets,
    /// In the brackets of a JSON text.
    Json,
}

/// A list or map that is not closed yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OpenLayout {
    /// Keys that start at this column.
    Block(usize),
    /// Dashes at this column.
    Dashes(usize),
    /// `{`
    Braces,
    /// `[`
    Brackets,
}

/// What the reader expects next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum QuickNext {
    /// A line.
    Line,
    /// The content of a line, after its blanks.
    Content,
    /// The value after a key's colon.
    Value,
    /// The value after a key's colon, in brackets.
    FlowValue,
    /// The first part inside brackets, or the closing bracket.
    First,
    /// A comma and another part, or the closing bracket.
    Further,
    /// Nothing.
    Done,
}

impl<'t> QuickReader<'t> {
    /// Starts reading. Returns `None` for a text that is certainly not in usual style.
    pub(crate) fn new(text: &'t str, limits: &Limits) -> Option<Self> {
        const DEEPEST: usize = 8;
        if is_odd(text) {
            return None;
        }
        let mut quick = Self {
            text,
            at: 0,
            line: 0,
            last: 0..0,
            open: Vec::with_capacity(DEEPEST),
            next: QuickNext::Line,
            is_json: false,
            // The close reader limits the number of tokens. Every token takes at least one byte.
            longest: limits.events / 2,
            deepest: DEEPEST.min(limits.depth),
        };
        quick.skip_blank_lines();
        if matches!(quick.peek(), Some(b'{' | b'[')) {
            quick.is_json = true;
            quick.next = QuickNext::Value;
        } else {
            quick.skip_marker();
        }
        Some(quick)
    }

    /// Offset up to which the text has been read.
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// Where the item starts whose map was just opened: in lines at its first line, in brackets at
    /// its own bracket.
    pub(crate) fn item_start(&self) -> usize {
        match self.open.iter().nth_back(1) {
            Some(OpenLayout::Dashes(_)) => self.line,
            _ => self.at.saturating_sub(1),
        }
    }

    /// Where the item ends whose map was just closed: in lines at the start of the next line with content, in brackets
    /// behind its own bracket.
    pub(crate) fn item_end(&self) -> usize {
        match self.open.last() {
            Some(OpenLayout::Dashes(_)) => self.line,
            _ => self.at,
        }
    }

    /// How the items of the open list are written.
    pub(crate) fn item_layout(&self) -> ItemLayout {
        match self.open.last() {
            Some(OpenLayout::Dashes(_)) => ItemLayout::Lines,
            _ if self.is_json => ItemLayout::Json,
            _ => ItemLayout::Brackets,
        }
    }

    /// Whether the whole text has been read.
    pub(crate) fn is_done(&self) -> bool {
        self.next == QuickNext::Done
    }

    /// The next piece. Returns `None` at the end, and if the reader gives up.
    pub(crate) fn next(&mut self) -> Option<Piece<'t>> {
        let start = self.at;
        let piece = match self.next {
            QuickNext::Line => self.line(),
            QuickNext::Content => self.content(),
            QuickNext::Value => self.value(),
            QuickNext::FlowValue => self.flow_value(),
            QuickNext::First => self.first(),
            QuickNext::Further => self.further(),
            QuickNext::Done => None,
        }?;
        (self.at - start < self.longest).then_some(piece)
    }

    fn open(&mut self, open: OpenLayout, next: QuickNext) -> Option<Piece<'t>> {
        if self.open.len() >= self.deepest {
            return None;
        }
        self.open.push(open);
        self.next = next;
        Some(match open {
            OpenLayout::Block(_) | OpenLayout::Braces => Piece::MapStart,
            OpenLayout::Dashes(_) | OpenLayout::Brackets => Piece::ListStart,
        })
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    /// Skips this byte if it is next.
    fn skip(&mut self, byte: u8) -> Option<()> {
        (self.peek() == Some(byte)).then(|| self.at += 1)
    }

    /// Skips blanks and returns how many there were.
    fn skip_blanks(&mut self) -> usize {
        let is_blank = |byte: &&u8| **byte == b' ';
        let blanks = self.rest().iter().take_while(is_blank).count();
        self.at += blanks;
        blanks
    }

    /// Skips the end of a line if it is next. The end of the text counts as one.
    fn skip_line_end(&mut self) -> Option<()> {
        match self.rest() {
            [] => {}
            [b'\n', ..] => self.at += 1,
            [b'\r', b'\n', ..] => self.at += 2,
            _ => return None,
        }
        self.line = self.at;
        Some(())
    }
}

/// Whether a text has tabs, byte order marks, or carriage returns without a line feed.
fn is_odd(text: &str) -> bool {
    /// The first byte of the byte order mark and of a few other characters.
    const MARK: u8 = 0xef;
    if !encoding::has_any(text.as_bytes(), |byte| matches!(byte, b'\t' | b'\r' | MARK)) {
        return false;
    }
    let is_lone = |(at, _): (usize, &str)| text.as_bytes().get(at + 1) != Some(&b'\n');
    text.contains(['\t', '\u{feff}']) || text.match_indices('\r').any(is_lone)
}
