//! `test`: what the rules answer, compared with what fixtures expect.

mod failure;
mod junit;
mod text;

use std::io;
use std::path::PathBuf;

use clap::Args;
use clio_rules::LoadError;
use clio_rules::fixtures::{Options, Suites, write_report};

use super::Run;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::options::{FIXTURES, Format, Sources, rulebook_from};
use crate::cli::terminal::Terminal;

/// Runs fixtures: asks what they ask, and compares the answers with what they expect
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 every test passed, 1 a test failed, 2 the tests could not be run.

Examples:
  clio-rules test
  clio-rules test fixtures/manage_bulk.yaml
  clio-rules test --filter transfer_ownership
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
        let suites = self.suites(terminal)?;
        let rulebook = rulebook_from(folder.as_deref())?;
        let options = match &self.filter {
            Some(filter) => Options::default().filter(filter),
            None => Options::default(),
        };
        let report = suites.run(&rulebook, &options)?;
        if let Some(file) = &self.junit {
            let text = junit::text(&report).map_err(io::Error::other)?;
            write_report(file, &text)?;
        }
        match self.format {
            Format::Json => terminal.json(&report)?,
            Format::Text => text::print(&report, terminal)?,
        }
        Ok(Exit::of(report.is_passed()))
    }
}

impl Test {
    /// The suites that are named, else those of the folder here, else the built-in ones. Says so where they were not named.
    fn suites(&self, terminal: &mut Terminal) -> Result<Suites, LoadError> {
        if !self.paths.is_empty() {
            return Suites::from_paths(&self.paths);
        }
        if Suites::is_in(FIXTURES) {
            terminal.note("fixtures: ./fixtures");
            return Suites::from_folder(FIXTURES);
        }
        terminal.note("fixtures: the built-in ones");
        Suites::builtin()
    }
}
