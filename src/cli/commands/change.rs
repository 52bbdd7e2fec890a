//! `change`: is this permission change accepted, and what follows from it?

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use clio_rules::protocol::{ChangeReply, Exchange, ProtocolQuestion};
use clio_rules::{
    AlteredValue, AskError, Bulk, Change, Finding, Firm, HeldConflict, Reason, Verdict,
    VerdictWord, codes,
};
use serde::Serialize;

use super::RunCommand;
use super::can::of_grounds;
use super::who_can::named;
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::options::{FirmArgs, LoadedFirm, OutputFormat};
use crate::cli::rows::{rows, section};
use crate::cli::terminal::Terminal;

/// Validates a permission change, or many at once
#[derive(Debug, Args)]
#[command(override_usage = "\
clio-rules change <USER> <CHANGE> [ARGS]... <TARGET> [OPTIONS]
       clio-rules change <USER> --file <FILE> [OPTIONS]")]
#[command(after_help = "\
ExitStatus codes: 0 accepted, 1 rejected, 2 could not be asked.

A file of changes is a YAML list. Each item is a change as it would stand on the command line, or a map:
  - grant billing wren
  - { change: revoke, role: reports, target: otto }
All of them are accepted, or none.

Examples:
  clio-rules change tomas grant billing wren
  clio-rules change tomas set_visibility billing_rate_visibility own wren
  clio-rules change nadia assign admin wren
  clio-rules change nadia transfer_ownership tomas
  clio-rules change tomas --file changes.yaml --firm my-firm.yaml --write")]
pub(crate) struct ChangeArgs {
    /// Who asks for it, by id
    user: String,
    /// The change, what it takes in the order of the rule file, and the user it is done to
    #[arg(
        value_name = "CHANGE ARGS TARGET",
        required_unless_present = "file",
        conflicts_with = "file"
    )]
    words: Vec<String>,
    /// Reads many changes from a YAML file
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Writes an accepted change to the firm file; a rejected one writes nothing
    // What is written has to be judged by the firm's own readings.
    #[arg(long, conflicts_with = "readings")]
    write: bool,
    #[command(flatten)]
    asking: FirmArgs,
    /// How to write the verdict
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

/// A verdict in JSON; whether it was written is said where that was asked for.
#[derive(Serialize)]
#[serde(bound = "")]
struct ChangeOutput<'v, Q: ProtocolQuestion> {
    #[serde(flatten)]
    verdict: &'v Exchange<Q>,
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<bool>,
}

impl RunCommand for ChangeArgs {
    fn format(&self) -> OutputFormat {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let loaded = self.asking.load(terminal)?;
        if self.write && loaded.file.is_none() {
            return Err(Finding::new(&codes::NO_FIRM_FILE, None, &[]).into());
        }
        let (firm, product) = (&loaded.firm, self.asking.product.as_deref());
        if let Some(file) = &self.file {
            let bulk = Bulk::from_file(firm, product, &self.user, file)?;
            return self.judge(&loaded, bulk.clone(), || firm.judge_bulk(&bulk), terminal);
        }
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        let change = Change::from_words(firm.rulebook(), product, &self.user, &words)?;
        self.judge(&loaded, change.clone(), || firm.judge(&change), terminal)
    }
}

impl ChangeArgs {
    /// Asks, writes what is accepted where that was asked for, and says what came of it.
    fn judge<Q: ProtocolQuestion<Reply = ChangeReply>>(
        &self,
        loaded: &LoadedFirm,
        asked: Q,
        verdict: impl FnOnce() -> Result<Verdict, AskError>,
        terminal: &mut Terminal,
    ) -> Result<ExitStatus, CommandFailure> {
        let firm = &loaded.firm;
        let answer = loaded.ask(asked)?;
        let write_to = loaded.file.as_ref().filter(|_| self.write);
        let writes = answer.yes && !answer.reply.altered.is_empty();
        if let Some(file) = write_to.filter(|_| answer.yes) {
            firm.write_change(file, &verdict()?)?;
        }
        match self.format {
            OutputFormat::Json => terminal.json(&ChangeOutput {
                verdict: &answer,
                written: write_to.map(|_| writes),
            })?,
            OutputFormat::Text => {
                let product = answer.request.product().unwrap_or_default();
                self.print(firm, product, &answer.reply, terminal)?;
                if let Some(file) = write_to {
                    let file = file.display();
                    match writes {
                        true => writeln!(terminal, "\nwritten to {file}")?,
                        false => writeln!(terminal, "\nnothing written, {file} is as it was")?,
                    }
                }
            }
        }
        Ok(ExitStatus::of(answer.yes))
    }

