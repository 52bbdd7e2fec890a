//! Bytes → fixture: refused with findings that are sound, or run with a report that counts every test and is the same
//! each time.

use clio_rules::fixtures::{Options, Report, Status, Suites};

use super::firm::BUILTIN;
use super::refusal;

const FIRM: &str = include_str!("../../../fixtures/firm.yaml");
const OTHER: &str = include_str!("../../../fixtures/firms/lindqvist.yaml");
const BROKEN: &str = include_str!("../../../fixtures/broken/unknown_role.yaml");

/// Any text.
pub fn holds(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let texts = [
        ("suite.yaml", text),
        ("firm.yaml", FIRM),
        ("firms/lindqvist.yaml", OTHER),
        ("broken/unknown_role.yaml", BROKEN),
    ];
    let suites = match Suites::from_texts(texts) {
        Ok(suites) => suites,
        Err(error) => return refusal::is_sound(error.findings()),
    };
    let found = suites.check(&BUILTIN);
    let report = match suites.run(&BUILTIN, &Options::default()) {
        Ok(report) => report,
        Err(error) => {
            assert!(found.has_errors(), "{error}");
            return refusal::is_sound(error.findings());
        }
    };
    assert!(!found.has_errors(), "{found}");
    counts_every_test(&report);
}

/// Every test of a report counts as what it is, and one that failed says why.
pub fn counts_every_test(report: &Report) {
    let tests: Vec<_> = report
        .suites
        .iter()
        .flat_map(|suite| &suite.tests)
        .collect();
    let with = |status| tests.iter().filter(|test| test.status == status).count();
    assert_eq!(report.totals.passed, with(Status::Passed));
    assert_eq!(report.totals.failed, with(Status::Failed));
    for test in &tests {
        assert_eq!(
            test.status == Status::Failed,
            !test.failures.is_empty(),
            "{test:?}"
        );
    }
}
