//! `batch`: lines of JSON in, lines of JSON out; or records of comma-separated values both ways.

use std::io::{self, IsTerminal, Read, Write};
use std::num::NonZero;
use std::sync::{Mutex, PoisonError};

use clap::{Args, ValueEnum};
use clio_rules::fixtures::SuiteBench;
use clio_rules::protocol::World;
use clio_rules::{Finding, codes};

use super::RunCommand;
use super::change::{file_to_write, session};
use crate::cli::batch::csv::{self, CsvColumns, read_cells};
use crate::cli::batch::{
    ChunkReader, ChunkReplies, LineAnswerer, LineChunk, ReplyWriter, SearchAllowance, StreamCut,
    StreamError, WorkQueue, answer_in_order,
};
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::options::{FirmArgs, LoadedFirm};
use crate::cli::progress::ProgressLine;
use crate::cli::terminal::Terminal;

/// Answers questions and changes from standard input, one JSON object a line
#[derive(Debug, Args)]
#[command(after_help = "\
Each line is answered in order by a line with what was asked and the answer. A line that cannot be asked is answered by
{\"line\":N,\"error\":{\"code\":...,\"message\":...}}, and the run goes on. Its \"help\" names the nearest existing name for the first
unknown names of a run, and no more where there are very many. Nothing is applied and nothing accumulates: every line
is judged against the firm as it was loaded, and of two changes that are accepted, one may be rejected once the other
is made. With --apply, lines with \"ask\":\"apply\" are made, and every line is answered in the firm after those before it;
nothing is written without --write, which writes each into the firm file before it is answered.

InputLines:
  {\"product\":\"manage\",\"user\":\"wren\",\"action\":\"create_bill\"}
  {\"product\":\"manage\",\"user\":\"tomas\",\"action\":\"edit_user_profile\",\"target\":\"wren\"}
  {\"product\":\"manage\",\"user\":\"wren\",\"action\":\"open_matter\",\"facts\":{\"matter_access\":\"listed\"}}
  {\"product\":\"manage\",\"user\":\"tomas\",\"change\":\"grant\",\"role\":\"billing\",\"target\":\"wren\"}
  {\"product\":\"manage\",\"user\":\"tomas\",\"parts\":[{\"change\":\"grant\",\"role\":\"billing\",\"target\":\"wren\"}]}
An \"id\" of any kind comes back with the answer.

With --format csv, a header names the columns by the same words: user, action, target, facts.matter_access, and so on. An
empty cell says nothing. Answers are the same table with more columns; bulk changes are for lines of JSON.

ExitStatus codes: 0 every line was answered, denials included; 2 some line could not be asked.

Examples:
  echo '{\"user\":\"wren\",\"action\":\"create_bill\"}' | clio-rules batch
  clio-rules batch --format csv < questions.csv > answers.csv")]
pub(crate) struct BatchArgs {
    #[command(flatten)]
    asking: FirmArgs,
    /// How questions are read and answers are written
    #[arg(long, value_enum, default_value_t)]
    format: BatchFormat,
    /// How many lines are answered side by side [default: one for each core]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZero<usize>>,
    /// Makes the changes of lines that ask to `apply`, one line after the other
    #[arg(long, conflicts_with_all = ["format", "jobs"])]
    apply: bool,
    /// Writes each change that is made into the firm file
    #[arg(long, requires = "apply")]
    write: bool,
}

/// How questions and answers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum BatchFormat {
    /// A JSON object a line
    #[default]
    Jsonl,
    /// Comma-separated values under a header
    Csv,
}

impl RunCommand for BatchArgs {
    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let LoadedFirm { firm, file } = self.asking.load(terminal)?;
        let product = self.asking.product.as_deref();
        let bench = SuiteBench::default();
        let world = World::new(&firm).with_tests(&bench);
        let world = product.into_iter().fold(world, World::product);
        let allowance = SearchAllowance::new();
        let all_asked = match self.format {
            BatchFormat::Jsonl if self.apply => {
                let store = if self.write {
                    Some(file_to_write(file)?)
                } else {
                    None
                };
                let session = Mutex::new(session(world, store));
                let chunks = ChunkReader::new(io::stdin(), StreamCut::Lines);
                let writer = TerminalWriter::new(terminal);
                WorkQueue::new(chunks, writer, NonZero::<usize>::MIN).run(|| {
                    |chunk: &LineChunk, replies: &mut Vec<u8>| {
                        let mut session = session.lock().unwrap_or_else(PoisonError::into_inner);
                        answer_in_order(&mut session, chunk, &allowance, replies)
                    }
                })
            }
            BatchFormat::Jsonl => {
                let chunks = ChunkReader::new(io::stdin(), StreamCut::Lines);
                WorkQueue::new(chunks, TerminalWriter::new(terminal), self.jobs()).run(|| {
                    let mut answerer = LineAnswerer::new(world.clone(), &allowance);
                    move |chunk: &LineChunk, replies: &mut Vec<u8>| answerer.answer(chunk, replies)
                })
            }
            BatchFormat::Csv => {
                let mut chunks = ChunkReader::new(io::stdin(), StreamCut::records());
                let Some(columns) = read_header(&mut chunks)? else {
                    return Ok(ExitStatus::Yes);
                };
                columns.write_header(terminal)?;
                WorkQueue::new(chunks, TerminalWriter::new(terminal), self.jobs()).run(|| {
                    let mut answerer =
                        csv::RecordAnswerer::new(world.clone(), &allowance, &columns);
                    move |chunk: &LineChunk, replies: &mut Vec<u8>| answerer.answer(chunk, replies)
                })
            }
        };
        match all_asked {
            Ok(true) => Ok(ExitStatus::Yes),
            Ok(false) => Ok(ExitStatus::NotAsked),
            Err(StreamError::Reading(error)) => Err(cannot_read(error)),
            Err(StreamError::Writing(error)) => Err(error.into()),
        }
    }
}

impl BatchArgs {
    fn jobs(&self) -> NonZero<usize> {
        let cores = || std::thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
        self.jobs.unwrap_or_else(cores)
    }
}

/// Reads the first line that is not blank; none where there is no such line.
fn read_header<R: Read>(chunks: &mut ChunkReader<R>) -> Result<Option<CsvColumns>, CommandFailure> {
    let mut chunk = LineChunk::default();
    while chunks.read_one(&mut chunk).map_err(cannot_read)? {
        let mut cells = Vec::new();
        for line in chunk.lines() {
            if read_cells(&line, &mut cells)?.is_some() {
                return Ok(Some(CsvColumns::of(&cells)?));
            }
        }
    }
    Ok(None)
}

/// Writes to standard output, and says how far it is where that does not get in the way.
struct TerminalWriter<'t> {
    terminal: &'t mut Terminal,
    answered: u64,
    progress: Option<ProgressLine>,
}

impl<'t> TerminalWriter<'t> {
    fn new(terminal: &'t mut Terminal) -> Self {
        // Answers that run over a terminal show themselves how far they are.
        let is_out_of_the_way = !io::stdout().is_terminal();
        Self {
            terminal,
            answered: 0,
            progress: is_out_of_the_way.then(|| ProgressLine::start("lines answered:", None)),
        }
    }
}

impl ReplyWriter for TerminalWriter<'_> {
    fn write(&mut self, replies: &ChunkReplies) -> io::Result<bool> {
        self.terminal.write_all(&replies.bytes)?;
        self.terminal.flush()?;
        self.answered += replies.lines;
        if let Some(progress) = &mut self.progress {
            progress.advance_to(self.answered);
        }
        Ok(!self.terminal.is_closed())
    }
}

fn cannot_read(error: io::Error) -> CommandFailure {
    Finding::new(
        &codes::CANNOT_READ,
        None,
        &[&"standard input", &error.kind()],
    )
    .into()
}
