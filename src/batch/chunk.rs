//! A stream in chunks of whole lines, so that many lines change hands at once.

use std::io::{self, Read};

use super::cut::StreamCut;
use super::line::InputLines;

/// Bytes that are read at once. What a chunk is answered with stays in a cache of the usual size.
const SIZE: usize = 64 << 10;

/// Cuts a stream into chunks.
pub(super) struct ChunkReader<R> {
    stream: R,
    cut: StreamCut,
    /// Bytes of the longest line.
    longest: usize,
    /// What was read behind the last cut: the start of a line.
    rest: Vec<u8>,
    /// Chunks so far.
    chunks: u64,
    /// Line ends so far.
    ends: u64,
    is_over: bool,
}

/// Whole lines in a row.
#[derive(Debug, Default)]
pub(super) struct LineChunk {
    /// Its place among the chunks, from 0.
    pub(super) number: u64,
    /// The number of its first line, from 1.
    first: u64,
    /// How many line ends it has.
    ends: u64,
    /// Room for bytes, of which the first `filled` are there. It only grows, and is used again.
    bytes: Vec<u8>,
    filled: usize,
    /// Whether the stream ends in the middle of its last line.
    is_cut: bool,
    /// What its lines are.
    cut: StreamCut,
    /// Bytes of the longest line.
    longest: usize,
}

impl LineChunk {
    /// Its bytes; each line with its end.
    fn bytes(&self) -> &[u8] {
        self.bytes.get(..self.filled).unwrap_or_default()
    }

    /// Its lines.
    pub(super) fn lines(&self) -> InputLines<'_> {
        InputLines::new(
            self.bytes(),
            self.cut,
            self.longest,
            self.first,
            self.is_cut,
        )
    }

    /// How many lines end in it.
    pub(super) fn ends(&self) -> u64 {
        self.ends
    }

    /// Whether so much was there at once that more will follow.
    pub(super) fn is_plenty(&self) -> bool {
        self.filled >= SIZE / 2
    }

    /// Reads once behind what is there; how much it was.
    fn fill_from(&mut self, stream: &mut impl Read) -> io::Result<usize> {
        let wanted = self.filled + SIZE;
        if self.bytes.len() < wanted {
            self.bytes.resize(wanted, 0);
        }
        let place = self.bytes.get_mut(self.filled..wanted).unwrap_or_default();
        loop {
            match stream.read(place) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
                Ok(read) => {
                    self.filled += read;
                    return Ok(read);
                }
            }
        }
    }

    /// Leaves what stands behind `end` to the next chunk.
    fn leave(&mut self, end: usize, rest: &mut Vec<u8>) {
        rest.extend_from_slice(self.bytes().get(end..).unwrap_or_default());
        self.filled = end;
    }
}

impl<R: Read> ChunkReader<R> {
    /// Reads chunks from a stream. Lines may have so many bytes, without their ends.
    pub(super) fn new(stream: R, cut: StreamCut, longest: usize) -> Self {
        Self {
            stream,
            cut,
            longest,
            rest: Vec::new(),
            chunks: 0,
            ends: 0,
            is_over: false,
        }
    }

    /// Reads records of which another byte separates the cells.
    pub(super) fn separate_by(&mut self, separator: u8) {
        self.cut = StreamCut::records(separator);
    }

    /// Reads the next chunk into one that is used again: what is there, so that nobody waits for an answer who has
    /// asked. Whether there was any.
    pub(super) fn read(&mut self, chunk: &mut LineChunk) -> io::Result<bool> {
        chunk.number = self.chunks;
        self.chunks += 1;
        self.take(chunk, StreamCut::last_end)
    }

    /// The same with no more than one line; it does not count among the chunks.
    pub(super) fn read_one(&mut self, chunk: &mut LineChunk) -> io::Result<bool> {
        self.take(chunk, |mut cut, bytes| cut.next_end(bytes))
    }

    fn take(
        &mut self,
        chunk: &mut LineChunk,
        end_in: impl Fn(StreamCut, &[u8]) -> Option<usize>,
    ) -> io::Result<bool> {
        let before = self.ends;
        chunk.filled = self.rest.len();
        chunk.bytes.resize(chunk.bytes.len().max(chunk.filled), 0);
        if let Some(start) = chunk.bytes.get_mut(..chunk.filled) {
            start.copy_from_slice(&self.rest);
        }
        self.rest.clear();
        loop {
            if let Some(end) = end_in(self.cut, chunk.bytes()) {
                chunk.leave(end, &mut self.rest);
                break;
            }
            if chunk.filled > self.longest {
                self.skip(chunk)?;
                break;
            }
            if self.is_over || chunk.fill_from(&mut self.stream)? == 0 {
                self.is_over = true;
                break;
            }
        }
        self.ends += count_ends(chunk.bytes());
        chunk.cut = self.cut;
        chunk.longest = self.longest;
        chunk.first = before + 1;
        chunk.ends = self.ends - before;
        chunk.is_cut = self.is_over && self.rest.is_empty() && !chunk.bytes().ends_with(b"\n");
        Ok(chunk.filled > 0)
    }

    /// Of a line that is too long, so much is kept that this can be seen; its end is read over.
    fn skip(&mut self, chunk: &mut LineChunk) -> io::Result<()> {
        let (mut cut, kept) = (self.cut, self.longest + 1);
        let mut end = cut.next_end(chunk.bytes());
        while end.is_none() {
            self.ends += count_ends(chunk.bytes().get(kept..).unwrap_or_default());
            chunk.filled = kept;
            if chunk.fill_from(&mut self.stream)? == 0 {
                self.is_over = true;
                return Ok(());
            }
            let more = chunk.bytes().get(kept..).unwrap_or_default();
            end = cut.next_end(more).map(|end| kept + end);
        }
        chunk.leave(end.unwrap_or(chunk.filled), &mut self.rest);
        self.ends += count_ends(chunk.bytes().get(kept..).unwrap_or_default());
        chunk.filled = kept;
        Ok(())
    }
}

fn count_ends(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}
