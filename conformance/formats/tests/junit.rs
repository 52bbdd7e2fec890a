//! What `test --junit` writes is what Jenkins' xUnit plugin takes, and what two readers that others wrote read out of it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use clio_rules::Rulebook;
use clio_rules::fixtures::{Options, Suites};
use clio_rules::protocol::{Report, RunTime, Status, SuiteReport, TestReport, Totals};
use clio_rules::render::Renderer;

/// Tests of each outcome, in two suites.
const SUITES: [(&str, &str); 3] = [
    (
        "a.yaml",
        "suite: Bills & <more>\nproduct: grow\nfirm: firm.yaml\ntests:\n  - test: Fails for \"ada\", ä\n    actions: invite_users\n    allow: ada\n    deny: bo\n  - test: Holds\n    actions: invite_users\n    allow: bo\n    deny: ada\n",
    ),
    (
        "b.yaml",
        "suite: B\nproduct: grow\nfirm: firm.yaml\ntests:\n  - test: Left out\n    skip: not decided > yet\n    actions: invite_users\n    allow: bo\n    deny: ada\n",
    ),
    (
        "firm.yaml",
        "firm: F\nusers:\n  - { id: ada, grow: { roles: [normal] } }\n  - { id: bo, grow: { roles: [admin] } }\n",
    ),
];

fn run(suites: &Suites) -> Report {
    suites
        .run(&Rulebook::builtin().unwrap(), &Options::default())
        .unwrap()
}

/// A report in which this stands wherever a text can stand.
fn report_of(text: &str) -> Report {
    let tests = [Status::Passed, Status::Failed, Status::Skipped].map(|status| TestReport {
        test: text.to_owned(),
        place: format!("{text}:1:1"),
        status,
        skipped: Some(text.to_owned()),
        checks: 1,
        failures: Vec::new(),
        time: RunTime(std::time::Duration::from_micros(1_234_567)),
    });
    let totals = Totals {
        passed: 1,
        failed: 1,
        skipped: 1,
        checks: 3,
    };
    let suite = SuiteReport {
        suite: text.to_owned(),
        file: text.to_owned(),
        totals,
        tests: tests.into(),
    };
    Report {
        totals,
        suites: vec![suite],
    }
}

fn reports() -> Vec<Report> {
    let strange = [
        "",
        " ",
        "\u{0}\u{7}\u{1b}[31m",
        "]]></testsuite>",
        "a\r\n\tb",
        "\u{fffe}\u{ffff}\u{fdd0}",
        "\u{202e}\u{200b}\u{ad}",
        "😀 e\u{301} \u{10ffff}",
        "&amp; &#0; <!-- -- -->",
    ];
    let mut reports = vec![
        run(&Suites::from_texts(SUITES).unwrap()),
        run(&Suites::builtin().unwrap()),
    ];
    reports.extend(strange.map(report_of));
    reports.push(Report {
        totals: Totals::default(),
        suites: Vec::new(),
    });
    reports
}

fn junit(report: &Report) -> String {
    let mut xml = Vec::new();
    Renderer::default().xml(report, &mut xml).unwrap();
    String::from_utf8(xml).unwrap()
}

/// What `xmllint` says of a report by the schema of Jenkins' xUnit plugin; none where it is valid.
fn flaws(xml: &str) -> Option<String> {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/junit/junit-10.xsd");
    let mut xmllint = Command::new("xmllint")
        .args(["--noout", "--schema"])
        .arg(schema)
        .arg("-")
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("xmllint is there: Debian has it in libxml2-utils");
    xmllint
        .stdin
        .take()
        .unwrap()
        .write_all(xml.as_bytes())
        .unwrap();
    let output = xmllint.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    (!output.status.success()).then_some(said)
}

#[test]
#[ignore = "it runs xmllint, which not everybody has"]
fn jenkins_takes_every_report() {
    for report in reports() {
        let xml = junit(&report);
        assert_eq!(flaws(&xml), None, "{xml}");
    }
    let sound = junit(&report_of("a"));
    for (from, to) in [
        ("classname=", "file=\"a\" classname="),
        (" name=\"a\" tests", " tests"),
        ("time=\"3.704\"", "time=\"a\""),
    ] {
        let broken = sound.replacen(from, to, 1);
        assert_ne!(broken, sound, "{from}");
        assert!(flaws(&broken).is_some(), "{broken}");
    }
}

