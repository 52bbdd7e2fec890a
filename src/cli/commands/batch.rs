//! `batch`: lines of JSON in, lines of JSON out; or records of comma-separated values both ways.

use std::io::{self, IsTerminal, Write};
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::{Args, ValueEnum};
use clio_rules::Finding;
use clio_rules::batch::{Batch, BatchError, BatchFormat, ReplyWriter, answer_in_session};
use clio_rules::fixtures::SuiteBench;
use clio_rules::protocol::{Session, World};

use super::RunCommand;
use super::change::written_session;
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::files::{STANDARD_INPUT, only_one_is_standard};
use crate::cli::format::CsvArgs;
use crate::cli::options::FirmArgs;
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

Lines:
  {\"product\":\"manage\",\"user\":\"wren\",\"action\":\"create_bill\"}
  {\"product\":\"manage\",\"user\":\"tomas\",\"action\":\"edit_user_profile\",\"target\":\"wren\"}
  {\"product\":\"manage\",\"user\":\"wren\",\"action\":\"open_matter\",\"facts\":{\"matter_access\":\"listed\"}}
  {\"product\":\"manage\",\"user\":\"tomas\",\"change\":\"grant\",\"role\":\"billing\",\"target\":\"wren\"}
  {\"product\":\"manage\",\"user\":\"tomas\",\"parts\":[{\"change\":\"grant\",\"role\":\"billing\",\"target\":\"wren\"}]}
An \"id\" of any kind comes back with the answer.

With --format csv, a header names the columns by the same words: user, action, target, facts.matter_access, and so on. An
empty cell says nothing. Answers are the same table with more columns; bulk changes are for lines of JSON. A header with
semicolons or tabs between its names is read as well, and answered with the same.

Exit codes: 0 every line was answered, denials included; 2 some line could not be asked.

Examples:
  echo '{\"user\":\"wren\",\"action\":\"create_bill\"}' | clio-rules batch
  clio-rules batch --format csv < questions.csv > answers.csv")]
pub(crate) struct BatchArgs {
    #[command(flatten)]
    asking: FirmArgs,
    /// How questions are read and answers are written
    #[arg(long, value_enum, default_value_t)]
    format: LineFormat,
    #[command(flatten)]
    csv: CsvArgs,
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
enum LineFormat {
    /// A JSON object a line
    #[default]
    Jsonl,
    /// Comma-separated values under a header
    Csv,
}

impl RunCommand for BatchArgs {
    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let ends = [self.asking.sources.firm_end(), ("the lines", true)];
        only_one_is_standard("input", ends)?;
        let loaded = self.asking.load(terminal)?;
        let store = if self.write {
            Some(loaded.file_to_write()?)
        } else {
            None
        };
        let firm = &loaded.firm;
        let is_written = AtomicBool::new(false);
        let product = self.asking.product.as_deref();
        let bench = SuiteBench::default();
        let world = World::new(firm).with_tests(&bench);
        let world = product.into_iter().fold(world, World::product);
        let replies = TerminalWriter::new(terminal);
        let all_asked = if self.apply {
            let mut session = match &store {
                Some(file) => written_session(world, file, &is_written),
                None => Session::new(world),
            };
            answer_in_session(&mut session, io::stdin(), replies)
        } else {
            let batch = Batch::new(world)
                .format(self.format.into())
                .cells(self.csv.cells());
            if self.format == LineFormat::Csv {
                replies.terminal.write_all(self.csv.mark())?;
            }
            let batch = self.jobs.into_iter().fold(batch, Batch::jobs);
            batch.answer(io::stdin(), replies)
        };
        if let Some(file) = store.filter(|_| is_written.load(Ordering::Relaxed)) {
            terminal.remember_written(&file);
        }
        if all_asked? {
            Ok(ExitStatus::Yes)
        } else {
            Ok(ExitStatus::NotAsked)
        }
    }
}

impl From<LineFormat> for BatchFormat {
    fn from(format: LineFormat) -> Self {
        match format {
            LineFormat::Jsonl => Self::Jsonl,
            LineFormat::Csv => Self::Csv,
        }
    }
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
    fn write_replies(&mut self, replies: &[u8], lines: u64) -> io::Result<bool> {
        self.terminal.write_all(replies)?;
        self.terminal.flush()?;
        self.answered += lines;
        if let Some(progress) = &mut self.progress {
            progress.advance_to(self.answered);
        }
        Ok(!self.terminal.is_closed())
    }
}

impl From<BatchError> for CommandFailure {
    fn from(error: BatchError) -> Self {
        match error {
            BatchError::Reading(error) => Finding::cannot_read(&STANDARD_INPUT, &error).into(),
            BatchError::Header(finding) => finding.into(),
            BatchError::Writing(error) => error.into(),
        }
    }
}
