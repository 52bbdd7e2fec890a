//! `can`: may this user do this?

use clap::Args;
use clio_rules::protocol::ExplainRequest;

use super::RunCommand;
use crate::cli::completion::{IdKind, ids};
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::format::OutputFormat;
use crate::cli::options::{FactArgs, FirmArgs};
use crate::cli::terminal::Terminal;

/// Asks whether a user may do an action
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 allowed, 1 denied, 2 could not be asked.

Examples:
  clio-rules can wren create_bill
  clio-rules can wren create_bill --why
  clio-rules can tomas edit_user_profile wren
  clio-rules can wren open_matter --fact matter_access=not_listed
  clio-rules can wren view_firm_feed --reading firm_feed_is_open=false")]
pub(crate) struct CanArgs {
    /// Who asks, by id
    #[arg(add = ids(IdKind::User))]
    user: String,
    /// What they want to do, by id
    #[arg(add = ids(IdKind::Action))]
    action: String,
    /// The user or the thing it is done to, by id, where the action is done to one
    #[arg(add = ids(IdKind::User))]
    target: Option<String>,
    #[command(flatten)]
    given: FactArgs,
    /// Shows the way to the answer, and what would change it
    #[arg(long)]
    why: bool,
    #[command(flatten)]
    asking: FirmArgs,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

impl RunCommand for CanArgs {
    fn format(&self) -> OutputFormat {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let loaded = self.asking.load(terminal)?;
        let target = self.target.as_ref();
        let asked = self
            .given
            .about(&self.asking, &self.user, &self.action, target);
        if self.why {
            loaded.answer(ExplainRequest(asked), self.format, terminal)
        } else {
            loaded.answer(asked, self.format, terminal)
        }
    }
}
