//! Findings for people, with the line and a caret, and as JSON.

use std::io;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use clio_rules::{Finding, Findings, Place, Severity};
use serde::Serialize;

use super::options::Format;
use super::terminal::Terminal;

/// Findings from one or several loads.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Report {
    findings: Vec<Finding>,
    /// How many were met beyond those that are kept.
    #[serde(skip_serializing_if = "is_zero")]
    beyond: usize,
    #[serde(skip)]
    errors: usize,
    #[serde(skip)]
    warnings: usize,
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl From<Finding> for Report {
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

impl Report {
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

    /// How many errors there are.
    pub(crate) fn errors(&self) -> usize {
        self.errors
    }

    /// How many warnings there are.
    pub(crate) fn warnings(&self) -> usize {
        self.warnings
    }

    /// Shows everything: for people on standard error, as JSON on standard output.
    pub(crate) fn show(&self, format: Format, terminal: &mut Terminal) -> io::Result<()> {
        match format {
            Format::Json => terminal.json(self)?,
            Format::Text => self.draw(terminal),
        }
        Ok(())
    }

    /// Draws every finding on standard error.
    pub(crate) fn draw(&self, terminal: &mut Terminal) {
        let renderer = if terminal.error_paint.is_on() {
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
        let primary = Cutting::of(place);
        group = group.element(primary.drawn(place, AnnotationKind::Primary, ""));
    }
    for label in finding.labels() {
        let cutting = Cutting::of(&label.place);
        group = group.element(cutting.drawn(&label.place, AnnotationKind::Context, &label.text));
    }
    match finding.help() {
        Some(help) => group.element(Level::HELP.message(help)),
        None => group,
    }
}

/// The lines around a place: a firm file may be far too long to be drawn from as a whole.
struct Cutting<'f> {
    text: &'f str,
    first_line: u32,
    marked: Range<usize>,
}

impl<'f> Cutting<'f> {
    fn of(place: &'f Place) -> Self {
        let text = place.source().text();
        let start = floor(text, place.span().start as usize);
        let before = text.get(..start).unwrap_or_default();
        let from = before.rfind('\n').map_or(0, |at| at + 1);
        let rest = text.get(start..).unwrap_or_default();
        let to = start + rest.find('\n').unwrap_or(rest.len());
        // Of a place that covers several lines, the first is marked.
        let end = floor(text, place.span().end as usize).clamp(start, to);
        Self {
            text: text.get(from..to).unwrap_or_default(),
            first_line: place.line(),
            marked: start - from..end.max(start) - from,
        }
    }

    fn drawn(
        self,
        place: &'f Place,
        kind: AnnotationKind,
        label: &'f str,
    ) -> Snippet<'f, annotate_snippets::Annotation<'f>> {
        let annotation = kind.span(self.marked);
        let annotation = if label.is_empty() {
            annotation
        } else {
            annotation.label(label)
        };
        Snippet::source(self.text)
            .line_start(self.first_line as usize)
            .path(place.file())
            .annotation(annotation)
    }
}

/// The nearest place at or before `at` where a character starts.
fn floor(text: &str, at: usize) -> usize {
    text.floor_char_boundary(at.min(text.len()))
}
