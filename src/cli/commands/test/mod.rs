//! `test`: what the rules answer, compared with what fixtures expect.

mod coverage;
mod mutate;

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use clio_rules::Rulebook;
use clio_rules::fixtures::{Options, Report, SuiteBench, Suites};
use clio_rules::protocol::{SourceTexts, TestRequest};
use clio_rules::render::{Annotations, RenderText, Renderer};
use serde::Serialize;

use super::RunCommand;
use crate::cli::bounds::SearchBoundArgs;
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::files::FileArg;
use crate::cli::format::FindingFormat;
use crate::cli::location::rulebook_within;
use crate::cli::options::{LocationArgs, not_read_in};
use crate::cli::report::FindingReport;
use crate::cli::reports::{ReportFiles, write_text};
use crate::cli::reviewed::in_repository;
use crate::cli::suites::{FIXTURES, suites_from};
use crate::cli::terminal::Terminal;
use mutate::Outcome;

/// Runs fixtures: asks what they ask, and compares the answers with what they expect
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 every test passed, 1 a test failed, nothing was asserted, or coverage is below --fail-under, 2 the tests could not be run.
With --mutate: 0 every mutant was caught or is equivalent, 1 one survived, 2 none did, but not all could be decided within
`--states` (of each comparison) and `--time` (of all mutants together, 10 minutes where nothing is said).

Examples:
  clio-rules test
  clio-rules test fixtures/manage_bulk.yaml
  clio-rules test --filter transfer_ownership
  clio-rules test --coverage --fail-under 90
  clio-rules test --mutate
  clio-rules test --format sarif
  clio-rules test --format github
  clio-rules test --rules my-rules my-fixtures --junit report.xml")]
pub(crate) struct TestArgs {
    /// Suites, and folders of suites; - is standard input [default: ./fixtures where it holds some, else the built-in ones]
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath)]
    paths: Vec<FileArg>,
    /// Runs only tests with this text in their suite's name, their title, or the users and actions they name
    #[arg(long, value_name = "TEXT")]
    filter: Option<String>,
    /// Writes a report for CI in JUnit's form; with -, to standard output instead of the results
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    junit: Option<FileArg>,
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
    format: FindingFormat,
}

impl RunCommand for TestArgs {
    fn finding_format(&self) -> FindingFormat {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let reports = self.reports();
        reports.check_streams(self.format != FindingFormat::Text)?;
        let folder = LocationArgs::rules_in(self.rules.as_deref(), terminal);
        let rulebook = rulebook_within(folder.as_deref(), &self.bounds.limits())?;
        let suites = suites_from(&self.paths, &rulebook, terminal)?;
        warn_of_what_is_not_read(folder.as_deref(), &suites, terminal);
        let options = match &self.filter {
            Some(filter) => Options::default().filter(filter),
            None => Options::default(),
        };
        if self.mutate {
            return self.mutate(folder.as_deref(), &suites, &options, terminal);
        }
        if self.coverage.is_asked() {
            let covered = suites.cover(&rulebook, &options)?;
            reports.keep_apart_from(&inputs(folder.as_deref(), &suites))?;
            self.write_junit(&covered.report, terminal)?;
            self.coverage.write_page(&covered, terminal)?;
            if !reports.take_standard_output() {
                self.show(
                    &covered,
                    || Annotations::of_report(&covered.report),
                    terminal,
                )?;
            }
            return Ok(self.coverage.judge(&covered, terminal));
        }
        let name = self.named();
        let bench = SuiteBench::default().with(&*name, &suites);
        let asked = TestRequest {
            fixtures: SourceTexts::Loaded(name.clone()),
            filter: self.filter.clone(),
        };
        let tested = asked.of_rules(&rulebook, &bench)?;
        reports.keep_apart_from(&inputs(folder.as_deref(), &suites))?;
        self.write_junit(&tested.reply, terminal)?;
        if !reports.take_standard_output() {
            self.show(&tested, || Annotations::of_report(&tested.reply), terminal)?;
        }
        Ok(ExitStatus::of(tested.yes))
    }
}

/// Draws a warning for each thing that looks as if it were run, and is not.
fn warn_of_what_is_not_read(rules: Option<&Path>, suites: &Suites, terminal: &mut Terminal) {
    let mut report = FindingReport::default();
    report.add(&not_read_in(rules));
    report.add(suites.not_read());
    report.draw(terminal);
}

/// Every file that a run read.
fn inputs(rules: Option<&Path>, suites: &Suites) -> Vec<PathBuf> {
    let rules = rules.into_iter().flat_map(Rulebook::files_in);
    rules.chain(suites.files()).collect()
}

impl TestArgs {
    fn reports(&self) -> ReportFiles<'_> {
        ReportFiles::of([
            ("the JUnit report", self.junit.as_ref()),
            ("the page of the coverage", self.coverage.page()),
        ])
    }

    /// What the suites are called: the paths that were named.
    fn named(&self) -> String {
        match self.paths.as_slice() {
            [] => FIXTURES.to_owned(),
            paths => {
                let names: Vec<String> = paths
                    .iter()
                    .map(|path| path.word().display().to_string())
                    .collect();
                names.join(", ")
            }
        }
    }

    /// Shows a reply; to reviewers, what is put beside lines of files.
    fn show(
        &self,
        reply: &(impl RenderText + Serialize),
        annotations: impl FnOnce() -> Annotations,
        terminal: &mut Terminal,
    ) -> io::Result<()> {
        match self.format {
            FindingFormat::Text => terminal.text(None, reply),
            FindingFormat::Json => terminal.json(reply),
            FindingFormat::Sarif => terminal.sarif(&in_repository(annotations())),
            FindingFormat::Github => terminal.github(&in_repository(annotations())),
        }
    }

    fn write_junit(&self, report: &Report, terminal: &mut Terminal) -> Result<(), CommandFailure> {
        if let Some(file) = &self.junit {
            let mut junit = Vec::new();
            Renderer::default().xml(report, &mut junit)?;
            let junit = String::from_utf8(junit).map_err(io::Error::other)?;
            write_text(file, &junit, terminal)?;
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
                self.show(&report, || Annotations::of_mutants(&report), terminal)?;
                return Ok(mutate::exit(&report));
            }
            Outcome::Failing(report) => report,
        };
        let annotations = || Annotations::of_report(&failing);
        self.show(&*failing, annotations, terminal)?;
        terminal.note("no mutant was run: the fixtures fail on the rules as they are");
        Ok(ExitStatus::No)
    }
}
