//! `change`: is this permission change accepted, and what follows from it?

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use clio_rules::{
    Altered, Bulk, Change as Request, Finding, Firm, HeldConflict, Reason, Verdict, codes,
};
use serde::Serialize;

use super::Run;
use super::who_can::named;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::options::{Asking, Format, Loaded};
use crate::cli::rows::{rows, section};
use crate::cli::terminal::Terminal;

/// Validates a permission change, or many at once
#[derive(Debug, Args)]
#[command(override_usage = "\
clio-rules change <USER> <CHANGE> [ARGS]... <TARGET> [OPTIONS]
       clio-rules change <USER> --file <FILE> [OPTIONS]")]
#[command(after_help = "\
Exit codes: 0 accepted, 1 rejected, 2 could not be asked.

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
pub(crate) struct Change {
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
    asking: Asking,
    /// How to write the verdict
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// A verdict in JSON; whether it was written is said where that was asked for.
#[derive(Serialize)]
struct Answered<'v> {
    #[serde(flatten)]
    verdict: &'v Verdict,
    #[serde(skip_serializing_if = "Option::is_none")]
    written: Option<bool>,
}

impl Run for Change {
    fn format(&self) -> Format {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<Exit, Failure> {
        let Loaded { firm, file } = self.asking.load(terminal)?;
        let write_to = match (self.write, file) {
            (false, _) => None,
            (true, Some(file)) => Some(file),
            (true, None) => return Err(Finding::new(&codes::NO_FIRM_FILE, None, &[]).into()),
        };
        let verdict = self.judge(&firm)?;
        let writes = verdict.is_accepted() && !verdict.altered().is_empty();
        let written = write_to.as_ref().map(|_| writes);
        if let Some(file) = write_to.as_ref().filter(|_| verdict.is_accepted()) {
            firm.write_change(file, &verdict)?;
        }
        match self.format {
            Format::Json => terminal.json(&Answered {
                verdict: &verdict,
                written,
            })?,
            Format::Text => {
                self.print(&firm, &verdict, terminal)?;
                if let Some(file) = &write_to {
                    let file = file.display();
                    match writes {
                        true => writeln!(terminal, "\nwritten to {file}")?,
                        false => writeln!(terminal, "\nnothing written, {file} is as it was")?,
                    }
                }
            }
        }
        Ok(Exit::of(verdict.is_accepted()))
    }
}

impl Change {
    fn judge(&self, firm: &Firm) -> Result<Verdict, Failure> {
        let product = self.asking.product.as_deref();
        if let Some(file) = &self.file {
            let bulk = Bulk::from_file(firm, product, &self.user, file)?;
            return Ok(firm.judge_bulk(&bulk)?);
        }
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        let change = Request::from_words(firm.rulebook(), product, &self.user, &words)?;
        Ok(firm.judge(&change)?)
    }

    fn print(&self, firm: &Firm, verdict: &Verdict, terminal: &mut Terminal) -> io::Result<()> {
        let rulebook = firm.rulebook();
        let product = verdict.product();
        let accepted = verdict.is_accepted();
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
        below.push(("reason", verdict.reason().to_owned()));
        below.push(("rule", format!("{} at {}", verdict.rule(), verdict.place())));
        below.push(("basis", verdict.basis().to_string()));
        below.push(("section", verdict.section().to_owned()));
        below.extend(verdict.site().map(|site| ("where", site.to_owned())));
        rows(terminal, &below)?;
        print_reasons(verdict, terminal)?;
        print_outcome(firm, verdict, terminal)?;
        print_conflicts(firm, verdict.conflicts(), terminal)
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
fn print_reasons(verdict: &Verdict, terminal: &mut Terminal) -> io::Result<()> {
    let reasons = verdict.reasons();
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
fn print_outcome(firm: &Firm, verdict: &Verdict, terminal: &mut Terminal) -> io::Result<()> {
    let effects = verdict.effects();
    if !effects.is_empty() {
        let title = |effect| firm.rulebook().effect_title(verdict.product(), effect);
        let effects: Vec<(&str, &str)> = effects
            .into_iter()
            .map(|effect| (effect, title(effect).unwrap_or_default()))
            .collect();
        section(terminal, "what follows", &effects)?;
    }
    if verdict.altered().is_empty() {
        return Ok(());
    }
    let in_words = |altered: &Altered| {
        let name = firm.name_of(&altered.user).unwrap_or(&altered.user);
        let what = format!("{}: {} -> {}", altered.what, altered.from, altered.to);
        (name.to_owned(), what)
    };
    let altered: Vec<(String, String)> = verdict.altered().iter().map(in_words).collect();
    section(terminal, "what is altered", &altered)
}
