//! `where-can`: on whom may this user do this?

use std::io::{self, Write};

use clap::Args;
use clio_rules::Firm;
use clio_rules::protocol::{Exchange, WhereCanRequest};

use super::RunCommand;
use super::who_can::{granted, named, with_facts};
use crate::cli::completion::{IdKind, ids};
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::options::{FactArgs, FirmArgs, OutputFormat};
use crate::cli::rows::rows;
use crate::cli::terminal::Terminal;

/// Lists everybody to whom a user may do an action
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
    /// What they want to do, by id: an action that is done to somebody
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
        let on_whom = loaded.ask(WhereCanRequest {
            product: self.asking.product,
            facts: self.given.facts,
            ..WhereCanRequest::of(self.user, self.action)
        })?;
        match self.format {
            OutputFormat::Json => terminal.json(&on_whom)?,
            OutputFormat::Text => print(&loaded.firm, &on_whom, terminal)?,
        }
        Ok(ExitStatus::of(on_whom.yes))
    }
}

fn print(
    firm: &Firm,
    on_whom: &Exchange<WhereCanRequest>,
    terminal: &mut Terminal,
) -> io::Result<()> {
    let Exchange { request, reply, .. } = on_whom;
    let (count, all) = (reply.allowed.len(), firm.users().count());
    let user = named(firm, &request.user);
    let action = with_facts(&request.action, &request.facts);
    let product = request.product.as_deref().unwrap_or_default();
    let title = firm.rulebook().title(product).unwrap_or(product);
    let users = terminal
        .paint
        .answer(count > 0, format!("{count} of {all} users"));
    writeln!(terminal, "{user} may {action} of {users} in {title}")?;
    if count == 0 {
        return Ok(());
    }
    writeln!(terminal)?;
    let allowed = reply.allowed.iter();
    let below: Vec<(String, String)> = allowed
        .map(|each| (named(firm, &each.target), granted(&each.grounds)))
        .collect();
    rows(terminal, &below)
}
