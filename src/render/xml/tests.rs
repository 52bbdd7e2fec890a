use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::protocol::{Report, RunTime, Status, SuiteReport, TestReport, Totals};
use crate::render::Renderer;
use crate::text::character::SAMPLES;

/// What the schema of Jenkins' readers lists (`junit-10.xsd` of its xUnit plugin). GitLab reads a part of it.
const KNOWN: &[(&str, &[&str])] = &[
    (
        "testsuites",
        &["name", "time", "tests", "failures", "errors"],
    ),
    (
        "testsuite",
        &[
            "name", "tests", "failures", "errors", "skipped", "time", "file",
        ],
    ),
    ("testcase", &["name", "classname", "time"]),
    ("failure", &["type", "message"]),
    ("skipped", &["message"]),
];

/// A report in which every text is this one.
fn report(text: &str) -> Report {
    let test = |status| TestReport {
        test: text.to_owned(),
        place: format!("{text}:1:1"),
        status,
        skipped: Some(text.to_owned()),
        checks: 1,
        failures: Vec::new(),
        time: RunTime(Duration::from_micros(1_234_500)),
    };
    let totals = Totals {
        passed: 1,
        failed: 1,
        skipped: 1,
        checks: 3,
    };
    Report {
        suites: vec![SuiteReport {
            suite: text.to_owned(),
            file: text.to_owned(),
            totals,
            tests: [Status::Passed, Status::Failed, Status::Skipped]
                .map(test)
                .into(),
        }],
        totals,
    }
}

fn junit(text: &str) -> String {
    let mut out = Vec::new();
    Renderer::default()
        .xml(&report(text), &mut out)
        .expect("memory takes all");
    String::from_utf8(out).expect("text")
}

/// Elements with their attributes. It panics where a tag is not one, or is closed in the wrong order.
fn elements(xml: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let (mut open, mut all) = (Vec::new(), Vec::new());
    for tag in xml.split('<').skip(1) {
        let (tag, text) = tag.split_once('>').expect("a tag ends");
        assert!(!text.contains('>') && no_bare_ampersand(text), "{text}");
        if tag.starts_with('?') {
            continue;
        }
        if let Some(closed) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(closed), "{xml}");
            continue;
        }
        let (tag, is_closed) = match tag.strip_suffix('/') {
            Some(tag) => (tag, true),
            None => (tag, false),
        };
        let (name, mut rest) = tag.split_once(' ').expect("all have attributes");
        let mut attributes = BTreeMap::new();
        while !rest.is_empty() {
            let (key, behind) = rest.split_once("=\"").expect("a key and a quote");
            let (value, behind) = behind.split_once('"').expect("a quote ends");
            assert!(no_bare_ampersand(value), "{value}");
            let before = attributes.insert(key.to_owned(), value.to_owned());
            assert_eq!(before, None, "{tag}");
            rest = behind.trim_start_matches(' ');
        }
        if !is_closed {
            open.push(name.to_owned());
        }
        all.push((name.to_owned(), attributes));
    }
    assert_eq!(open, Vec::<String>::new());
    all
}

fn no_bare_ampersand(text: &str) -> bool {
    let mut parts = text.split('&').skip(1);
    parts.all(|part| part.starts_with('#') && part.contains(';'))
}

#[test]
fn it_has_the_attributes_that_readers_know() {
    for (name, attributes) in elements(&junit("a")) {
        let known = KNOWN.iter().find(|(known, _)| *known == name);
        let (_, known) = known.expect("an element that readers know");
        let there: BTreeSet<&str> = attributes.keys().map(String::as_str).collect();
        let known: BTreeSet<&str> = known.iter().copied().collect();
        assert_eq!(there, known, "{name}");
    }
}

#[test]
fn every_case_and_suite_has_its_time_in_seconds() {
    let times = |name: &str| {
        let found = elements(&junit("a")).into_iter();
        let found = found.filter(|(known, _)| known == name);
        found
            .map(|(_, mut it)| it.remove("time").expect("a time"))
            .collect::<Vec<_>>()
    };
    assert_eq!(times("testcase"), ["1.234500"; 3]);
    assert_eq!(times("testsuite"), ["3.704"]);
    assert_eq!(times("testsuites"), ["3.704"]);
}

#[test]
fn it_is_well_formed_whatever_the_texts_are() {
    let samples = SAMPLES.iter().flat_map(|(_, samples)| samples.chars());
    for c in samples.chain("<>&\"']]>=".chars()) {
        let text = format!("a{c}b");
        let xml = junit(&text);
        assert_eq!(elements(&xml).len(), 7, "{xml}");
        let is_char = |c: char| matches!(c, '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
        assert!(xml.chars().all(is_char), "{xml:?}");
    }
    assert_eq!(junit("a\nb").lines().count(), junit("ab").lines().count());
}
