//! `test`: a line for each suite, every failure in full, the totals at the end.
//!
//! Nothing in it depends on the clock, so that two runs can be compared.

use std::borrow::Cow;
use std::io::{self, Write};

use askama::Template;

use super::renderer::{RenderText, Renderer};
use super::{filters, words};
use crate::protocol::{Failure, Report, Status, SuiteReport, TestReport, Totals};
use crate::{Explanation, Verdict};

#[derive(Template)]
#[template(path = "report.txt")]
struct ReportText<'r> {
    report: &'r Report,
    /// Characters of the longest name of a suite.
    width: usize,
}

impl ReportText<'_> {
    fn padded(&self, suite: &SuiteReport) -> String {
        let width = self.width;
        format!("{:width$}", suite.suite)
    }
}

/// `3 passed, 1 failed, 0 skipped`.
pub(super) fn totals(totals: &Totals) -> String {
    let Totals {
        passed,
        failed,
        skipped,
        ..
    } = totals;
    let counts = format!("{passed} passed, {failed} failed, {skipped} skipped");
    match totals.checks {
        0 => format!("{counts}; nothing was asserted, which is no success"),
        _ => counts,
    }
}

/// `3 passed, 1 failed`.
fn counts(suite: &SuiteReport) -> String {
    let Totals {
        passed,
        failed,
        skipped,
        ..
    } = suite.totals;
    let others = [(failed, "failed"), (skipped, "skipped")];
    let others = others.into_iter().filter(|(count, _)| *count > 0);
    others.fold(format!("{passed} passed"), |counts, (count, what)| {
        format!("{counts}, {count} {what}")
    })
}

/// What a line of a failure is about, and what it says.
type LabelledRow = (&'static str, String);

/// The failures of a test as text without colours: a label and a text in each line, a blank line behind each failure.
///
/// ```
/// use clio_rules::fixtures::{Options, Suites};
/// use clio_rules::{Rulebook, render};
///
/// let report = Suites::builtin()?.run(&Rulebook::builtin()?, &Options::default())?;
/// let tests = report.suites.iter().flat_map(|suite| &suite.tests);
/// assert!(tests.map(render::failures_of_test).all(|failures| failures.is_empty()));
/// # Ok::<(), clio_rules::LoadError>(())
/// ```
pub fn failures_of_test(test: &TestReport) -> String {
    let mut lines = String::new();
    for failure in together(&test.failures) {
        for (label, text) in failure {
            lines.push_str(&format!("{label:8}  {text}\n"));
        }
        lines.push('\n');
    }
    lines
}

/// The rows of failures. Those that differ only in what was asked share their rows.
fn together(failures: &[Failure]) -> Vec<Vec<LabelledRow>> {
    let mut groups: Vec<(Vec<String>, Vec<LabelledRow>)> = Vec::new();
    for failure in failures {
        let rows = rows_of(failure);
        match groups.iter_mut().find(|(_, known)| *known == rows) {
            Some((asked, _)) => asked.push(failure.asked.clone()),
            None => groups.push((vec![failure.asked.clone()], rows)),
        }
    }
    let with_questions = |(asked, mut rows): (Vec<String>, Vec<LabelledRow>)| {
        let asked: Vec<LabelledRow> = named_once("asked", asked.into_iter());
        rows.splice(1..1, asked);
        rows
    };
    groups.into_iter().map(with_questions).collect()
}

/// The rows of a failure, without what was asked. The first is its place.
fn rows_of(failure: &Failure) -> Vec<LabelledRow> {
    let mut rows = vec![("at", format!("{} ({})", failure.place, failure.key))];
    rows.extend(compared(failure));
    rows.extend(
        failure
            .explanation
            .iter()
            .flat_map(|explanation| way(explanation)),
    );
    rows.extend(failure.verdict.iter().flat_map(|verdict| grounds(verdict)));
    rows
}

/// The widest line that shows what was expected and what was got side by side.
const WIDE: usize = 100;

/// Side by side where there is room, else one below the other.
fn compared(failure: &Failure) -> Vec<LabelledRow> {
    let (expected, got) = (&failure.expected, &failure.got);
    if expected.chars().count() + got.chars().count() <= WIDE && !got.contains('\n') {
        return vec![("expected", format!("{expected}   got  {got}"))];
    }
    let mut rows = vec![("expected", expected.clone())];
    if got.is_empty() {
        rows.push(("got", String::new()));
    }
    rows.extend(named_once("got", got.lines().map(str::to_owned)));
    rows
}

/// The rule that answered, and what was looked at on the way to it.
fn way(explanation: &Explanation) -> Vec<LabelledRow> {
    let decision = &explanation.decision;
    let rule = format!("{} at {}", decision.grounds.rule, decision.grounds.place);
    let mut rows = vec![
        ("rule", rule),
        ("reason", decision.grounds.reason.to_string()),
    ];
    let inputs = explanation.inputs.iter();
    let inputs = inputs.map(|input| format!("{}: {}", input.input, input.value));
    rows.extend(named_once("path", inputs));
    rows
}

/// The rules that accepted or refused.
fn grounds(verdict: &Verdict) -> Vec<LabelledRow> {
    if verdict.is_accepted() {
        let effects = verdict.effects.join(", ");
        return vec![
            (
                "rule",
                format!("{} at {}", verdict.grounds.rule, verdict.grounds.place),
            ),
            ("reason", verdict.grounds.reason.to_string()),
            ("effects", format!("[{effects}]")),
        ];
    }
    let reasons = verdict.reasons.iter().map(|reason| {
        let part = reason.part.map(|part| Cow::from(format!("part {part}: ")));
        let (part, rule) = (part.unwrap_or_default(), &reason.grounds.rule);
        format!(
            "{part}{rule} at {}: {}",
            reason.grounds.place, reason.grounds.reason
        )
    });
    named_once("reasons", reasons)
}

/// Rows below each other, of which the first has the name.
fn named_once(name: &'static str, texts: impl Iterator<Item = String>) -> Vec<LabelledRow> {
    let names = std::iter::once(name).chain(std::iter::repeat(""));
    names.zip(texts).collect()
}

impl RenderText for Report {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        let names = self.suites.iter().map(|suite| suite.suite.chars().count());
        let text = ReportText {
            report: self,
            width: names.max().unwrap_or_default(),
        };
        renderer.fill(&text, to)
    }
}
