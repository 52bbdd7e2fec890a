//! `who-can`: who may do this?

use clap::Args;
use clio_rules::protocol::WhoCanRequest;
use clio_rules::render::DeniedUsers;

use super::RunCommand;
use crate::cli::completion::{IdKind, ids};
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::files::only_one_is_standard;
use crate::cli::format::OutputFormat;
use crate::cli::only::OnlyArgs;
use crate::cli::options::{FactArgs, FirmArgs};
use crate::cli::terminal::Terminal;

/// Lists everybody who may do an action
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 somebody may, 1 nobody may, 2 could not be asked.

Examples:
  clio-rules who-can create_bill
  clio-rules who-can create_bill --not
  clio-rules who-can create_bill --only wren,tomas
  clio-rules who-can edit_user_profile wren
  clio-rules who-can open_matter --fact matter_access=not_listed")]
pub(crate) struct WhoCanArgs {
    /// What is done, by id
    #[arg(add = ids(IdKind::Action))]
    action: String,
    /// The user or the thing it is done to, by id, where the action is done to one
    #[arg(add = ids(IdKind::User))]
    target: Option<String>,
    #[command(flatten)]
    given: FactArgs,
    /// Lists the others instead, each with what is missing
    #[arg(long)]
    not: bool,
    #[command(flatten)]
    only: OnlyArgs,
    #[command(flatten)]
    asking: FirmArgs,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

impl RunCommand for WhoCanArgs {
    fn format(&self) -> OutputFormat {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        only_one_is_standard("input", [self.asking.sources.firm_end(), self.only.end()])?;
        let loaded = self.asking.load(terminal)?;
        let asked = WhoCanRequest {
            product: self.asking.product,
            only: self.only.ids()?,
            target: self.target,
            facts: self.given.facts,
            ..WhoCanRequest::of(self.action)
        };
        if !self.not || self.format == OutputFormat::Json {
            return loaded.answer(asked, self.format, terminal);
        }
        let who = loaded.ask(asked)?;
        terminal.text(Some(&loaded.world()), &DeniedUsers(&who))?;
        Ok(ExitStatus::of(who.yes))
    }
}
