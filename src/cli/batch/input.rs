//! Lines from a stream, of bounded length.

use std::io::{self, BufRead, BufReader, Read};

use clio_rules::{Finding, codes};

/// Bytes of one line, without its end.
const LONGEST: usize = 1 << 20;
/// Bytes that are read at once.
const CHUNK: usize = 64 << 10;

/// The lines of a stream.
pub(crate) struct Lines<R> {
    stream: BufReader<R>,
    line: Vec<u8>,
    number: u64,
}

/// One line, without its end.
pub(crate) struct Line<'l> {
    number: u64,
    /// None where it was too long to be kept.
    bytes: Option<&'l [u8]>,
}

impl Line<'_> {
    /// Its number, from 1; blank lines count.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// Its text.
    pub(crate) fn text(&self) -> Result<&str, Finding> {
        let bytes = self
            .bytes
            .ok_or_else(|| Finding::new(&codes::LINE_TOO_LONG, None, &[&LONGEST]))?;
        let text = std::str::from_utf8(bytes).map_err(|_| {
            Finding::new(&codes::NOT_UTF8, None, &[]).with_help("send each line as UTF-8")
        })?;
        // Some programs put a mark in front of the first line.
        let unmarked = text.strip_prefix('\u{feff}').filter(|_| self.number == 1);
        Ok(unmarked.unwrap_or(text))
    }
}

impl<R: Read> Lines<R> {
    /// Reads lines from a stream.
    pub(crate) fn new(stream: R) -> Self {
        Self {
            stream: BufReader::with_capacity(CHUNK, stream),
            line: Vec::new(),
            number: 0,
        }
    }

    /// The next line; the last one counts without an end as well. `before_waiting` is called whenever the
    /// stream may keep us waiting.
    pub(crate) fn read(
        &mut self,
        mut before_waiting: impl FnMut(),
    ) -> io::Result<Option<Line<'_>>> {
        self.line.clear();
        let mut too_long = false;
        let mut any = false;
        loop {
            if self.stream.buffer().is_empty() {
                before_waiting();
            }
            let chunk = match self.stream.fill_buf() {
                Ok(chunk) => chunk,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if chunk.is_empty() && !any {
                return Ok(None);
            }
            any = true;
            let end = chunk.iter().position(|byte| *byte == b'\n');
            let part = chunk.get(..end.unwrap_or(chunk.len())).unwrap_or_default();
            too_long |= self.line.len() + part.len() > LONGEST;
            if !too_long {
                self.line.extend_from_slice(part);
            }
            let is_last = end.is_some() || chunk.is_empty();
            let used = part.len() + usize::from(end.is_some());
            self.stream.consume(used);
            if is_last {
                self.number += 1;
                let bytes = (!too_long).then_some(self.line.as_slice());
                return Ok(Some(Line {
                    number: self.number,
                    bytes,
                }));
            }
        }
    }
}
