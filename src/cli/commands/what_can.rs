//! `what-can`: what may this user do?

use std::io::{self, Write};

use clap::Args;
use clio_rules::protocol::WhatCanRequest;
use clio_rules::{Ability, Firm, MissingInput, WhatCan};

use super::RunCommand;
use super::who_can::{named, with_facts};
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::options::{FirmArgs, OutputFormat};
use crate::cli::rows::{rows, section};
use crate::cli::terminal::Terminal;

/// Lists everything that a user may do, and on whom
#[derive(Debug, Args)]
#[command(after_help = "\
ExitStatus codes: 0 they may do something, 1 they may do nothing, 2 could not be asked.

FactArgs have their defaults. An action that another value of a fact would turn says which.

Examples:
  clio-rules what-can wren
  clio-rules what-can tomas --product manage
  clio-rules what-can otto --format json")]
pub(crate) struct WhatCanArgs {
    /// Whose abilities, by id
    user: String,
    #[command(flatten)]
    asking: FirmArgs,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

impl RunCommand for WhatCanArgs {
    fn format(&self) -> OutputFormat {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let loaded = self.asking.load(terminal)?;
        let what = loaded.ask(WhatCanRequest {
            product: self.asking.product.clone(),
            user: self.user.clone(),
        })?;
        match self.format {
            OutputFormat::Json => terminal.json(&what)?,
            OutputFormat::Text => print(&loaded.firm, &self.user, &what.reply, terminal)?,
        }
        Ok(ExitStatus::of(what.yes))
    }
}

fn print(firm: &Firm, user: &str, what: &WhatCan, terminal: &mut Terminal) -> io::Result<()> {
    let count = what.actions.len();
    let all = count + what.denied.len();
    let user = named(firm, user);
    let counted = terminal
        .paint
        .answer(count > 0, format!("{count} of {all} actions"));
    writeln!(terminal, "{user} may do {counted}")?;
    if !what.grounds.is_empty() {
        let grounds = what.grounds.iter();
        let mut grounds: Vec<(&str, &str)> = grounds
            .map(|ground| (&*ground.grounds.rule, &*ground.grounds.reason))
            .collect();
        // Whoever is disabled is so in every product.
        grounds.dedup();
        writeln!(terminal)?;
        rows(terminal, &grounds)?;
    }
    let mut product = "";
    let same_group =
        |one: &Ability, other: &Ability| one.product == other.product && one.group == other.group;
    for group in what.actions.chunk_by(same_group) {
        let Some(first) = group.first() else { continue };
        if *first.product != *product {
            product = &first.product;
            let title = firm.rulebook().title(product).unwrap_or(product);
            let heading = terminal.paint.heading(title);
            writeln!(terminal, "\n{heading}")?;
        }
        let one_section = group
            .iter()
            .all(|each| each.grounds.section == first.grounds.section);
        let heading = if one_section {
            format!("{} ({})", first.group, first.grounds.section)
        } else {
            first.group.to_string()
        };
        let below: Vec<(&str, String)> = group
            .iter()
            .map(|ability| (&*ability.action, said(firm, ability)))
            .collect();
        section(terminal, &heading, &below)?;
    }
    Ok(())
}

/// What an action is called, on whom it is done, and which facts would turn it.
pub(super) fn said(firm: &Firm, ability: &Ability) -> String {
    let mut said = with_facts(&ability.title, &ability.facts);
    if let Some(targets) = &ability.targets {
        let whom = targets.in_words(|id| named(firm, id));
        said = format!("{said}: {whom}");
    }
    let turned: Vec<String> = ability
        .turned_by
        .iter()
        .map(MissingInput::to_string)
        .collect();
    match turned.as_slice() {
        [] => said,
        turned => format!("{said}; another answer where {}", turned.join(" or ")),
    }
}
