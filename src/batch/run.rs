//! A whole stream: which world answers it, in which format, and by how many at once.

use std::io::Read;
use std::num::NonZero;
use std::sync::{Mutex, PoisonError};

use super::allowance::SearchAllowance;
use super::chunk::{ChunkReader, LineChunk};
use super::csv::{RecordAnswerer, read_header};
use super::cut::StreamCut;
use super::error::BatchError;
use super::json::{LineAnswerer, answer_in_order};
use super::work_queue::{ReplyWriter, WorkQueue};
use crate::firm::Firm;
use crate::protocol::{Session, World};
use crate::text::cell::CsvCells;

/// Answers streams of questions about a world.
///
/// Lines are answered side by side, and replies come in the order of the lines. Nothing is applied: every line is answered in the
/// firm as the world has it. The rulebook's [`Limits`](crate::Limits) bound the length of a line and the search for nearest names.
#[derive(Debug, Clone)]
pub struct Batch<'w> {
    world: World<'w>,
    format: BatchFormat,
    cells: CsvCells,
    jobs: NonZero<usize>,
}

/// How questions are read and replies are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum BatchFormat {
    /// A request a line, as one object of JSON; the reply likewise.
    #[default]
    Jsonl,
    /// Comma-separated values: a header names the columns, and the replies are the same table with more of them. A header with `;`
    /// or tabs instead of commas is read too, and the replies have the same.
    Csv,
}

impl<'w> Batch<'w> {
    /// Answers lines of JSON about a world, on all cores.
    pub fn new(world: World<'w>) -> Self {
        Self {
            world,
            format: BatchFormat::default(),
            cells: CsvCells::default(),
            jobs: std::thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN),
        }
    }

    /// Reads and writes another format.
    #[must_use]
    pub fn format(mut self, format: BatchFormat) -> Self {
        self.format = format;
        self
    }

    /// Writes cells of tables for spreadsheets, or as they are.
    ///
    /// ```
    /// use clio_rules::batch::{Batch, BatchFormat, CsvCells};
    /// use clio_rules::protocol::World;
    /// use clio_rules::{Firm, Rulebook};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let batch = Batch::new(World::new(&firm)).format(BatchFormat::Csv);
    /// let table = "id;user;action\n=1+1;wren;create_bill\n";
    /// for (cells, id) in [(CsvCells::Shown, "\n'=1+1;wren;"), (CsvCells::Raw, "\n=1+1;wren;")] {
    ///     let mut replies = Vec::new();
    ///     batch.clone().cells(cells).answer(table.as_bytes(), &mut replies)?;
    ///     assert!(String::from_utf8(replies)?.contains(id));
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn cells(mut self, cells: CsvCells) -> Self {
        self.cells = cells;
        self
    }

    /// Answers so many lines side by side. Threads start only where there is plenty to do.
    #[must_use]
    pub fn jobs(mut self, jobs: NonZero<usize>) -> Self {
        self.jobs = jobs;
        self
    }

    /// Answers a stream up to its end. Whether every line could be asked; a denial is an answer like any other.
    ///
    /// # Errors
    /// [`BatchError`] when the stream or its header cannot be read, or the replies cannot be written.
    pub fn answer(
        &self,
        questions: impl Read + Send,
        replies: impl ReplyWriter,
    ) -> Result<bool, BatchError> {
        match self.format {
            BatchFormat::Jsonl => self.answer_lines(questions, replies),
            BatchFormat::Csv => self.answer_table(questions, replies),
        }
    }

    fn answer_lines(
        &self,
        questions: impl Read + Send,
        replies: impl ReplyWriter,
    ) -> Result<bool, BatchError> {
        let (chunks, allowance) = bounded(questions, StreamCut::Lines, self.world.firm());
        WorkQueue::new(chunks, replies, self.jobs).run(|| {
            let mut answerer = LineAnswerer::new(self.world.clone(), &allowance);
            move |chunk: &LineChunk, replies: &mut Vec<u8>| answerer.answer(chunk, replies)
        })
    }

    fn answer_table(
        &self,
        questions: impl Read + Send,
        mut replies: impl ReplyWriter,
    ) -> Result<bool, BatchError> {
        let (mut chunks, allowance) =
            bounded(questions, StreamCut::records(b','), self.world.firm());
        let Some(columns) = read_header(&mut chunks, self.cells)? else {
            return Ok(true);
        };
        let header = columns.reply_header();
        replies
            .write_replies(&header, 0)
            .map_err(BatchError::Writing)?;
        WorkQueue::new(chunks, replies, self.jobs).run(|| {
            let mut answerer = RecordAnswerer::new(self.world.clone(), &allowance, &columns);
            move |chunk: &LineChunk, replies: &mut Vec<u8>| answerer.answer(chunk, replies)
        })
    }
}

/// Answers lines of JSON in a session, one after the other: each in the firm that those before it left. Whether every line could be
/// asked.
///
/// # Errors
/// [`BatchError`] when the stream cannot be read, or the replies cannot be written.
pub fn answer_in_session(
    session: &mut Session<'_>,
    questions: impl Read + Send,
    replies: impl ReplyWriter,
) -> Result<bool, BatchError> {
    let (chunks, allowance) = bounded(questions, StreamCut::Lines, session.firm());
    let session = Mutex::new(session);
    WorkQueue::new(chunks, replies, NonZero::<usize>::MIN).run(|| {
        |chunk: &LineChunk, replies: &mut Vec<u8>| {
            let mut session = session.lock().unwrap_or_else(PoisonError::into_inner);
            answer_in_order(&mut session, chunk, &allowance, replies)
        }
    })
}

/// A stream in chunks, and the searches for nearest names, in the bounds that the firm's rulebook sets.
fn bounded<R: Read>(stream: R, cut: StreamCut, firm: &Firm) -> (ChunkReader<R>, SearchAllowance) {
    let limits = firm.rulebook().limits();
    let chunks = ChunkReader::new(stream, cut, limits.line_bytes);
    (chunks, SearchAllowance::with_steps(limits.name_steps))
}

#[cfg(test)]
mod tests;
