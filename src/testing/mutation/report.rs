//! The results of the mutants.

use serde::Serialize;

use super::operator::Operator;
use crate::budget::CutOff;
use crate::text::Place;

/// A small step from one rulebook to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mutant {
    /// What kind of step it is.
    pub operator: Operator,
    /// Where it is made.
    pub place: Place,
    /// The original text.
    pub from: String,
    /// The new text.
    pub to: String,
}

impl Mutant {
    /// By file and place, then by operator.
    pub(super) fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        fn key(mutant: &Mutant) -> (&str, u32, u32, Operator, &str) {
            let Mutant {
                operator,
                place,
                to,
                ..
            } = mutant;
            let span = place.span();
            (place.file(), span.start, span.end, *operator, to)
        }
        key(self).cmp(&key(other))
    }
}

/// A mutant that no fixture noticed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Survivor {
    /// The mutant.
    #[serde(flatten)]
    pub mutant: Mutant,
    /// The kind of answer it changes.
    pub changes: Changes,
    /// A question that the two rulebooks answer differently.
    pub example: Example,
}

/// The kind of answer a mutant changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Changes {
    /// Only the deciding rule, or its words.
    Explanation,
    /// Who may do what, what a change does, or which files and questions are accepted.
    Decision,
}

/// A question that two rulebooks answer differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Example {
    /// The question and its user.
    pub asked: String,
    /// The answer of the original rules.
    pub before: String,
    /// The answer of the mutant.
    pub after: String,
}

/// The results of all mutants.
///
/// ```
/// use clio_rules::fixtures::{Mutants, Options, Suites};
///
/// let rules = std::fs::read_to_string("tests/rulebooks/records/rules/records.yaml")?;
/// let script = std::fs::read_to_string("tests/rulebooks/records/rules/records.rhai")?;
/// let mutants = Mutants::from_texts([("records.yaml", rules.as_str()), ("records.rhai", script.as_str())])?;
/// let suites = Suites::from_folder("tests/rulebooks/records/fixtures")?;
/// let report = mutants.run(&suites, &Options::default(), &|_| {})?;
/// assert_eq!(report.mutants, report.caught + report.equivalent + report.survivors.len() + report.undecided);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MutationReport {
    /// The number of mutants, without those that `check` refuses.
    pub mutants: usize,
    /// The number of mutants that the fixtures noticed.
    pub caught: usize,
    /// The number of mutants that give all answers of the original rules.
    pub equivalent: usize,
    /// The number of mutants that `check` refuses. Nobody can ever run them.
    pub invalid: usize,
    /// The mutants that no fixture noticed, by file and place.
    pub survivors: Vec<Survivor>,
    /// The number of unnoticed mutants whose comparison was cut off. They may or may not be equivalent.
    #[serde(skip_serializing_if = "crate::answer::is_zero")]
    pub undecided: usize,
    /// The number of mutants that were not run because time ran out.
    #[serde(skip_serializing_if = "crate::answer::is_zero")]
    pub not_run: usize,
    /// If some were not run, the bound that was met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<CutOff>,
}
