//! `test`: what the rules answer, compared with what fixtures expect.

mod coverage;
mod failure;
mod heat;
mod junit;
mod text;

use std::io;
use std::path::PathBuf;

use clap::Args;
use clio_rules::fixtures::{Options, Report, write_report};

use super::Run;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::options::{Format, Sources, rulebook_from, suites_from};
use crate::cli::terminal::Terminal;

/// Runs fixtures: asks what they ask, and compares the answers with what they expect
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 every test passed, 1 a test failed or coverage is below --fail-under, 2 the tests could not be run.

Examples:
  clio-rules test
  clio-rules test fixtures/manage_bulk.yaml
  clio-rules test --filter transfer_ownership
  clio-rules test --coverage --fail-under 90
  clio-rules test --rules my-rules my-fixtures --junit report.xml")]
pub(crate) struct Test {
    /// Suites, and folders of suites [default: ./fixtures where it holds some, else the built-in ones]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Runs only tests with this text in their suite's name, their title, or the users and actions they name
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Writes a report for CI in JUnit's form
    #[arg(long, value_name = "FILE")]
    junit: Option<PathBuf>,
    #[command(flatten)]
    coverage: coverage::Asked,
    /// Folder of rule files and scripts [default: ./rules where it holds some, else the built-in rules]
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// How to write what came of it
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Run for Test {
    fn format(&self) -> Format {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<Exit, Failure> {
        let folder = Sources::rules_in(self.rules.as_deref(), terminal);
        let suites = suites_from(&self.paths, terminal)?;
        let rulebook = rulebook_from(folder.as_deref())?;
        let options = match &self.filter {
            Some(filter) => Options::default().filter(filter),
            None => Options::default(),
        };
        if self.coverage.is_asked() {
            let covered = suites.cover(&rulebook, &options)?;
            self.write_junit(&covered.report)?;
            return self.coverage.show(&covered, self.format, terminal);
        }
        let report = suites.run(&rulebook, &options)?;
        self.write_junit(&report)?;
        match self.format {
            Format::Json => terminal.json(&report)?,
            Format::Text => text::print(&report, terminal)?,
        }
        Ok(Exit::of(report.is_passed()))
    }
}

impl Test {
    fn write_junit(&self, report: &Report) -> Result<(), Failure> {
        if let Some(file) = &self.junit {
            let text = junit::text(report).map_err(io::Error::other)?;
            write_report(file, &text)?;
        }
        Ok(())
    }
}
