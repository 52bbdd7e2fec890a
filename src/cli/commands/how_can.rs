//! `how-can`: what would have to be changed so that this user may do this?

use clap::Args;
use clio_rules::protocol::HowCanRequest;

use super::RunCommand;
use crate::cli::bounds::SearchBoundArgs;
use crate::cli::completion::{IdKind, ids};
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::format::OutputFormat;
use crate::cli::options::{FactArgs, FirmArgs};
use crate::cli::terminal::Terminal;

/// Finds the smallest permission changes after which a user may do an action
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 allowed already or there is a plan, 1 no permitted changes lead there, 2 could not be asked, or could not be
decided within `--states` and `--time`.

The shortest plans come first, of them those that open the fewest other abilities. Plans that differ only in their order or in
who makes a change are one. A search that is cut off says so, and shows what it has.

Examples:
  clio-rules how-can wren create_bill
  clio-rules how-can tomas edit_user_profile nadia
  clio-rules how-can greta create_bill
  clio-rules how-can wren create_bill --format json")]
pub(crate) struct HowCanArgs {
    /// Who is to be allowed, by id
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
    #[command(flatten)]
    bounds: SearchBoundArgs,
    /// Changes in a row that are tried on things and groups, and up to which all plans are listed [default: 2]
    #[arg(long, value_name = "COUNT")]
    steps: Option<usize>,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

impl RunCommand for HowCanArgs {
    fn format(&self) -> OutputFormat {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let mut limits = self.bounds.limits();
        limits.plan_steps = self.steps.unwrap_or(limits.plan_steps);
        let loaded = self.asking.load_within(&limits, terminal)?;
        terminal.print_commands_with(self.asking.command_options(&loaded));
        let target = self.target.as_ref();
        let asked = self
            .given
            .about(&self.asking, &self.user, &self.action, target);
        let plans = loaded.ask(HowCanRequest(asked))?;
        terminal.show(Some(&loaded.world()), &plans, self.format)?;
        Ok(if plans.reply.is_decided() {
            ExitStatus::of(plans.yes)
        } else {
            ExitStatus::NotAsked
        })
    }
}
