//! `test`: do the rules answer as the fixtures expect?

use std::borrow::Cow;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::answer::Explanation;
use crate::change::Verdict;
use crate::finding::{Finding, line as codes};
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome, names_product};
use crate::protocol::reply::Exchange;
use crate::protocol::sources::SourceTexts;
use crate::protocol::world::World;
use crate::rulebook::Rulebook;

/// Do the rules answer as the fixtures expect? Fixtures bring their own firms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TestRequest {
    /// The suites, with the firms that they are about.
    pub fixtures: SourceTexts,
    /// Runs only tests with this text in the name of their suite, in their title, or in the names they use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub filter: Option<String>,
}

/// A runner of suites. `fixtures::SuiteBench` is one: it reads no file for a request.
pub trait TestBench: std::fmt::Debug + Sync {
    /// Runs suites against these rules.
    ///
    /// # Errors
    /// [`AskFailure`] when they cannot be run.
    fn run(&self, rulebook: &Rulebook, request: &TestRequest) -> Result<Report, AskFailure>;
}

/// The results of a run, suite by suite.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Report {
    /// How many tests passed, failed and were skipped.
    pub totals: Totals,
    /// The suites, in the order of their files.
    pub suites: Vec<SuiteReport>,
}

/// How many tests there were of each kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Totals {
    /// Tests all of whose checks were met.
    pub passed: usize,
    /// Tests with a check that was not met.
    pub failed: usize,
    /// Tests that were left out.
    pub skipped: usize,
    /// Checks of all tests together.
    pub checks: usize,
}

/// The results of one suite.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SuiteReport {
    /// Its name.
    pub suite: String,
    /// Its file.
    pub file: String,
    /// How many of its tests passed, failed and were skipped.
    pub totals: Totals,
    /// Its tests, in order.
    pub tests: Vec<TestReport>,
}

/// Whether a test passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Every check was met.
    Passed,
    /// A check was not met.
    Failed,
    /// It was left out.
    Skipped,
}

/// The result of one test.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TestReport {
    /// Its title.
    pub test: String,
    /// Where it stands, as `file:line:column`.
    pub place: String,
    /// Whether it passed.
    pub status: Status,
    /// Why it was left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skipped: Option<String>,
    /// The number of comparisons.
    pub checks: usize,
    /// The expectations that were not met.
    pub failures: Vec<Failure>,
    /// How long it took. It is no part of the result: JSON leaves it out.
    #[serde(skip)]
    pub time: RunTime,
}

/// How long something took. All are equal, so that the results of two runs can be compared.
///
/// ```
/// use clio_rules::protocol::RunTime;
/// use std::time::Duration;
///
/// assert_eq!(RunTime(Duration::from_secs(1)), RunTime::default());
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct RunTime(pub Duration);

impl PartialEq for RunTime {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// An expectation that was not met.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Failure {
    /// Where the expectation stands, as `file:line:column`.
    pub place: String,
    /// The key of the test that states it, for instance `deny` or `because`.
    pub key: Cow<'static, str>,
    /// The question, for instance `wren create_bill`.
    pub asked: String,
    /// The expectation.
    pub expected: String,
    /// The actual result.
    pub got: String,
    /// The explanation, if the result is an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Box<Explanation>>,
    /// The verdict, if the result is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Box<Verdict>>,
}

impl SuiteReport {
    /// How long its tests took together.
    pub fn time(&self) -> RunTime {
        RunTime(self.tests.iter().map(|test| test.time.0).sum())
    }
}

impl Report {
    /// How long all tests took together.
    pub fn time(&self) -> RunTime {
        RunTime(self.suites.iter().map(|suite| suite.time().0).sum())
    }

    /// Whether no test failed, and something was asserted at all.
    pub fn is_passed(&self) -> bool {
        self.totals.failed == 0 && self.totals.checks > 0
    }
}

impl TestRequest {
    /// Runs the suites against loaded rules.
    ///
    /// # Errors
    /// [`AskFailure`] when they cannot be run.
    pub fn of_rules(
        self,
        rulebook: &Rulebook,
        bench: &dyn TestBench,
    ) -> Result<Exchange<Self>, AskFailure> {
        Ok(self.answered(rulebook, bench)?.to(self))
    }

    fn answered(
        &self,
        rulebook: &Rulebook,
        bench: &dyn TestBench,
    ) -> Result<QuestionOutcome<Report>, AskFailure> {
        let report = bench.run(rulebook, self)?;
        Ok(QuestionOutcome::new(report.is_passed(), None, report))
    }
}

impl Ask for TestRequest {
    type Reply = Report;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<Report>, AskFailure> {
        let none = || Finding::new(&codes::NO_TEST_BENCH, None, &[]);
        let bench = world.bench.ok_or_else(none)?;
        self.answered(world.firm().rulebook(), bench)
    }

    names_product!();
}