    fn print(
        &self,
        firm: &Firm,
        product: &str,
        verdict: &ChangeReply,
        terminal: &mut Terminal,
    ) -> io::Result<()> {
        let rulebook = firm.rulebook();
        let accepted = verdict.verdict == VerdictWord::Accept;
        let (word, may) = match accepted {
            true => ("accept", "may"),
            false => ("reject", "may not"),
        };
        let word = terminal.paint.answer(accepted, word);
        let user = firm.name_of(&self.user).unwrap_or(&self.user);
        let title = rulebook.title(product).unwrap_or(product);
        let asked = match &self.file {
            Some(file) => format!("make the changes of {}", file.display()),
            None => self.words.join(" "),
        };
        writeln!(terminal, "{word}: {user} {may} {asked} in {title}\n")?;
        let change = self.words.first();
        let what = change.and_then(|change| rulebook.change_title(product, change));
        let mut below: Vec<(&str, String)> = Vec::new();
        below.extend(what.map(|title| ("change", title.to_owned())));
        below.extend(of_grounds(&verdict.grounds));
        rows(terminal, &below)?;
        print_reasons(&verdict.reasons, terminal)?;
        print_outcome(firm, product, verdict, terminal)?;
        print_conflicts(firm, &verdict.conflicts, terminal)
    }
}

/// A warning for each conflict that somebody newly holds.
pub(super) fn print_conflicts(
    firm: &Firm,
    conflicts: &[HeldConflict],
    terminal: &mut Terminal,
) -> io::Result<()> {
    if !conflicts.is_empty() {
        writeln!(terminal)?;
    }
    for conflict in conflicts {
        let user = named(firm, conflict.user());
        let [one, other] = conflict.both();
        let (because, id) = (conflict.because(), conflict.conflict());
        let word = terminal.paint.heading("warning");
        writeln!(
            terminal,
            "{word}: {user} would hold both {one} and {other}: {because} ({id})"
        )?;
    }
    Ok(())
}

/// Every ground of a rejection, where there is more to say than the first.
fn print_reasons(reasons: &[Reason], terminal: &mut Terminal) -> io::Result<()> {
    if reasons.len() < 2 && reasons.iter().all(|reason| reason.part().is_none()) {
        return Ok(());
    }
    let label = |(number, reason): (usize, &Reason)| match reason.part() {
        Some(part) => format!("part {part}"),
        None => number.to_string(),
    };
    let all: Vec<(String, String)> = (1..)
        .zip(reasons)
        .map(|(number, reason)| {
            let said = format!(
                "{} ({} at {}, {})",
                reason.reason(),
                reason.rule(),
                reason.place(),
                reason.basis()
            );
            (label((number, reason)), said)
        })
        .collect();
    section(terminal, "all reasons", &all)
}

/// What an accepted change alters, and what follows from it.
fn print_outcome(
    firm: &Firm,
    product: &str,
    verdict: &ChangeReply,
    terminal: &mut Terminal,
) -> io::Result<()> {
    if !verdict.effects.is_empty() {
        let title = |effect| firm.rulebook().effect_title(product, effect);
        let effects = verdict.effects.iter();
        let effects: Vec<(&str, &str)> = effects
            .map(|effect| (&**effect, title(effect).unwrap_or_default()))
            .collect();
        section(terminal, "what follows", &effects)?;
    }
    if verdict.altered.is_empty() {
        return Ok(());
    }
    let in_words = |altered: &AlteredValue| {
        let name = firm.name_of(&altered.user).unwrap_or(&altered.user);
        let what = format!("{}: {} -> {}", altered.what, altered.from, altered.to);
        (name.to_owned(), what)
    };
    let altered: Vec<(String, String)> = verdict.altered.iter().map(in_words).collect();
    section(terminal, "what is altered", &altered)
}
