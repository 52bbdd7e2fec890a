//! How much of the rules the fixtures assert, as text and as a page, and a threshold for CI.

use clap::{Args, ValueHint};
use clio_rules::fixtures::{Coverage, CoverageReport};

use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::files::FileArg;
use crate::cli::reports::write_page;
use crate::cli::terminal::Terminal;

/// Whether coverage is asked for, and where it goes.
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// Says which rules, refusals, cells of the matrix, readings and paths of scripts the tests assert
    #[arg(long)]
    coverage: bool,
    /// Writes the coverage as a page with a heat map of the matrix; with -, to standard output instead of the results
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, requires = "coverage")]
    coverage_html: Option<FileArg>,
    /// Fails where any of the five kinds is below this many percent
    #[arg(long, value_name = "PERCENT", requires = "coverage", value_parser = clap::value_parser!(u8).range(0..=100))]
    fail_under: Option<u8>,
}

impl Asked {
    pub(super) fn is_asked(&self) -> bool {
        self.coverage
    }

    /// Where the page goes.
    pub(super) fn page(&self) -> Option<&FileArg> {
        self.coverage_html.as_ref()
    }

    /// Writes the page, where one is asked for.
    pub(super) fn write_page(
        &self,
        covered: &CoverageReport,
        terminal: &mut Terminal,
    ) -> Result<(), CommandFailure> {
        if let Some(file) = &self.coverage_html {
            write_page(file, &covered.coverage, terminal)?;
        }
        Ok(())
    }

    /// Whether the run and its coverage are as asked for.
    pub(super) fn judge(&self, covered: &CoverageReport, terminal: &mut Terminal) -> ExitStatus {
        let CoverageReport { report, coverage } = covered;
        let reached = self.fail_under.is_none_or(|least| {
            let reached = coverage.reaches(least);
            if !reached {
                terminal.note(&below(coverage, least));
            }
            reached
        });
        ExitStatus::of(report.is_passed() && reached)
    }
}

/// Which kinds are below a threshold.
fn below(coverage: &Coverage, least: u8) -> String {
    let kinds = coverage.kinds.iter();
    let below = kinds.filter(|kind| kind.percent < usize::from(least));
    let below: Vec<String> = below
        .map(|kind| format!("{} {} %", kind.kind, kind.percent))
        .collect();
    format!("coverage is below {least} %: {}", below.join(", "))
}
