//! Counterexamples: a firm, the changes made in it, and the property they break.

use serde::{Deserialize, Serialize};

use crate::answer::{DecisionWord, Question};
use crate::change::{Bulk, Change, Verdict};
use crate::finding::AskError;
use crate::firm::Firm;

/// A firm in which a property is broken, at once or after some changes.
///
/// It was verified: the firm loads, the changes are accepted, and the answers are as listed. It is the smallest one:
/// none has fewer changes (each part of a bulk change counts), and of those with as many, none has fewer people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Counterexample {
    /// The firm before the first step, as the text of a firm file.
    pub firm: String,
    /// The accepted changes, in order. Empty when the firm itself breaks the property.
    pub steps: Vec<ProofStep>,
    /// Questions that show, before any step, that the property is broken. A property that is not about permissions
    /// needs none: the firm and the steps show it.
    pub asked: Vec<ProofAnswer>,
    /// Questions that show it after the steps.
    pub asked_after: Vec<ProofAnswer>,
    /// The last of these questions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<Question<'static>>,
    /// The violation after the steps.
    pub end: String,
    /// Whether none is smaller. When [`Limits::proof_states`](crate::Limits::proof_states) ended the search after one
    /// was found, that is not known. The property is broken in any case.
    #[serde(default = "yes", skip_serializing_if = "Clone::clone")]
    pub smallest: bool,
}

fn yes() -> bool {
    true
}

/// A question that shows the violation, and its answer. It is complete: it has every fact of the action, and the
/// target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ProofAnswer {
    /// The question.
    pub question: Question<'static>,
    /// Its answer.
    pub decision: DecisionWord,
}

/// One step: a change or a bulk change, as a line of `batch`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum ProofStep {
    /// A change.
    Change(Change),
    /// Many at once.
    Bulk(Bulk),
}

/// A counterexample found while the search for smaller ones goes on.
#[derive(Debug)]
pub(super) struct BrokenFirm {
    pub(super) firm: Firm,
    pub(super) steps: Vec<ProofStep>,
    pub(super) asked: Vec<ProofAnswer>,
    pub(super) asked_after: Vec<ProofAnswer>,
    pub(super) end: String,
    pub(super) is_smallest: bool,
}

impl BrokenFirm {
    /// The number of people in the firm.
    pub(super) fn people(&self) -> usize {
        self.firm.users().count()
    }

    /// Of two with equally many changes, the smaller one has fewer people, and then a shorter description of them.
    pub(super) fn size(&self) -> (usize, usize) {
        (self.people(), self.firm.to_yaml().len())
    }
}

impl From<BrokenFirm> for Counterexample {
    fn from(broken: BrokenFirm) -> Self {
        let last = broken.asked.iter().chain(&broken.asked_after).last();
        Self {
            firm: broken.firm.to_yaml(),
            question: last.map(|last| last.question.clone()),
            steps: broken.steps,
            asked: broken.asked,
            asked_after: broken.asked_after,
            end: broken.end,
            smallest: broken.is_smallest,
        }
    }
}

impl ProofAnswer {
    /// Whether it is allowed.
    pub fn is_allowed(&self) -> bool {
        self.decision == DecisionWord::Allow
    }
}

impl ProofStep {
    /// The verdict of a firm about it.
    ///
    /// # Errors
    /// [`AskError`] when the firm does not know a name in it.
    pub fn judge(&self, firm: &Firm) -> Result<Verdict, AskError> {
        match self {
            Self::Change(change) => firm.judge(change),
            Self::Bulk(bulk) => firm.judge_bulk(bulk),
        }
    }

    /// The firm after it. `None` when it is refused.
    pub(super) fn made(&self, firm: &Firm) -> Option<Firm> {
        let verdict = self.judge(firm).ok()?;
        firm.after(&verdict).ok()
    }

    /// In words: `user: grant billing target`.
    pub fn in_words(&self) -> String {
        match self {
            Self::Change(change) => format!("{}: {}", change.user, change.names()),
            Self::Bulk(bulk) => {
                let parts: Vec<String> = bulk
                    .parts
                    .iter()
                    .map(|part| part.names().to_string())
                    .collect();
                format!("{}, at once: {}", bulk.user, parts.join("; "))
            }
        }
    }
}
