//! `diff`: in what two rulebooks differ, or two states of a firm.

mod rules;
mod written;

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Run;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::options::{Format, rulebook_from};
use crate::cli::terminal::Terminal;

/// Compares two rulebooks by their decisions, or two states of a firm
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 equal, 1 different, 2 could not be asked.

Two folders of rules are compared by what they decide, not line by line: who gains and who loses what, under the shortest
exact conditions; then other reasons, effects, bases and names. Equal is proven: no question and no change can tell the two apart.
What only one side knows, the other leaves aside.

Examples:
  clio-rules diff old/rules rules
  clio-rules diff old/rules rules --format markdown
  git worktree add ../before main && clio-rules diff ../before/rules rules")]
pub(crate) struct Diff {
    /// Folder of the old rules
    old: PathBuf,
    /// Folder of the new rules
    new: PathBuf,
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: DiffFormat,
}

/// How a difference is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum DiffFormat {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
    /// For a pull request
    Markdown,
}

impl Run for Diff {
    fn format(&self) -> Format {
        match self.format {
            DiffFormat::Json => Format::Json,
            _ => Format::Text,
        }
    }

    fn run(self, terminal: &mut Terminal) -> Result<Exit, Failure> {
        let old = rulebook_from(Some(&self.old))?;
        let new = rulebook_from(Some(&self.new))?;
        let difference = old.difference(&new)?;
        match self.format {
            DiffFormat::Json => terminal.json(&difference)?,
            DiffFormat::Text => rules::written(&difference, &old, &new).text(terminal)?,
            DiffFormat::Markdown => rules::written(&difference, &old, &new).markdown(terminal)?,
        }
        Ok(Exit::of(difference.is_equal()))
    }
}
