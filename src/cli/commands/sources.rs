//! `sources`: which section of the source document each rule comes from, and which fixtures assert it.

use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::RunCommand;
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::files::FileArg;
use crate::cli::format::OutputFormat;
use crate::cli::location::rulebook_from;
use crate::cli::options::LocationArgs;
use crate::cli::report::FindingReport;
use crate::cli::suites::suites_from;
use crate::cli::terminal::Terminal;

/// Lists what the rules claim of the source document, by section, with the fixtures that assert it
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 every section has rules and every stated rule a fixture, 1 something is missing, 2 it could not be asked.

Examples:
  clio-rules sources
  clio-rules sources --format json
  clio-rules sources --rules my-rules my-fixtures")]
pub(crate) struct SourcesArgs {
    /// Suites, and folders of suites; - is standard input [default: ./fixtures where it holds some, else the built-in ones]
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<FileArg>,
    /// Folder of rule files and scripts [default: ./rules where it holds some, else the built-in rules]
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

impl RunCommand for SourcesArgs {
    fn format(&self) -> OutputFormat {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let folder = LocationArgs::rules_in(self.rules.as_deref(), terminal);
        let rulebook = rulebook_from(folder.as_deref())?;
        let suites = suites_from(&self.paths, &rulebook, terminal)?;
        let sources = suites.sources(&rulebook)?;
        terminal.show(None, &sources, self.format)?;
        if self.format == OutputFormat::Text {
            let mut found = FindingReport::default();
            for finding in &sources.findings {
                found.append(finding.clone().into());
            }
            found.draw(terminal);
        }
        Ok(ExitStatus::of(sources.is_complete()))
    }
}
