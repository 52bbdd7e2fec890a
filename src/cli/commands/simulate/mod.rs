//! `simulate`: what would be different if?

mod wishes;

use clap::Args;
use clio_rules::protocol::SimulateRequest;

use super::RunCommand;
use crate::cli::completion::{IdKind, ids};
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::format::OutputFormat;
use crate::cli::options::FirmArgs;
use crate::cli::terminal::Terminal;
use wishes::WishArgs;

/// Shows what would be different after some changes, without making them
///
/// The changes are made one after the other, in the order of the options. Without `--by` whoever may makes them; a change
/// that nobody may make is simulated all the same.
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 the changes can be made, 1 one of them cannot, 2 could not be asked.

Examples:
  clio-rules simulate wren --grant billing
  clio-rules simulate leila --revoke accounts --set billing_rate_visibility=none
  clio-rules simulate wren --grant administrator --by tomas
  clio-rules simulate tomas --change transfer_ownership
  clio-rules simulate wren --grant billing --change 'revoke reports of otto'")]
pub(crate) struct SimulateArgs {
    /// Whose permissions are changed, by id
    #[arg(add = ids(IdKind::User))]
    user: String,
    #[command(flatten)]
    wishes: WishArgs,
    /// Who makes the changes, by id [default: whoever may]
    #[arg(long, value_name = "USER", add = ids(IdKind::User))]
    by: Option<String>,
    #[command(flatten)]
    asking: FirmArgs,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

impl RunCommand for SimulateArgs {
    fn format(&self) -> OutputFormat {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let loaded = self.asking.load(terminal)?;
        let asked = SimulateRequest {
            product: self.asking.product,
            changes: self.wishes.requests(),
            user: self.user,
            by: self.by,
        };
        loaded.answer(asked, self.format, terminal)
    }
}
