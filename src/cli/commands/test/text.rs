//! A report for people: a line for each suite, every failure in full, the totals at the end.

use std::io::{self, Write};

use clio_rules::fixtures::{Report, Status, SuiteReport, TestReport, Totals};

use super::failure::told;
use crate::cli::rows::rows;
use crate::cli::terminal::Terminal;

/// Prints a report. Nothing in it depends on the clock, so that two runs can be compared.
pub(super) fn print(report: &Report, terminal: &mut Terminal) -> io::Result<()> {
    let names = report
        .suites
        .iter()
        .map(|suite| suite.suite.chars().count());
    let width = names.max().unwrap_or(0);
    for suite in &report.suites {
        print_suite(suite, width, terminal)?;
    }
    for suite in &report.suites {
        for test in &suite.tests {
            print_test(suite, test, terminal)?;
        }
    }
    let Totals { checks, .. } = report.totals;
    let checks = match checks {
        1 => "1 check".to_owned(),
        checks => format!("{checks} checks"),
    };
    let totals = terminal
        .paint
        .answer(report.is_passed(), counted(&report.totals));
    writeln!(terminal, "\n{checks}\n{totals}")
}

fn print_suite(suite: &SuiteReport, width: usize, terminal: &mut Terminal) -> io::Result<()> {
    let passed = suite.totals.failed == 0;
    let word = if passed { "ok    " } else { "failed" };
    let word = terminal.paint.answer(passed, word);
    let Totals {
        passed,
        failed,
        skipped,
        ..
    } = suite.totals;
    let mut counts = format!("{passed} passed");
    for (count, what) in [(failed, "failed"), (skipped, "skipped")] {
        if count > 0 {
            counts = format!("{counts}, {count} {what}");
        }
    }
    writeln!(terminal, "{word}  {:width$}  {counts}", suite.suite)
}

fn print_test(suite: &SuiteReport, test: &TestReport, terminal: &mut Terminal) -> io::Result<()> {
    match test.status {
        Status::Passed => Ok(()),
        Status::Skipped => {
            let word = terminal.paint.heading("skipped");
            let reason = test.skipped.as_deref().unwrap_or_default();
            writeln!(terminal, "\n{word}: {} > {}", suite.suite, test.test)?;
            rows(
                terminal,
                &[("at", test.place.clone()), ("why", reason.to_owned())],
            )
        }
        Status::Failed => {
            let word = terminal.paint.answer(false, "failed");
            write!(terminal, "\n{word}: {} > {}", suite.suite, test.test)?;
            for failure in told(&test.failures) {
                writeln!(terminal)?;
                rows(terminal, &failure)?;
            }
            Ok(())
        }
    }
}

fn counted(totals: &Totals) -> String {
    let Totals {
        passed,
        failed,
        skipped,
        ..
    } = totals;
    format!("{passed} passed, {failed} failed, {skipped} skipped")
}
