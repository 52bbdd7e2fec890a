//! `explain`: what a finding means and how to mend it.

use std::io::{self, Write};

use clap::Args;
use clio_rules::{Code, Finding, Severity, codes};
use serde::Serialize;

use super::RunCommand;
use crate::cli::completion::{IdKind, ids};
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::options::OutputFormat;
use crate::cli::rows::rows;
use crate::cli::terminal::Terminal;

/// Says what a finding means and how to mend it
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  clio-rules explain
  clio-rules explain unknown-user")]
pub(crate) struct ExplainArgs {
    /// Code of the finding, as it stands in brackets in front of its message; without one, all are listed
    #[arg(add = ids(IdKind::Code))]
    code: Option<String>,
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

/// A code in JSON.
#[derive(Serialize)]
struct CodeOutput {
    code: &'static str,
    severity: Severity,
    text: &'static str,
    help: Option<&'static str>,
    explanation: &'static str,
}

impl RunCommand for ExplainArgs {
    fn format(&self) -> OutputFormat {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        match &self.code {
            Some(name) => {
                let code = Code::find(name).ok_or_else(|| {
                    let unknown = Finding::new(&codes::UNKNOWN_CODE, None, &[name]);
                    unknown.with_nearest(name, Code::all().map(Code::name))
                })?;
                match self.format {
                    OutputFormat::Json => terminal.json(&CodeOutput::of(code))?,
                    OutputFormat::Text => print(code, terminal)?,
                }
            }
            None => match self.format {
                OutputFormat::Json => {
                    terminal.json(&Code::all().map(CodeOutput::of).collect::<Vec<_>>())?;
                }
                OutputFormat::Text => list(terminal)?,
            },
        }
        Ok(ExitStatus::Yes)
    }
}

impl CodeOutput {
    fn of(code: &'static Code) -> Self {
        Self {
            code: code.name(),
            severity: code.severity(),
            text: code.text(),
            help: code.help(),
            explanation: code.explanation(),
        }
    }
}

fn print(code: &Code, terminal: &mut Terminal) -> io::Result<()> {
    let heading = terminal
        .paint
        .heading(format!("{}[{code}]", code.severity()));
    writeln!(terminal, "{heading}: {}\n", plain(code.text()))?;
    writeln!(terminal, "{}", code.explanation())?;
    match code.help() {
        Some(help) => writeln!(terminal, "\nhelp: {help}"),
        None => Ok(()),
    }
}

fn list(terminal: &mut Terminal) -> io::Result<()> {
    let all: Vec<(&str, String)> = Code::all()
        .map(|code| (code.name(), plain(code.text())))
        .collect();
    rows(terminal, &all)
}

/// A message with `…` where an occurrence puts its words.
fn plain(text: &str) -> String {
    (0..10).fold(text.to_owned(), |text, n| {
        text.replace(&format!("{{{n}}}"), "…")
    })
}
