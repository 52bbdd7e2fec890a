//! `access`: users down, actions across.

use clap::{Args, ValueEnum};
use clio_rules::protocol::{AccessRequest, World};

use super::RunCommand;
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::files::only_one_is_standard;
use crate::cli::format::{CsvArgs, OutputFormat};
use crate::cli::only::OnlyArgs;
use crate::cli::options::FirmArgs;
use crate::cli::terminal::Terminal;

/// Prints what every user of the firm may do
///
/// Actions on other people are left out, and those with a fact that has no default: text and json name them, and `who-can` answers
/// about each.
#[derive(Debug, Args)]
#[command(after_help = "\
Text says how many actions each user may do; csv has a line for each user and a column for each action, json an object
for each user with the actions that are allowed. Users are written as they are computed: a firm of a million is no problem.

Examples:
  clio-rules access
  clio-rules access --product manage --format csv > access.csv
  clio-rules access --only wren,tomas
  clio-rules access --firm firm.yaml --format json")]
pub(crate) struct AccessArgs {
    #[command(flatten)]
    only: OnlyArgs,
    #[command(flatten)]
    asking: FirmArgs,
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: AccessFormat,
    #[command(flatten)]
    csv: CsvArgs,
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
        only_one_is_standard("input", [self.asking.sources.firm_end(), self.only.end()])?;
        let firm = self.asking.load(terminal)?.firm;
        let world = World::new(&firm);
        let request = AccessRequest {
            product: self.asking.product,
            only: self.only.ids()?,
            ..AccessRequest::default()
        };
        match self.format {
            AccessFormat::Text => terminal.text(Some(&world), &*request.matrices(&world)?)?,
            AccessFormat::Csv => terminal.csv(&*request.matrices(&world)?, self.csv)?,
            AccessFormat::Json => terminal.json(&request.written_row_by_row(&world)?)?,
        }
        Ok(ExitStatus::Yes)
    }
}
