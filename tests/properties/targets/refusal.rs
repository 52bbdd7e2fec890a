//! What holds of everything that is refused.

use clio_rules::{Code, Finding, Findings, Place};

/// There is an error, and every finding is one that can be looked up, with a place that is in its file and a message
/// that a terminal prints as it stands.
pub fn is_sound(findings: &Findings) {
    assert!(findings.has_errors(), "refused without an error");
    assert!(findings.iter().count() <= Findings::KEPT);
    findings.iter().for_each(finding_is_sound);
}

/// The same of one finding.
pub fn finding_is_sound(finding: &Finding) {
    let known = Code::find(finding.code().name());
    assert_eq!(known, Some(finding.code()), "{finding}");
    assert!(!finding.message().is_empty(), "{}", finding.code().name());
    is_printable(finding.message());
    finding.help().into_iter().for_each(is_printable);
    finding.place().into_iter().for_each(is_in_its_file);
    for label in finding.labels() {
        is_in_its_file(&label.place);
        is_printable(&label.text);
    }
    assert_eq!(finding.to_string().lines().count(), 1, "{finding}");
}

/// A terminal prints a text as it stands.
pub fn is_printable(text: &str) {
    let control = text.chars().find(|letter| letter.is_control());
    assert_eq!(control, None, "{text:?} would move a terminal");
}

fn is_in_its_file(place: &Place) {
    let (text, span) = (place.source().text(), place.span());
    let slice = text.get(span.start as usize..span.end as usize);
    assert!(slice.is_some(), "{span:?} is not in {}", place.file());
    let lines = text.split('\n').count() as u32;
    assert!((1..=lines).contains(&place.line()), "{place:?}");
    assert!(place.column() >= 1, "{place:?}");
}
