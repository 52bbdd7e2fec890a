//! `why-not`: what stands in the way?

use clap::Args;
use clio_rules::protocol::WhyNotRequest;

use super::RunCommand;
use crate::cli::completion::{IdKind, ids};
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::format::OutputFormat;
use crate::cli::options::{FactArgs, FirmArgs};
use crate::cli::terminal::Terminal;

/// Says what stands in the way of an action, and what each rule would take
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 it is allowed, 1 denied, 2 could not be asked.

Examples:
  clio-rules why-not wren create_bill
  clio-rules why-not tomas edit_user_profile nadia
  clio-rules why-not wren open_matter --fact matter_access=not_listed")]
pub(crate) struct WhyNotArgs {
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
    #[command(flatten)]
    asking: FirmArgs,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

impl RunCommand for WhyNotArgs {
    fn format(&self) -> OutputFormat {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let loaded = self.asking.load(terminal)?;
        let target = self.target.as_ref();
        let asked = self
            .given
            .about(&self.asking, &self.user, &self.action, target);
        loaded.answer(WhyNotRequest(asked), self.format, terminal)
    }
}
