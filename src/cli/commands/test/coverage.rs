//! What of the rules the fixtures assert: totals, what is missing, and a threshold for CI.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use clio_rules::fixtures::{Coverage, CoverageKind, CoverageReport, write_report};

use super::{heat, text};
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::options::OutputFormat;
use crate::cli::terminal::Terminal;

/// Whether coverage is asked for, and where it goes.
#[derive(Debug, Args)]
pub(super) struct Asked {
    /// Says which rules, refusals, cells of the matrix, readings and paths of scripts the tests assert
    #[arg(long)]
    coverage: bool,
    /// Writes the coverage as a page with a heat map of the matrix
    #[arg(long, value_name = "FILE", requires = "coverage")]
    coverage_html: Option<PathBuf>,
    /// Fails where any of the five kinds is below this many percent
    #[arg(long, value_name = "PERCENT", requires = "coverage", value_parser = clap::value_parser!(u8).range(0..=100))]
    fail_under: Option<u8>,
}

impl Asked {
    pub(super) fn is_asked(&self) -> bool {
        self.coverage
    }

    /// Shows a run with its coverage.
    pub(super) fn show(
        &self,
        covered: &CoverageReport,
        format: OutputFormat,
        terminal: &mut Terminal,
    ) -> Result<ExitStatus, CommandFailure> {
        let CoverageReport { report, coverage } = covered;
        if let Some(file) = &self.coverage_html {
            write_report(file, &heat::page(coverage)?)?;
        }
        match format {
            OutputFormat::Json => terminal.json(covered)?,
            OutputFormat::Text => {
                text::print(report, terminal)?;
                print(coverage, terminal)?;
            }
        }
        let reached = self.fail_under.is_none_or(|least| {
            let reached = coverage.reaches(least);
            if !reached {
                terminal.note(&below(coverage, least));
            }
            reached
        });
        Ok(ExitStatus::of(report.is_passed() && reached))
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

fn print(coverage: &Coverage, terminal: &mut Terminal) -> io::Result<()> {
    let heading = terminal.paint.heading("asserted");
    writeln!(terminal, "\n{heading}")?;
    for kind in &coverage.kinds {
        let CoverageKind { kind: name, .. } = kind;
        let (asserted, all) = (kind.asserted(), kind.items.len());
        let percent = format!("{:3} %", kind.percent);
        let percent = terminal.paint.answer(asserted == all, percent);
        writeln!(terminal, "  {name:8}  {asserted:5} of {all:5}  {percent}")?;
    }
    for kind in &coverage.kinds {
        print_missing(kind, terminal)?;
    }
    Ok(())
}

fn print_missing(kind: &CoverageKind, terminal: &mut Terminal) -> io::Result<()> {
    let wide = |what: &str| what.chars().count();
    // A path can be long, and its place stands behind it all the same.
    let width = kind.missing().map(|item| wide(&item.what).min(60)).max();
    let Some(width) = width else { return Ok(()) };
    let heading = format!("{} that no fixture asserts", kind.kind);
    let heading = terminal.paint.heading(heading);
    writeln!(terminal, "\n{heading}")?;
    for item in kind.missing() {
        let place = terminal.paint.label(&item.place);
        writeln!(terminal, "  {:width$}  {place}", item.what)?;
    }
    Ok(())
}
