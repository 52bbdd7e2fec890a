//! `batch`: JSON lines in, JSON lines out.

use std::io::{self, Write};
use std::num::NonZero;

use clap::Args;
use clio_rules::{Finding, codes};

use super::Run;
use crate::cli::batch::{Chunk, Chunks, Clerk, Cut, Desk, Failed, Pen, Replies, Room};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::options::{Asking, Loaded};
use crate::cli::terminal::Terminal;

/// Answers questions and changes from standard input, one JSON object a line
#[derive(Debug, Args)]
#[command(after_help = "\
Each line is answered in order by a line with what was asked and the answer. A line that cannot be asked is answered by
{\"line\":N,\"error\":{\"code\":...,\"message\":...}}, and the run goes on. Nothing accumulates: every line is judged against the
firm as it is.

Lines:
  {\"product\":\"manage\",\"user\":\"wren\",\"action\":\"create_bill\"}
  {\"product\":\"manage\",\"user\":\"tomas\",\"action\":\"edit_user_profile\",\"target\":\"wren\"}
  {\"product\":\"manage\",\"user\":\"wren\",\"action\":\"open_matter\",\"facts\":{\"matter_access\":\"listed\"}}
  {\"product\":\"manage\",\"user\":\"tomas\",\"change\":\"grant\",\"role\":\"billing\",\"target\":\"wren\"}
  {\"product\":\"manage\",\"user\":\"tomas\",\"parts\":[{\"change\":\"grant\",\"role\":\"billing\",\"target\":\"wren\"}]}
An \"id\" of any kind comes back with the answer.

Exit codes: 0 every line was answered, denials included; 2 some line could not be asked.

Example:
  echo '{\"user\":\"wren\",\"action\":\"create_bill\"}' | clio-rules batch")]
pub(crate) struct Batch {
    #[command(flatten)]
    asking: Asking,
    /// How many lines are answered side by side [default: one for each core]
    #[arg(long, value_name = "N")]
    jobs: Option<NonZero<usize>>,
}

/// Writes to standard output.
struct ToTerminal<'t> {
    terminal: &'t mut Terminal,
}

impl Run for Batch {
    fn run(self, terminal: &mut Terminal) -> Result<Exit, Failure> {
        let Loaded { firm, .. } = self.asking.load(terminal)?;
        let room = Room::new(&firm, self.asking.product.as_deref());
        let chunks = Chunks::new(io::stdin(), Cut::Lines);
        let pen = ToTerminal { terminal };
        let all_asked = Desk::new(chunks, pen, self.jobs()).run(|| {
            let mut clerk = Clerk::new(room);
            move |chunk: &Chunk, replies: &mut Vec<u8>| clerk.answer(chunk, replies)
        });
        match all_asked {
            Ok(true) => Ok(Exit::Yes),
            Ok(false) => Ok(Exit::NotAsked),
            Err(Failed::Reading(error)) => Err(cannot_read(error)),
            Err(Failed::Writing(error)) => Err(error.into()),
        }
    }
}

impl Batch {
    fn jobs(&self) -> NonZero<usize> {
        let cores = || std::thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN);
        self.jobs.unwrap_or_else(cores)
    }
}

impl Pen for ToTerminal<'_> {
    fn write(&mut self, replies: &Replies) -> io::Result<bool> {
        self.terminal.write_all(&replies.bytes)?;
        self.terminal.flush()?;
        Ok(!self.terminal.is_closed())
    }
}

fn cannot_read(error: io::Error) -> Failure {
    Finding::new(
        &codes::CANNOT_READ,
        None,
        &[&"standard input", &error.kind()],
    )
    .into()
}
