//! A failure in words: what was asked, expected and got, and the way to the answer.

use clio_rules::fixtures::Failure;
use clio_rules::{Explanation, Verdict};

/// What a line of a failure is about, and what it says.
pub(super) type LabelledRow = (&'static str, String);

/// The widest line that shows what was expected and what was got side by side.
const WIDE: usize = 100;

/// The rows of failures. Those that differ in nothing but what was asked are told together.
pub(super) fn told(failures: &[Failure]) -> Vec<Vec<LabelledRow>> {
    let mut groups: Vec<(Vec<String>, Vec<LabelledRow>)> = Vec::new();
    for failure in failures {
        let rows = rows_of(failure);
        match groups.iter_mut().find(|(_, known)| *known == rows) {
            Some((asked, _)) => asked.push(failure.asked.clone()),
            None => groups.push((vec![failure.asked.clone()], rows)),
        }
    }
    let together = |(asked, mut rows): (Vec<String>, Vec<LabelledRow>)| {
        let asked: Vec<LabelledRow> = named_once("asked", asked.into_iter());
        rows.splice(1..1, asked);
        rows
    };
    groups.into_iter().map(together).collect()
}

/// The rows of a failure, without what was asked. The first is its place.
fn rows_of(failure: &Failure) -> Vec<LabelledRow> {
    let mut rows = vec![("at", format!("{} ({})", failure.place, failure.key))];
    rows.extend(compared(failure));
    if let Some(explanation) = &failure.explanation {
        rows.extend(way(explanation));
    }
    if let Some(verdict) = &failure.verdict {
        rows.extend(grounds(verdict));
    }
    rows
}

/// Side by side where there is room, else one below the other.
fn compared(failure: &Failure) -> Vec<LabelledRow> {
    let (expected, got) = (&failure.expected, &failure.got);
    if expected.chars().count() + got.chars().count() <= WIDE && !got.contains('\n') {
        return vec![("expected", format!("{expected}   got  {got}"))];
    }
    let mut lines = got.lines();
    let mut rows = vec![
        ("expected", expected.clone()),
        ("got", lines.next().unwrap_or_default().to_owned()),
    ];
    rows.extend(lines.map(|line| ("", line.to_owned())));
    rows
}

/// The rule that answered, and what was looked at on the way to it.
fn way(explanation: &Explanation) -> Vec<LabelledRow> {
    let decision = &explanation.decision;
    let mut rows = vec![
        (
            "rule",
            format!("{} at {}", decision.grounds.rule, decision.grounds.place),
        ),
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
        let part = reason
            .part
            .map_or_else(String::new, |part| format!("part {part}: "));
        format!(
            "{part}{} at {}: {}",
            reason.grounds.rule, reason.grounds.place, reason.grounds.reason
        )
    });
    named_once("reasons", reasons)
}

/// Rows below each other, of which the first has the name.
fn named_once(name: &'static str, texts: impl Iterator<Item = String>) -> Vec<LabelledRow> {
    let names = std::iter::once(name).chain(std::iter::repeat(""));
    names.zip(texts).collect()
}
