//! Lines of a chunk. A record of comma-separated values counts as a line, though it may go over several.

use super::cut::StreamCut;
use crate::codes;
use crate::finding::Finding;

/// What to think of where the stream ends in the middle of a line, and more of it was expected.
pub(super) const CUT: &str = "the input ends in the middle of this line: was it cut off?";

/// A line, without its end.
#[derive(Debug, Clone, Copy)]
pub(super) struct InputLine<'c> {
    /// Its number, from 1; blank lines count. A record's is that of its first line.
    pub(super) number: u64,
    /// Whether the stream ends in the middle of it.
    pub(super) is_cut: bool,
    bytes: &'c [u8],
    /// Bytes that it may have.
    longest: usize,
    /// Its text, where that is known already.
    text: Option<&'c str>,
}

/// The lines of a chunk.
pub(super) struct InputLines<'c> {
    bytes: &'c [u8],
    /// All of it, where all of it is text: one look for all lines is quicker than one for each.
    text: Option<&'c str>,
    start: usize,
    cut: StreamCut,
    /// Bytes that each may have.
    longest: usize,
    number: u64,
    is_cut: bool,
}

impl<'c> InputLines<'c> {
    /// The lines of some bytes. The last one counts without an end as well.
    pub(super) fn new(
        bytes: &'c [u8],
        cut: StreamCut,
        longest: usize,
        first: u64,
        is_cut: bool,
    ) -> Self {
        Self {
            bytes,
            text: std::str::from_utf8(bytes).ok(),
            start: 0,
            cut: cut.without_quotes(bytes),
            longest,
            number: first,
            is_cut,
        }
    }
}

impl InputLines<'_> {
    fn ends_in(&self, line: &[u8]) -> u64 {
        match self.cut {
            StreamCut::Lines => 0,
            StreamCut::Records(..) => memchr::memchr_iter(b'\n', line).count() as u64,
        }
    }
}

impl<'c> Iterator for InputLines<'c> {
    type Item = InputLine<'c>;

    fn next(&mut self) -> Option<InputLine<'c>> {
        let rest = self
            .bytes
            .get(self.start..)
            .filter(|rest| !rest.is_empty())?;
        let mut cut = self.cut;
        let end = cut.next_end(rest).map(|end| end - 1);
        let place = self.start..self.start + end.unwrap_or(rest.len());
        let line = InputLine {
            number: self.number,
            is_cut: self.is_cut && end.is_none(),
            bytes: self.bytes.get(place.clone())?,
            longest: self.longest,
            text: self.text.and_then(|text| text.get(place.clone())),
        };
        self.start = place.end + 1;
        self.number += 1 + self.ends_in(line.bytes);
        Some(line)
    }
}

impl<'c> InputLine<'c> {
    /// Its text.
    pub(super) fn text(&self) -> Result<&'c str, Finding> {
        if self.bytes.len() > self.longest {
            return Err(Finding::new(&codes::LINE_TOO_LONG, None, &[&self.longest]));
        }
        let text = match self.text {
            Some(text) => text,
            None => std::str::from_utf8(self.bytes).map_err(|error| {
                let finding = Finding::new(&codes::NOT_UTF8, None, &[]);
                match error.error_len() {
                    None if self.is_cut => finding.with_help(CUT),
                    _ => finding.with_help("send each line as UTF-8"),
                }
            })?,
        };
        // Some programs put a mark in front of the first line.
        let unmarked = text.strip_prefix('\u{feff}').filter(|_| self.number == 1);
        Ok(unmarked.unwrap_or(text))
    }
}
