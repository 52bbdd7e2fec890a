//! `change`: is this permission change accepted, and what follows from it?

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use clio_rules::protocol::{ApplyRequest, ChangeReply, ProtocolQuestion, Session, World};
use clio_rules::{
    AlteredValue, Bulk, Change, Finding, Firm, HeldConflict, Reason, UnmetAdvice, VerdictWord,
    codes,
};

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

impl RunCommand for ChangeArgs {
    fn format(&self) -> OutputFormat {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let loaded = self.asking.load(terminal)?;
        let (firm, product) = (&loaded.firm, self.asking.product.as_deref());
        let file = loaded.file.clone();
        let store = if self.write {
            Some(file_to_write(file)?)
        } else {
            None
        };
        if let Some(file) = &self.file {
            let bulk = Bulk::from_file(firm, product, &self.user, file)?;
            return self.judge(&loaded, bulk, store, terminal);
        }
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        let change = Change::from_words(firm.rulebook(), product, &self.user, &words)?;
        self.judge(&loaded, change, store, terminal)
    }
}

/// The firm file that changes are written into.
pub(super) fn file_to_write(file: Option<PathBuf>) -> Result<PathBuf, Finding> {
    file.ok_or_else(|| Finding::new(&codes::NO_FIRM_FILE, None, &[]))
}

/// A firm that changes are made in, and a file that they are written into.
pub(super) fn session(world: World<'_>, file: Option<PathBuf>) -> Session<'_> {
    let session = Session::new(world);
    match file {
        None => session,
        Some(file) => {
            session.stored_by(move |firm, verdict| Ok(firm.write_change(&file, verdict)?))
        }
    }
}

impl ChangeArgs {
    /// Asks, makes what is accepted where that was asked for, and says what came of it.
    fn judge<Q: ProtocolQuestion<Reply = ChangeReply> + Into<ApplyRequest>>(
        &self,
        loaded: &LoadedFirm,
        asked: Q,
        file: Option<PathBuf>,
        terminal: &mut Terminal,
    ) -> Result<ExitStatus, CommandFailure> {
        let firm = &loaded.firm;
        let Some(file) = file else {
            let verdict = loaded.ask(asked)?;
            match self.format {
                OutputFormat::Json => terminal.json(&verdict)?,
                OutputFormat::Text => {
                    let product = verdict.request.product().unwrap_or_default();
                    self.print(firm, product, &verdict.reply, terminal)?;
                }
            }
            return Ok(ExitStatus::of(verdict.yes));
        };
        let applied = session(World::new(firm), Some(file.clone())).apply(asked)?;
        match self.format {
            OutputFormat::Json => terminal.json(&applied)?,
            OutputFormat::Text => {
                let product = applied.request.product.as_deref().unwrap_or_default();
                self.print(firm, product, &applied.reply.verdict, terminal)?;
                let file = file.display();
                if applied.reply.written {
                    writeln!(terminal, "\nwritten to {file}")?
                } else {
                    writeln!(terminal, "\nnothing written, {file} is as it was")?
                }
            }
        }
        Ok(ExitStatus::of(applied.yes))
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
        let (word, may) = if accepted {
            ("accept", "may")
        } else {
            ("reject", "may not")
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
        print_conflicts(firm, &verdict.conflicts, terminal)?;
        print_advice(firm, &verdict.advice, terminal)
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

/// A warning for each advice that somebody newly does not follow.
pub(super) fn print_advice(
    firm: &Firm,
    advice: &[UnmetAdvice],
    terminal: &mut Terminal,
) -> io::Result<()> {
    if !advice.is_empty() {
        writeln!(terminal)?;
    }
    for unmet in advice {
        let user = named(firm, &unmet.user);
        let (because, id) = (&unmet.because, &unmet.advice);
        let word = terminal.paint.heading("warning");
        writeln!(
            terminal,
            "{word}: {user} would not be as the rules advise: {because} ({id})"
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
