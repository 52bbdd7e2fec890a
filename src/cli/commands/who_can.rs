//! `who-can`: who may do this?

use std::io::{self, Write};

use clap::Args;
use clio_rules::{Firm, Missing, Question, WhoCan as Who};

use super::Run;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::options::{Asking, Facts, Format, Loaded};
use crate::cli::rows::rows;
use crate::cli::terminal::Terminal;

/// Lists everybody who may do an action
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 somebody may, 1 nobody may, 2 could not be asked.

Examples:
  clio-rules who-can create_bill
  clio-rules who-can create_bill --not
  clio-rules who-can edit_user_profile wren
  clio-rules who-can open_matter --fact matter_access=not_listed")]
pub(crate) struct WhoCan {
    /// What is done, by id
    action: String,
    /// The user it is done to, by id, where the action is done to somebody
    target: Option<String>,
    #[command(flatten)]
    given: Facts,
    /// Lists the others instead, each with what is missing
    #[arg(long)]
    not: bool,
    #[command(flatten)]
    asking: Asking,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Run for WhoCan {
    fn format(&self) -> Format {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<Exit, Failure> {
        let Loaded { firm, .. } = self.asking.load(terminal)?;
        let question = Question::of_everybody(&self.action);
        let product = self.asking.product.as_deref();
        let question = self.given.with(question, product, self.target.as_deref());
        let who = firm.who_can(&question)?;
        match self.format {
            Format::Json => terminal.json(&who)?,
            Format::Text => self.print(&firm, &who, terminal)?,
        }
        Ok(Exit::of(who.counts().0 > 0))
    }
}

impl WhoCan {
    fn print(&self, firm: &Firm, who: &Who<'_>, terminal: &mut Terminal) -> io::Result<()> {
        let named = |id| named(firm, id);
        let (allowed, all) = who.counts();
        let (count, may) = match self.not {
            false => (allowed, "may"),
            true => (all - allowed, "may not"),
        };
        let to = who.target().map(|target| format!(" of {}", named(target)));
        let to = to.unwrap_or_default();
        let title = firm.rulebook().title(who.product());
        let title = title.unwrap_or(who.product());
        let users = terminal
            .paint
            .answer(count > 0 && !self.not, format!("{count} of {all} users"));
        let action = with_facts(who.action(), &self.given.facts);
        writeln!(terminal, "{users} {may} {action}{to} in {title}")?;
        if count == 0 {
            return Ok(());
        }
        writeln!(terminal)?;
        let below: Vec<(String, String)> = match self.not {
            false => who
                .allowed()
                .map(|allowed| {
                    let answer = allowed.answer();
                    let said = format!("{}, by {}", answer.reason(), answer.rule());
                    (named(allowed.user), said)
                })
                .collect(),
            true => who
                .denied()
                .map(|denied| {
                    let said = format!("{}; {}", denied.answer().reason(), missing(denied.missing));
                    (named(denied.user), said)
                })
                .collect(),
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
pub(super) fn with_facts(what: &str, facts: &[(String, String)]) -> String {
    let facts: Vec<String> = facts
        .iter()
        .map(|(name, value)| format!("{name} = {value}"))
        .collect();
    match facts.as_slice() {
        [] => what.to_owned(),
        facts => format!("{what} ({})", facts.join(", ")),
    }
}

/// What is missing, in a row.
pub(super) fn missing(missing: &[Missing]) -> String {
    let all: Vec<String> = missing.iter().map(Missing::to_string).collect();
    match all.as_slice() {
        [] => "nothing would allow it".to_owned(),
        all => format!("missing: {}", all.join(" and ")),
    }
}
