//! What fixtures are worth: coverage as text and as a page, mutants, and the sections of the source document.

use std::io::{self, Write};

use askama::Template;

use super::filters;
use super::renderer::{RenderPage, RenderText, Renderer};
use crate::fixtures::{
    Changes, Coverage, CoverageKind, CoverageMap, CoverageReport, CoverageRow, MutationReport,
    Sources,
};

#[derive(Template)]
#[template(path = "coverage.txt")]
struct CoverageText<'r> {
    coverage: &'r Coverage,
}

#[derive(Template)]
#[template(path = "coverage.html")]
struct CoveragePage<'r> {
    coverage: &'r Coverage,
}

/// Whether all of its kind are asserted.
fn is_complete(kind: &CoverageKind) -> bool {
    kind.asserted() == kind.items.len()
}

/// What is missing, with places in one column.
fn missing(kind: &CoverageKind) -> Vec<(String, &str)> {
    // A path can be long, and its place stands behind it all the same.
    let wide = kind.missing().map(|item| item.what.chars().count().min(60));
    let width = wide.max().unwrap_or_default();
    let missing = kind.missing();
    missing
        .map(|item| (format!("{:width$}", item.what), &*item.place))
        .collect()
}

/// The cells of a row: a role, and how many answers are asserted.
fn cells<'r>(map: &'r CoverageMap, row: &'r CoverageRow) -> Vec<(&'r str, usize)> {
    let roles = map.roles.iter().map(|role| holding(role));
    roles.zip(row.checks.iter().copied()).collect()
}

fn holding(role: &str) -> &str {
    if role == "-" { "no role" } else { role }
}

/// The step of colour for a number of answers.
fn warmth(checks: &usize) -> u8 {
    match checks {
        0 => 0,
        1 => 1,
        2..=4 => 2,
        _ => 3,
    }
}

impl RenderText for CoverageReport {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        let coverage = &self.coverage;
        renderer.text(&self.report, to)?;
        renderer.fill(&CoverageText { coverage }, to)
    }
}

impl RenderPage for Coverage {
    fn write_page(&self, to: &mut dyn Write) -> io::Result<()> {
        Renderer::default().fill(&CoveragePage { coverage: self }, to)
    }
}

#[derive(Template)]
#[template(path = "mutants.txt")]
struct MutantsText<'r> {
    report: &'r MutationReport,
}

/// `468 caught, 1 equivalent, 0 survived`.
pub(super) fn mutant_counts(report: &MutationReport) -> String {
    let MutationReport {
        caught, equivalent, ..
    } = report;
    let survived = report.survivors.len();
    format!("{caught} caught, {equivalent} equivalent, {survived} survived")
}

impl RenderText for MutationReport {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        renderer.fill(&MutantsText { report: self }, to)
    }
}

#[derive(Template)]
#[template(path = "sources.txt")]
struct SourcesText<'r> {
    sources: &'r Sources,
}

impl RenderText for Sources {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        renderer.fill(&SourcesText { sources: self }, to)
    }
}
