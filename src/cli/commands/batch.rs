//! `batch`: JSON lines in, JSON lines out.

use std::io::{self, Write};

use clap::Args;
use clio_rules::{Finding, codes};

use super::Run;
use crate::cli::batch::{Lines, Room};
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
}

impl Run for Batch {
    fn run(self, terminal: &mut Terminal) -> Result<Exit, Failure> {
        let Loaded { firm, .. } = self.asking.load(terminal)?;
        let room = Room::new(&firm, self.asking.product.as_deref());
        let mut lines = Lines::new(io::stdin().lock());
        let mut answer = Vec::new();
        let mut exit = Exit::Yes;
        loop {
            if terminal.is_closed() {
                return Ok(exit);
            }
            // Whoever waits for an answer before asking on gets it now. A write that fails then fails again below.
            let before_waiting = || drop(terminal.flush());
            let Some(line) = lines.read(before_waiting).map_err(cannot_read)? else {
                return Ok(exit);
            };
            answer.clear();
            if !room.answer(&line, &mut answer)? {
                exit = Exit::NotAsked;
            }
            terminal.write_all(&answer)?;
        }
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
