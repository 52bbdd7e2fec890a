//! `where-can`: on whom may this user do this?

use clap::Args;
use clio_rules::protocol::WhereCanRequest;

use super::RunCommand;
use crate::cli::completion::{IdKind, ids};
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::format::OutputFormat;
use crate::cli::options::{FactArgs, FirmArgs};
use crate::cli::terminal::Terminal;

/// Lists the people or things to which a user may do an action
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 there is somebody, 1 there is nobody, 2 could not be asked.

Examples:
  clio-rules where-can tomas edit_user_profile
  clio-rules where-can wren edit_user_profile --format json")]
pub(crate) struct WhereCanArgs {
    /// Who asks, by id
    #[arg(add = ids(IdKind::User))]
    user: String,
    /// What they want to do, by id: an action that is done to somebody or something
    #[arg(add = ids(IdKind::Action))]
    action: String,
    #[command(flatten)]
    given: FactArgs,
    #[command(flatten)]
    asking: FirmArgs,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

impl RunCommand for WhereCanArgs {
    fn format(&self) -> OutputFormat {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let loaded = self.asking.load(terminal)?;
        let asked = WhereCanRequest {
            product: self.asking.product,
            facts: self.given.facts,
            ..WhereCanRequest::of(self.user, self.action)
        };
        loaded.answer(asked, self.format, terminal)
    }
}
