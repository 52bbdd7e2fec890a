//! Findings for people, with the line and a caret, and as JSON.

use std::io;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};
use clio_rules::protocol::ErrorReply;
use clio_rules::render::{Annotations, fit_for_terminal};
use clio_rules::{Finding, Findings, Place, Severity};

use super::format::FindingFormat;
use super::reviewed::in_repository;
use super::terminal::Terminal;

/// Findings from one or several loads.
#[derive(Debug, Default)]
pub(crate) struct FindingReport {
    findings: Vec<Finding>,
    /// How many were met beyond those that are kept.
    beyond: usize,
    errors: usize,
    warnings: usize,
}

impl From<Finding> for FindingReport {
    fn from(finding: Finding) -> Self {
        let is_error = finding.severity() == Severity::Error;
        Self {
            findings: vec![finding],
            beyond: 0,
            errors: usize::from(is_error),
            warnings: usize::from(!is_error),
        }
    }
}

impl FindingReport {
    /// Takes in what a load found.
    pub(crate) fn add(&mut self, findings: &Findings) {
        self.findings.extend(findings.iter().cloned());
        self.beyond += findings.beyond();
        self.errors += findings.errors();
        self.warnings += findings.warnings();
    }

    /// Takes in another report.
    pub(crate) fn append(&mut self, other: Self) {
        self.findings.extend(other.findings);
        self.beyond += other.beyond;
        self.errors += other.errors;
        self.warnings += other.warnings;
    }

    /// Each finding.
    pub(crate) fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter()
    }

    /// How many were met beyond those that are kept.
    pub(crate) fn beyond(&self) -> usize {
        self.beyond
    }

    /// How many errors there are.
    pub(crate) fn errors(&self) -> usize {
        self.errors
    }

    /// How many warnings there are.
    pub(crate) fn warnings(&self) -> usize {
        self.warnings
    }

    /// What reviewers see of it.
    pub(crate) fn annotations(&self) -> Annotations {
        in_repository(Annotations::of_findings(&self.findings, self.beyond))
    }

    /// Shows everything: for people on standard error, for programs on standard output.
    pub(crate) fn show(&self, format: FindingFormat, terminal: &mut Terminal) -> io::Result<()> {
        match format {
            FindingFormat::Json => match ErrorReply::of(&self.findings, self.beyond) {
                Some(error) => terminal.json(&error),
                None => Ok(()),
            },
            FindingFormat::Text => {
                self.draw(terminal);
                Ok(())
            }
            FindingFormat::Sarif => terminal.sarif(&self.annotations()),
            FindingFormat::Github => terminal.github(&self.annotations()),
        }
    }

    /// Draws every finding on standard error.
    pub(crate) fn draw(&self, terminal: &mut Terminal) {
        let renderer = if terminal.has_coloured_errors {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        for finding in &self.findings {
            terminal.note(&renderer.render(&[group(finding)]));
            terminal.note("");
        }
        if self.beyond > 0 {
            terminal.note(&format!("and {} more", self.beyond));
        }
        if let Some(first) = self.findings.first() {
            let code = first.code();
            terminal.note(&format!("`clio-rules explain {code}` says more"));
        }
    }
}

fn group(finding: &Finding) -> Group<'_> {
    let level = match finding.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level
        .primary_title(finding.message())
        .id(finding.code().name());
    let mut group = Group::with_title(title);
    if let Some(place) = finding.place() {
        group = group.element(drawn(place, AnnotationKind::Primary, None));
    }
    for label in finding.labels() {
        let text = Some(label.text.as_str());
        group = group.element(drawn(&label.place, AnnotationKind::Context, text));
    }
    match finding.help() {
        Some(help) => group.element(Level::HELP.message(help)),
        None => group,
    }
}

/// What a place may have in front of it and behind it on its line to be drawn with it. Longer lines are made
/// by programs; drawing them takes long, and nobody reads them.
const DRAWN: usize = 1000;

/// A place with its line and a caret below; without its line where that is too long.
fn drawn<'f>(place: &'f Place, kind: AnnotationKind, label: Option<&'f str>) -> Element<'f> {
    let text = place.source().text();
    let start = text.floor_char_boundary(place.span().start as usize);
    let (before, rest) = text.split_at_checked(start).unwrap_or((text, ""));
    let from = before.rfind('\n').map_or(0, |at| at + 1);
    let path = fit_for_terminal(place.file());
    if start - from > DRAWN {
        return Origin::path(path)
            .line(place.line() as usize)
            .char_column(place.column() as usize)
            .into();
    }
    // Of a place that covers several lines, the first is marked.
    let line = rest.find('\n').unwrap_or(rest.len());
    let end = place.span().end as usize;
    let end = text.floor_char_boundary(end.clamp(start, start + line.min(DRAWN)));
    let to = text.floor_char_boundary((start + line).min(end + DRAWN));
    // The line is a stranger's: what is shown may have other lengths than what is read.
    let shown = |range| fit_for_terminal(text.get::<Range<usize>>(range).unwrap_or_default());
    let (before, marked, behind) = (shown(from..start), shown(start..end), shown(end..to));
    let span = before.len()..before.len() + marked.len();
    Snippet::source([before, marked, behind].concat())
        .line_start(place.line() as usize)
        .path(path)
        .annotation(kind.span(span).label(label))
        .into()
}
