//! A report in JUnit's form, which CI systems show.

use clio_rules::fixtures::{Report, Status, SuiteReport, TestReport};
use clio_rules::render::failures_of_test;
use quick_junit::{NonSuccessKind, SerializeError, TestCase, TestCaseStatus, TestSuite};

/// The report as XML.
pub(super) fn text(report: &Report) -> Result<String, SerializeError> {
    let mut all = quick_junit::Report::new("clio-rules");
    all.add_test_suites(report.suites.iter().map(suite_of));
    all.to_string()
}

fn suite_of(suite: &SuiteReport) -> TestSuite {
    let mut all = TestSuite::new(&suite.suite);
    all.extra.insert("file".into(), suite.file.as_str().into());
    all.add_test_cases(suite.tests.iter().map(|test| case_of(suite, test)));
    all
}

fn case_of(suite: &SuiteReport, test: &TestReport) -> TestCase {
    let mut case = TestCase::new(&test.test, status_of(test));
    case.set_classname(&suite.suite);
    case.set_assertions(test.checks);
    // A file may have a colon in its name.
    let mut parts = test.place.rsplitn(3, ':').skip(1);
    let line = parts.next().unwrap_or_default();
    let file = parts.next().unwrap_or_default();
    case.extra.insert("file".into(), file.into());
    case.extra.insert("line".into(), line.into());
    case
}

fn status_of(test: &TestReport) -> TestCaseStatus {
    match test.status {
        Status::Passed => TestCaseStatus::success(),
        Status::Skipped => {
            let mut skipped = TestCaseStatus::skipped();
            skipped.set_message(test.skipped.as_deref().unwrap_or_default());
            skipped
        }
        Status::Failed => {
            let mut failed = TestCaseStatus::non_success(NonSuccessKind::Failure);
            let count = test.failures.len();
            failed.set_message(format!("{count} of {} checks failed", test.checks));
            failed.set_description(failures_of_test(test));
            failed
        }
    }
}
