//! What reviewers see beside the lines that they review: findings, failed tests and mutants that survived.

mod commands;
mod places;
mod sarif;
#[cfg(test)]
mod tests;

use super::check::counts;
use super::report::totals;
use crate::finding::{Code, Finding, Severity, fixture as codes};
#[cfg(feature = "testing")]
use crate::fixtures::{MutationReport, Survivor};
use crate::protocol::{Failure, Report, TestReport};
use places::AnnotationPlace;

/// What programs for reviewers put beside the lines that it is about.
///
/// ```
/// use clio_rules::render::{Annotations, Renderer};
/// use clio_rules::{Firm, Rulebook};
///
/// let text = "firm: Two\nusers:\n  - id: ada\n    grow: { roles: [admn] }\n";
/// let error = Firm::from_text(&Rulebook::builtin()?, "firm.yaml", text).unwrap_err();
/// let found = Annotations::of_findings(error.findings().iter(), 0);
/// let mut commands = Vec::new();
/// Renderer::default().github(&found, &mut commands)?;
/// let commands = String::from_utf8(commands)?;
/// assert!(commands.starts_with("::error file=firm.yaml,line=4,col=21,endColumn=25,title=unknown-role::"), "{commands}");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Annotations {
    list: Vec<Annotation>,
    /// How many more there are.
    beyond: usize,
    /// How many there are of each kind, in a line.
    summary: String,
}

/// One of them.
#[derive(Debug, Clone)]
struct Annotation {
    code: &'static Code,
    title: String,
    message: String,
    help: Option<String>,
    place: Option<AnnotationPlace>,
    related: Vec<(AnnotationPlace, String)>,
    /// What stays the same when the lines around it change.
    identity: String,
}

impl Annotations {
    /// Findings, and how many more there are.
    pub fn of_findings<'f>(findings: impl IntoIterator<Item = &'f Finding>, beyond: usize) -> Self {
        let list: Vec<Annotation> = findings.into_iter().map(Annotation::of_finding).collect();
        let errors = list.iter().filter(|one| one.is_error()).count();
        Self {
            summary: counts(errors, list.len() - errors),
            list,
            beyond,
        }
    }

    /// The failures of a run of tests, each at the place of what was expected.
    pub fn of_report(report: &Report) -> Self {
        let tests = report.suites.iter().flat_map(|suite| &suite.tests);
        let failures = tests.flat_map(|test| {
            let failures = test.failures.iter();
            failures.map(move |failure| Annotation::of_failure(test, failure))
        });
        Self {
            list: failures.collect(),
            beyond: 0,
            summary: totals(&report.totals),
        }
    }

    /// The mutants that no fixture noticed, each at its place in the rules.
    #[cfg(feature = "testing")]
    pub fn of_mutants(report: &MutationReport) -> Self {
        let survivors = report.survivors.iter();
        Self {
            list: survivors.map(Annotation::of_survivor).collect(),
            beyond: 0,
            summary: super::fixtures::mutant_counts(report),
        }
    }

    /// The same with other paths of files. Programs for reviewers count from the top of a repository.
    #[must_use]
    pub fn with_paths(mut self, path: impl Fn(&str) -> String) -> Self {
        for annotation in &mut self.list {
            let related = annotation.related.iter_mut().map(|(place, _)| place);
            for place in annotation.place.iter_mut().chain(related) {
                place.file = path(&place.file);
            }
        }
        self
    }
}

impl Annotation {
    fn of_finding(finding: &Finding) -> Self {
        let labels = finding.labels().iter();
        let related = labels.map(|label| ((&label.place).into(), label.text.clone()));
        Self {
            code: finding.code(),
            title: finding.code().name().to_owned(),
            message: finding.message().to_owned(),
            help: finding.help().map(str::to_owned),
            place: finding.place().map(Into::into),
            related: related.collect(),
            identity: finding.message().to_owned(),
        }
    }

    fn of_failure(test: &TestReport, failure: &Failure) -> Self {
        let Failure {
            asked,
            expected,
            got,
            key,
            ..
        } = failure;
        let explanation = failure.explanation.iter();
        let explained = explanation.map(|explanation| &explanation.decision.grounds);
        let verdict = failure.verdict.iter();
        let grounds = verdict.flat_map(|verdict| {
            let reasons = verdict.reasons.iter().map(|reason| &reason.grounds);
            let accepted = verdict.is_accepted().then_some(&verdict.grounds);
            accepted.into_iter().chain(reasons)
        });
        let rules: Vec<(String, String)> = explained
            .chain(grounds)
            .map(|grounds| {
                let place = grounds.place.to_string();
                (place, format!("{}: {}", grounds.rule, grounds.reason))
            })
            .collect();
        let help: Vec<String> = rules
            .iter()
            .map(|(place, text)| format!("{text} ({place})"))
            .collect();
        let related = rules.into_iter().filter_map(|(place, text)| {
            AnnotationPlace::of_line(&place).map(|place| (place, text))
        });
        Self {
            code: &codes::TEST_FAILED,
            title: test.test.clone(),
            message: codes::TEST_FAILED.message(&[&test.test, asked, expected, got]),
            help: (!help.is_empty()).then(|| help.join("; ")),
            place: AnnotationPlace::of_column(&failure.place),
            related: related.collect(),
            identity: format!("{}\n{key}\n{asked}\n{expected}", test.test),
        }
    }

    #[cfg(feature = "testing")]
    fn of_survivor(survivor: &Survivor) -> Self {
        let (mutant, example) = (&survivor.mutant, &survivor.example);
        let title = mutant.operator.title();
        let message = codes::MUTANT_SURVIVED.message(&[&title, &mutant.to, &mutant.from]);
        Self {
            code: &codes::MUTANT_SURVIVED,
            title: codes::MUTANT_SURVIVED.name().to_owned(),
            identity: message.clone(),
            message,
            help: Some(format!(
                "{}: {} becomes {}",
                example.asked, example.before, example.after
            )),
            place: Some((&mutant.place).into()),
            related: Vec::new(),
        }
    }

    fn is_error(&self) -> bool {
        self.code.severity() == Severity::Error
    }
}