/// The same counts, names, reasons and times come out as went in.
#[test]
fn the_reader_of_nextest_reads_every_report() {
    for report in reports() {
        let xml = junit(&report);
        let read = quick_junit::Report::deserialize_from_str(&xml)
            .unwrap_or_else(|error| panic!("{error}: {xml}"));
        let Totals {
            passed,
            failed,
            skipped,
            ..
        } = report.totals;
        assert_eq!(
            (read.tests, read.failures, read.errors),
            (passed + failed + skipped, failed, 0)
        );
        assert_eq!(read.test_suites.len(), report.suites.len());
        for (read, suite) in read.test_suites.iter().zip(&report.suites) {
            assert_eq!(
                (read.tests, read.failures, read.skipped),
                (suite.tests.len(), suite.totals.failed, suite.totals.skipped)
            );
            for (read, test) in read.test_cases.iter().zip(&suite.tests) {
                is_same_name(read.name.as_str(), &test.test);
                is_same_time(read.time.map(|time| time.as_secs_f64()), test.time);
                let status = match &read.status {
                    quick_junit::TestCaseStatus::Success { .. } => Status::Passed,
                    quick_junit::TestCaseStatus::NonSuccess { .. } => Status::Failed,
                    quick_junit::TestCaseStatus::Skipped { .. } => Status::Skipped,
                };
                assert_eq!(status, test.status);
            }
        }
    }
}

#[test]
fn a_tolerant_reader_reads_every_report() {
    for report in reports() {
        let xml = junit(&report);
        let read = junit_parser::from_reader(xml.as_bytes())
            .unwrap_or_else(|error| panic!("{error}: {xml}"));
        let totals = report.totals;
        assert_eq!(read.failures, totals.failed as u64);
        for (read, suite) in read.suites.iter().zip(&report.suites) {
            is_same_name(&read.name, &suite.suite);
            is_same_name(read.file.as_deref().unwrap_or_default(), &suite.file);
            assert_eq!(
                (read.tests, read.skipped),
                (suite.tests.len() as u64, suite.totals.skipped as u64)
            );
            for (read, test) in read.cases.iter().zip(&suite.tests) {
                is_same_name(&read.original_name, &test.test);
                is_same_time(Some(read.time), test.time);
                assert_eq!(read.status.is_failure(), test.status == Status::Failed);
                if test.status == Status::Skipped {
                    is_same_name(
                        &read.status.skipped_as_ref().message,
                        test.skipped.as_deref().unwrap_or_default(),
                    );
                }
            }
        }
    }
}

/// A case that runs takes time, and the report says how much.
#[test]
fn times_are_those_of_the_run() {
    let report = run(&Suites::builtin().unwrap());
    let read = junit_parser::from_reader(junit(&report).as_bytes()).unwrap();
    let cases = read.suites.iter().flat_map(|suite| &suite.cases);
    let sum: f64 = cases.clone().map(|case| case.time).sum();
    assert!(cases.filter(|case| case.time > 0.0).count() > 100);
    assert!(
        sum > 0.0 && (read.time - sum).abs() < 0.01,
        "{} {sum}",
        read.time
    );
}

/// Letters, digits and marks come out as they went in; XML can hold few of the characters that nobody sees.
#[track_caller]
fn is_same_name(read: &str, written: &str) {
    let plain = |c: char| c.is_alphanumeric() || c.is_ascii_punctuation();
    let kept = |text: &str| text.chars().filter(|c| plain(*c)).collect::<String>();
    assert_eq!(
        kept(read).trim(),
        kept(written).trim(),
        "{read:?} {written:?}"
    );
}

#[track_caller]
fn is_same_time(read: Option<f64>, written: RunTime) {
    let difference = read.unwrap() - written.0.as_secs_f64();
    assert!(difference.abs() < 0.000_001, "{read:?} {written:?}");
}
