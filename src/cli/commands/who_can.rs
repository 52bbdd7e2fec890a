//! `who-can`: who may do this?

use std::io::{self, Write};

use clap::Args;
use clio_rules::protocol::{AllowedUser, Exchange, WhoCanRequest};
use clio_rules::{Firm, Grounds, MissingInput};

use super::RunCommand;
use crate::cli::completion::{IdKind, ids};
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::options::{FactArgs, FirmArgs, OutputFormat};
use crate::cli::rows::rows;
use crate::cli::terminal::Terminal;

/// Lists everybody who may do an action
#[derive(Debug, Args)]
#[command(after_help = "\
ExitStatus codes: 0 somebody may, 1 nobody may, 2 could not be asked.

Examples:
  clio-rules who-can create_bill
  clio-rules who-can create_bill --not
  clio-rules who-can edit_user_profile wren
  clio-rules who-can open_matter --fact matter_access=not_listed")]
pub(crate) struct WhoCanArgs {
    /// What is done, by id
    #[arg(add = ids(IdKind::Action))]
    action: String,
    /// The user it is done to, by id, where the action is done to somebody
    #[arg(add = ids(IdKind::User))]
    target: Option<String>,
    #[command(flatten)]
    given: FactArgs,
    /// Lists the others instead, each with what is missing
    #[arg(long)]
    not: bool,
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
        let loaded = self.asking.load(terminal)?;
        let who = loaded.ask(WhoCanRequest {
            product: self.asking.product.clone(),
            target: self.target.clone(),
            facts: self.given.facts.clone(),
            ..WhoCanRequest::of(&*self.action)
        })?;
        match self.format {
            OutputFormat::Json => terminal.json(&who)?,
            OutputFormat::Text => self.print(&loaded.firm, &who, terminal)?,
        }
        Ok(ExitStatus::of(who.yes))
    }
}

impl WhoCanArgs {
    fn print(
        &self,
        firm: &Firm,
        who: &Exchange<WhoCanRequest>,
        terminal: &mut Terminal,
    ) -> io::Result<()> {
        let named = |id: &str| named(firm, id);
        let Exchange { request, reply, .. } = who;
        let all = reply.allowed.len() + reply.denied.len();
        let (count, may) = if self.not {
            (reply.denied.len(), "may not")
        } else {
            (reply.allowed.len(), "may")
        };
        let to = request.target.as_deref();
        let to = to.map_or_else(String::new, |target| format!(" of {}", named(target)));
        let product = request.product.as_deref().unwrap_or_default();
        let title = firm.rulebook().title(product).unwrap_or(product);
        let users = terminal
            .paint
            .answer(count > 0 && !self.not, format!("{count} of {all} users"));
        let action = with_facts(&request.action, &request.facts);
        writeln!(terminal, "{users} {may} {action}{to} in {title}")?;
        if count == 0 {
            return Ok(());
        }
        writeln!(terminal)?;
        let allowed = reply
            .allowed
            .iter()
            .map(|AllowedUser { user, grounds }| (named(user), granted(grounds)));
        let denied = reply.denied.iter().map(|denied| {
            let said = format!("{}; {}", denied.grounds.reason, missing(&denied.missing));
            (named(&denied.user), said)
        });
        let below: Vec<(String, String)> = if self.not {
            denied.collect()
        } else {
            allowed.collect()
        };
        rows(terminal, &below)
    }
}

/// A user by name, with the id in brackets where it is another one.
pub(super) fn named(firm: &Firm, id: &str) -> String {
    match firm.name_of(id) {
        Some(name) if name != id => format!("{name} ({id})"),
        _ => id.to_owned(),
    }
}

/// Something with its facts behind it: `write (status = active)`.
pub(super) fn with_facts<T: std::fmt::Display>(what: &str, facts: &[(T, T)]) -> String {
    let facts: Vec<String> = facts
        .iter()
        .map(|(name, value)| format!("{name} = {value}"))
        .collect();
    match facts.as_slice() {
        [] => what.to_owned(),
        facts => format!("{what} ({})", facts.join(", ")),
    }
}

/// Why it is allowed, and by which rule.
pub(super) fn granted(grounds: &Grounds) -> String {
    format!("{}, by {}", grounds.reason, grounds.rule)
}

/// What is missing, in a row.
pub(super) fn missing(missing: &[MissingInput]) -> String {
    let all: Vec<String> = missing.iter().map(MissingInput::to_string).collect();
    match all.as_slice() {
        [] => "nothing would allow it".to_owned(),
        all => format!("missing: {}", all.join(" and ")),
    }
}
