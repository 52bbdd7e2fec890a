//! `matrix`: who may do what, actions down and roles across, or what else answers depend on.

use clap::{Args, ValueEnum};
use clio_rules::protocol::MatrixRequest;

use super::RunCommand;
use crate::cli::completion::{IdKind, ids};
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::format::{CsvArgs, OutputFormat};
use crate::cli::options::FirmArgs;
use crate::cli::terminal::Terminal;

/// Prints who may do what: roles across, actions down
///
/// A column is a user who holds that role and no other, with the readings of the firm. Where every seat has a level, the column of
/// a role beside the levels is a user who holds it beside any one level. A cell that depends on more than the roles says on what;
/// what takes several roles at once stands in a column of its own. Where a row says no everywhere, nobody can do it. Of the firm only the
/// readings matter; without one that fits these rules, they are those that the rules choose.
///
/// With `--by`, the columns are the values of a setting, a fact or a property of a thing, or the lists of a thing: who stands on that
/// list by name, and on no other; `-` stands on none. Roles are then among what a cell can depend on.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  clio-rules matrix --product grow
  clio-rules matrix --rules my-rules
  clio-rules matrix --format html > matrix.html
  clio-rules matrix --reading firm_feed_is_open=false
  clio-rules matrix --by billing_rate_visibility
  clio-rules matrix --by matter")]
pub(crate) struct MatrixArgs {
    #[command(flatten)]
    asking: FirmArgs,
    /// What the columns stand for, by id: a setting, a fact, a property of a thing, a kind of thing for its lists, or `roles`
    #[arg(long, value_name = "NAME", add = ids(IdKind::Columns))]
    by: Option<String>,
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: MatrixFormat,
    #[command(flatten)]
    csv: CsvArgs,
}

/// How a matrix is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum MatrixFormat {
    /// A table for the terminal
    #[default]
    Text,
    /// A table for Markdown
    Markdown,
    /// Comma-separated values, a line for each action
    Csv,
    /// A page of its own
    Html,
    /// For programs
    Json,
}

impl RunCommand for MatrixArgs {
    fn format(&self) -> OutputFormat {
        match self.format {
            MatrixFormat::Json => OutputFormat::Json,
            _ => OutputFormat::Text,
        }
    }

    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let loaded = self.asking.load_readings(terminal)?;
        let (product, by) = (self.asking.product, self.by);
        let matrices = loaded.ask(MatrixRequest { product, by })?;
        let reply = &matrices.reply;
        match self.format {
            MatrixFormat::Text => terminal.text(Some(&loaded.world()), reply)?,
            MatrixFormat::Markdown => terminal.markdown(Some(&loaded.world()), reply)?,
            MatrixFormat::Csv => terminal.csv(reply, self.csv)?,
            MatrixFormat::Html => terminal.page(reply)?,
            MatrixFormat::Json => terminal.json(&matrices)?,
        }
        Ok(ExitStatus::Yes)
    }
}
