//! `test`: what the rules answer, compared with what fixtures expect.

mod coverage;
mod mutate;

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use clio_rules::fixtures::{Options, Report, SuiteBench, Suites, write_report};
use clio_rules::protocol::{SourceTexts, TestRequest};
use clio_rules::render::Renderer;

use super::RunCommand;
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::format::OutputFormat;
use crate::cli::options::{FIXTURES, LocationArgs, SearchBoundArgs, rulebook_within, suites_from};
use crate::cli::terminal::Terminal;
use mutate::Outcome;

/// Runs fixtures: asks what they ask, and compares the answers with what they expect
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 every test passed, 1 a test failed or coverage is below --fail-under, 2 the tests could not be run.
With --mutate: 0 every mutant was caught or is equivalent, 1 one survived, 2 none did, but not all could be decided within
`--states` (of each comparison) and `--time` (of all mutants together, 10 minutes where nothing is said).

Examples:
  clio-rules test
  clio-rules test fixtures/manage_bulk.yaml
  clio-rules test --filter transfer_ownership
  clio-rules test --coverage --fail-under 90
  clio-rules test --mutate
  clio-rules test --rules my-rules my-fixtures --junit report.xml")]
pub(crate) struct TestArgs {
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
    /// Changes the rules one small step at a time, and lists the changes that no fixture notices
    #[arg(long, conflicts_with_all = ["junit", "coverage"])]
    mutate: bool,
    /// Folder of rule files and scripts [default: ./rules where it holds some, else the built-in rules]
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    #[command(flatten)]
    bounds: SearchBoundArgs,
    /// How to write the results
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

impl RunCommand for TestArgs {
    fn format(&self) -> OutputFormat {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let folder = LocationArgs::rules_in(self.rules.as_deref(), terminal);
        let suites = suites_from(&self.paths, terminal)?;
        let options = match &self.filter {
            Some(filter) => Options::default().filter(filter),
            None => Options::default(),
        };
        if self.mutate {
            return self.mutate(folder.as_deref(), &suites, &options, terminal);
        }
        let rulebook = rulebook_within(folder.as_deref(), &self.bounds.limits())?;
        if self.coverage.is_asked() {
            let covered = suites.cover(&rulebook, &options)?;
            self.write_junit(&covered.report)?;
            return self.coverage.show(&covered, self.format, terminal);
        }
        let name = self.named();
        let bench = SuiteBench::default().with(&*name, &suites);
        let asked = TestRequest {
            fixtures: SourceTexts::Loaded(name.clone()),
            filter: self.filter.clone(),
        };
        let tested = asked.of_rules(&rulebook, &bench)?;
        self.write_junit(&tested.reply)?;
        terminal.show(None, &tested, self.format)?;
        Ok(ExitStatus::of(tested.yes))
    }
}

impl TestArgs {
    /// What the suites are called: the paths that were named.
    fn named(&self) -> String {
        match self.paths.as_slice() {
            [] => FIXTURES.to_owned(),
            paths => {
                let names: Vec<String> = paths
                    .iter()
                    .map(|path| path.display().to_string())
                    .collect();
                names.join(", ")
            }
        }
    }

    fn write_junit(&self, report: &Report) -> Result<(), CommandFailure> {
        if let Some(file) = &self.junit {
            let mut junit = Vec::new();
            Renderer::default().xml(report, &mut junit)?;
            let junit = String::from_utf8(junit).map_err(io::Error::other)?;
            write_report(file, &junit)?;
        }
        Ok(())
    }

    /// Runs the suites on every mutant; where they fail on the rules as they are, that is what is shown.
    fn mutate(
        &self,
        folder: Option<&Path>,
        suites: &Suites,
        options: &Options,
        terminal: &mut Terminal,
    ) -> Result<ExitStatus, CommandFailure> {
        let failing = match mutate::run(folder, suites, options, &self.bounds.limits())? {
            Outcome::Mutants(report) => {
                terminal.show(None, &report, self.format)?;
                return Ok(mutate::exit(&report));
            }
            Outcome::Failing(report) => report,
        };
        terminal.show(None, &*failing, self.format)?;
        terminal.note("no mutant was run: the fixtures fail on the rules as they are");
        Ok(ExitStatus::No)
    }
}
