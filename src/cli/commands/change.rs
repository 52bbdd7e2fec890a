//! `change`: is this permission change accepted, and what follows from it?

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use clap::{Args, ValueHint};
use clio_rules::Change;
use clio_rules::protocol::{ApplyRequest, ChangeReply, ProtocolQuestion, Session, World};
use clio_rules::render::{WordedVerdict, quoted_words};

use super::RunCommand;
use crate::cli::completion::{IdKind, ids};
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::files::{FileArg, STANDARD_INPUT, only_one_is_standard};
use crate::cli::format::OutputFormat;
use crate::cli::options::{FirmArgs, LoadedFirm};
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
pub(crate) struct ChangeArgs {
    /// Who asks for it, by id
    #[arg(add = ids(IdKind::User))]
    user: String,
    /// The change, what it takes in the order of the rule file, and the user or group it is done to, if there is one
    #[arg(
        value_name = "CHANGE ARGS TARGET",
        add = ids(IdKind::ChangeWord),
        required_unless_present = "file",
        conflicts_with = "file"
    )]
    words: Vec<String>,
    /// Reads many changes from a YAML file, or from standard input with -
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: Option<FileArg>,
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
        let changes = self.file == Some(FileArg::Standard);
        let ends = [self.asking.sources.firm_end(), ("the changes", changes)];
        only_one_is_standard("input", ends)?;
        let loaded = self.asking.load(terminal)?;
        let (firm, product) = (&loaded.firm, self.asking.product.as_deref());
        let store = if self.write {
            Some(loaded.file_to_write()?)
        } else {
            None
        };
        if let Some(file) = &self.file {
            let bulk = file.bulk(firm, product, &self.user)?;
            return self.judge(&loaded, bulk, store, terminal);
        }
        let words: Vec<&str> = self.words.iter().map(String::as_str).collect();
        let change = Change::from_words(firm.rulebook(), product, &self.user, &words)?;
        self.judge(&loaded, change, store, terminal)
    }
}

/// A firm that changes are made in and written into a file. `is_written` becomes true with the first.
pub(super) fn written_session<'w>(
    world: World<'w>,
    file: &'w Path,
    is_written: &'w AtomicBool,
) -> Session<'w> {
    Session::new(world).stored_by(move |firm, verdict| {
        firm.write_change(file, verdict)?;
        is_written.store(true, Ordering::Relaxed);
        Ok(())
    })
}

impl ChangeArgs {
    /// Judges the change and shows the verdict. With a file, an accepted change is written into it.
    fn judge<Q: ProtocolQuestion<Reply = ChangeReply> + Into<ApplyRequest>>(
        &self,
        loaded: &LoadedFirm,
        asked: Q,
        file: Option<PathBuf>,
        terminal: &mut Terminal,
    ) -> Result<ExitStatus, CommandFailure> {
        let Some(file) = file else {
            let judged = loaded.ask(asked)?;
            match self.format {
                OutputFormat::Json => terminal.json(&judged)?,
                OutputFormat::Text => {
                    self.show(loaded, judged.request.product(), &judged.reply, terminal)?;
                }
            }
            return Ok(ExitStatus::of(judged.yes));
        };
        let is_written = AtomicBool::new(false);
        let applied = written_session(loaded.world(), &file, &is_written).apply(asked)?;
        if applied.reply.written {
            terminal.remember_written(&file);
        }
        match self.format {
            OutputFormat::Json => terminal.json(&applied)?,
            OutputFormat::Text => {
                let product = applied.request.product.as_deref();
                self.show(loaded, product, &applied.reply.verdict, terminal)?;
                let file = file.display();
                if applied.reply.written {
                    writeln!(terminal, "\nwritten to {file}")?;
                } else {
                    writeln!(terminal, "\nnothing written, {file} is as it was")?;
                }
            }
        }
        Ok(ExitStatus::of(applied.yes))
    }

    /// Shows a verdict, with what was asked as it stands on the command line.
    fn show(
        &self,
        loaded: &LoadedFirm,
        product: Option<&str>,
        verdict: &ChangeReply,
        terminal: &mut Terminal,
    ) -> Result<(), CommandFailure> {
        let words = match &self.file {
            Some(FileArg::Standard) => format!("make the changes of {STANDARD_INPUT}"),
            Some(FileArg::Named(file)) => format!("make the changes of {}", file.display()),
            None => quoted_words(&self.words),
        };
        let verdict = WordedVerdict {
            user: &self.user,
            product: product.unwrap_or_default(),
            change: self.words.first().map(String::as_str),
            words: &words,
            verdict,
        };
        Ok(terminal.text(Some(&loaded.world()), &verdict)?)
    }
}
