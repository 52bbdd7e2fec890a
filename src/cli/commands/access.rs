//! `access`: users down, actions across.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use clio_rules::protocol::{AccessRequest, World};
use clio_rules::{AccessMatrix, Firm};

use super::RunCommand;
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::options::{FirmArgs, OutputFormat};
use crate::cli::terminal::Terminal;

/// Prints what every user of the firm may do
///
/// Actions on other people are left out, and those with a fact that has no default: ask about them one by one.
#[derive(Debug, Args)]
#[command(after_help = "\
Text says how many actions each user may do; csv has a line for each user and a column for each action, json an object
for each user with the actions that are allowed. Users are written as they are computed: a firm of a million is no problem.

Examples:
  clio-rules access
  clio-rules access --product manage --format csv > access.csv
  clio-rules access --firm firm.yaml --format json")]
pub(crate) struct AccessArgs {
    #[command(flatten)]
    asking: FirmArgs,
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: AccessFormat,
}

/// How access is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum AccessFormat {
    /// How many actions each user may do
    #[default]
    Text,
    /// Comma-separated values, a line for each user
    Csv,
    /// For programs
    Json,
}

impl RunCommand for AccessArgs {
    fn format(&self) -> OutputFormat {
        match self.format {
            AccessFormat::Json => OutputFormat::Json,
            _ => OutputFormat::Text,
        }
    }

    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let firm = self.asking.load(terminal)?.firm;
        let world = World::new(&firm);
        let request = AccessRequest {
            product: self.asking.product,
            ..AccessRequest::default()
        };
        match self.format {
            AccessFormat::Text => text(&firm, &request.matrices(&world)?, terminal)?,
            AccessFormat::Csv => csv(&request.matrices(&world)?, terminal)?,
            AccessFormat::Json => terminal.json(&request.written_row_by_row(&world)?)?,
        }
        Ok(ExitStatus::Yes)
    }
}

fn text(firm: &Firm, matrices: &[AccessMatrix<'_>], terminal: &mut Terminal) -> io::Result<()> {
    /// Ids that are longer push their line out instead of everybody's.
    const WIDEST: usize = 32;
    let widest = firm.users().map(|id| id.chars().count()).max();
    let width = widest.unwrap_or_default().min(WIDEST);
    for (number, matrix) in matrices.iter().enumerate() {
        if number > 0 {
            writeln!(terminal)?;
        }
        let heading = terminal.paint.heading(matrix.title());
        writeln!(terminal, "{heading}")?;
        let actions = matrix.actions().count();
        for row in matrix.rows() {
            let allowed = row.allowed().filter(|allowed| *allowed).count();
            let user = row.user();
            writeln!(
                terminal,
                "  {user:width$}  {allowed:>3} of {actions} actions"
            )?;
            if terminal.is_closed() {
                return Ok(());
            }
        }
    }
    Ok(())
}

fn csv(matrices: &[AccessMatrix<'_>], terminal: &mut Terminal) -> io::Result<()> {
    let mut lines = csv::WriterBuilder::new()
        .flexible(true)
        .from_writer(terminal);
    for matrix in matrices {
        lines.write_record(["product", "user"].into_iter().chain(matrix.actions()))?;
        for row in matrix.rows() {
            let words = row
                .allowed()
                .map(|allowed| if allowed { "allow" } else { "deny" });
            lines.write_record([matrix.product(), row.user()].into_iter().chain(words))?;
            if lines.get_ref().is_closed() {
                return Ok(());
            }
        }
    }
    lines.flush()
}
