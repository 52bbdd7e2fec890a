//! What came of the mutants.

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
    /// What stands there.
    pub from: String,
    /// What stands there instead.
    pub to: String,
}

impl Mutant {
    /// By file and place, then by what is done there.
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
    /// What it changes.
    pub changes: Changes,
    /// A question that the two rulebooks answer differently.
    pub example: Example,
}

/// What a mutant changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Changes {
    /// Only which rule answers, or what it says.
    Explanation,
    /// Who may do what, what a change does, or which files and questions are accepted.
    Decision,
}

/// A question that two rulebooks answer differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Example {
    /// What is asked, and by whom.
    pub asked: String,
    /// The answer of the rules as they are.
    pub before: String,
    /// The answer of the mutant.
    pub after: String,
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// What came of all mutants.
///
/// ```
/// use clio_rules::fixtures::{Mutants, Options, Suites};
///
/// let rules = include_str!("../../../tests/rulebooks/authzen/rules/records.yaml");
/// let script = include_str!("../../../tests/rulebooks/authzen/rules/records.rhai");
/// let mutants = Mutants::from_texts([("records.yaml", rules), ("records.rhai", script)])?;
/// let suites = Suites::from_folder("tests/rulebooks/authzen/fixtures")?;
/// let report = mutants.run(&suites, &Options::default(), &|_| {})?;
/// assert_eq!(report.mutants, report.caught + report.equivalent + report.survivors.len() + report.undecided);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MutationReport {
    /// How many mutants there were, those not counted that `check` refuses.
    pub mutants: usize,
    /// How many the fixtures noticed.
    pub caught: usize,
    /// How many answer everything as the rules themselves do.
    pub equivalent: usize,
    /// How many `check` refuses, so that nobody can ever run them.
    pub invalid: usize,
    /// Those that nobody noticed, by file and place.
    pub survivors: Vec<Survivor>,
    /// How many nobody noticed whose comparison with the rules was cut off, so that they may or may not be equivalent.
    #[serde(skip_serializing_if = "is_zero")]
    pub undecided: usize,
    /// How many there was no time for.
    #[serde(skip_serializing_if = "is_zero")]
    pub not_run: usize,
    /// Where there was no time for some, which bound was met.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<CutOff>,
}
