//! `explain`: what a finding means and how to mend it.

use clap::Args;
use clio_rules::{Code, Finding, Severity, codes};
use serde::Serialize;

use super::RunCommand;
use crate::cli::completion::{IdKind, ids};
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::format::OutputFormat;
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
        let code = self.code.as_deref().map(find).transpose()?;
        match (code, self.format) {
            (Some(code), OutputFormat::Json) => terminal.json(&CodeOutput::of(code))?,
            (Some(code), OutputFormat::Text) => terminal.text(None, code)?,
            (None, OutputFormat::Json) => {
                terminal.json(&Code::all().map(CodeOutput::of).collect::<Vec<_>>())?;
            }
            (None, OutputFormat::Text) => {
                terminal.text(None, Code::all().collect::<Vec<_>>().as_slice())?;
            }
        }
        Ok(ExitStatus::Yes)
    }
}

fn find(name: &str) -> Result<&'static Code, Finding> {
    Code::find(name).ok_or_else(|| {
        let unknown = Finding::new(&codes::UNKNOWN_CODE, None, &[&name]);
        unknown.with_nearest(name, Code::all().map(Code::name))
    })
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
