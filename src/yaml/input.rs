//! Gives the YAML parser its characters in rations, which limits the memory it can use.
//!
//! The parser holds a whole scalar in memory, so each event has a ration of bytes.
//! Where a bracket might be the start of a key, the parser keeps every token up to the closing
//! bracket in memory. So each event has a ration of indicator characters as well, because every token
//! needs one. When a ration is used up, the parser sees the end of the text.

use std::cell::Cell;
use std::rc::Rc;

use saphyr_parser::Input;

/// How many bytes and indicator characters the parser may still read before the next event.
#[derive(Debug, Clone)]
pub(super) struct Ration {
    left: Rc<RationLeft>,
    indicators: usize,
    bytes: usize,
}

#[derive(Debug)]
struct RationLeft {
    indicators: Cell<usize>,
    bytes: Cell<usize>,
}

/// The limit that was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum RationExhausted {
    Indicators,
    Bytes,
}

impl Ration {
    /// Rations of this many indicators and bytes, plus one of each.
    pub(super) fn new(indicators: usize, bytes: usize) -> Self {
        let (indicators, bytes) = (indicators.saturating_add(1), bytes.saturating_add(1));
        let left = RationLeft {
            indicators: Cell::new(indicators),
            bytes: Cell::new(bytes),
        };
        Self {
            left: Rc::new(left),
            indicators,
            bytes,
        }
    }

    pub(super) fn refill(&self) {
        self.left.indicators.set(self.indicators);
        self.left.bytes.set(self.bytes);
    }

    #[inline]
    pub(super) fn used_up(&self) -> Option<RationExhausted> {
        if self.left.bytes.get() == 0 {
            return Some(RationExhausted::Bytes);
        }
        (self.left.indicators.get() == 0).then_some(RationExhausted::Indicators)
    }

    /// Takes a character from the ration. Returns whether the ration allows it.
    #[inline]
    fn draw(&self, c: char) -> bool {
        let bytes = self.left.bytes.get().saturating_sub(c.len_utf8());
        self.left.bytes.set(bytes);
        if c.is_ascii_lowercase() || !is_indicator(c) {
            return bytes > 0;
        }
        let indicators = self.left.indicators.get().saturating_sub(1);
        self.left.indicators.set(indicators);
        bytes > 0 && indicators > 0
    }
}

/// A text that is read in rations.
#[derive(Debug)]
pub(super) struct RationedText<'a> {
    rest: &'a str,
    /// A text that the parser sees before the first character of `rest`.
    prefix: &'a str,
    ration: Ration,
    lookahead: usize,
}

impl<'a> RationedText<'a> {
    pub(super) fn new(prefix: &'static str, text: &'a str, ration: Ration) -> Self {
        Self {
            rest: text,
            prefix,
            ration,
            lookahead: 0,
        }
    }

    #[inline]
    fn take(&mut self) -> Option<char> {
        let from = if self.prefix.is_empty() {
            &mut self.rest
        } else {
            &mut self.prefix
        };
        let mut chars = from.chars();
        let c = chars.next()?;
        *from = chars.as_str();
        if !self.ration.draw(c) {
            self.rest = "";
        }
        Some(c)
    }
}

#[inline]
fn is_indicator(c: char) -> bool {
    matches!(
        c,
        ',' | ':'
            | '['
            | ']'
            | '{'
            | '}'
            | '-'
            | '?'
            | '!'
            | '&'
            | '*'
            | '\''
            | '"'
            | '|'
            | '>'
            | '%'
            | '.'
    )
}

impl Input for RationedText<'_> {
    // The whole text is in memory; only the parser's own assertions use this count.
    fn lookahead(&mut self, count: usize) {
        self.lookahead = self.lookahead.max(count);
    }

    fn buflen(&self) -> usize {
        self.lookahead
    }

    // The parser reserves this much room for each text; its smallest buffer is 32.
    fn bufmaxlen(&self) -> usize {
        16
    }

    fn raw_read_ch(&mut self) -> char {
        self.take().unwrap_or('\0')
    }

    fn raw_read_non_breakz_ch(&mut self) -> Option<char> {
        match self.peek_opt()? {
            '\n' | '\r' | '\0' | '\u{feff}' => None,
            _ => self.take(),
        }
    }

    #[inline]
    fn skip(&mut self) {
        self.take();
    }

    fn skip_n(&mut self, count: usize) {
        for _ in 0..count {
            self.take();
        }
    }

    #[inline]
    fn peek(&self) -> char {
        self.peek_opt().unwrap_or('\0')
    }

    #[inline]
    fn peek_nth(&self, n: usize) -> char {
        let near = self.rest.as_bytes().get(..=n);
        let c = if let (true, Some([.., last])) = (
            self.prefix.is_empty(),
            near.filter(|bytes| bytes.is_ascii()),
        ) {
            Some(char::from(*last))
        } else if self.prefix.is_empty() {
            self.rest.chars().nth(n)
        } else {
            self.prefix.chars().chain(self.rest.chars()).nth(n)
        };
        c.unwrap_or('\0')
    }

    #[inline]
    fn peek_opt(&self) -> Option<char> {
        let from = if self.prefix.is_empty() {
            self.rest
        } else {
            self.prefix
        };
        from.chars().next()
    }

    fn next_2_are(&self, first: char, second: char) -> bool {
        self.peek() == first && self.peek_nth(1) == second
    }

    fn next_3_are(&self, first: char, second: char, third: char) -> bool {
        self.next_2_are(first, second) && self.peek_nth(2) == third
    }

    fn next_is_document_indicator(&self) -> bool {
        self.next_is_document_start() || self.next_is_document_end()
    }

    fn next_is_document_start(&self) -> bool {
        self.next_3_are('-', '-', '-') && ends_indicator(self.peek_nth(3))
    }

    fn next_is_document_end(&self) -> bool {
        self.next_3_are('.', '.', '.') && ends_indicator(self.peek_nth(3))
    }
}

fn ends_indicator(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\0')
}
