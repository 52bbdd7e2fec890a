//! Counterexamples: a firm, the changes that are made in it, and what is broken then.

use serde::{Deserialize, Serialize};

use crate::answer::{DecisionWord, Question};
use crate::change::{Bulk, Change, Verdict};
use crate::finding::AskError;
use crate::firm::Firm;

/// A firm in which a property is broken, or comes to be broken by the changes that are made.
///
/// It was tried before it was handed out: the firm loads, the changes are accepted, and the answers are as it says. It is the
/// smallest: none has fewer changes (each part of a bulk change counts), and of those with as many none has fewer people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Counterexample {
    /// The firm before the first step, as the text of a firm file.
    pub firm: String,
    /// The accepted changes, in their order; none where the firm itself breaks the property.
    pub steps: Vec<ProofStep>,
    /// What can be asked of the firm, before any step, to see that the property is broken. Where the property says nothing of what
    /// somebody may do, the firm and the steps show it.
    pub asked: Vec<ProofAnswer>,
    /// What can be asked after the steps to see it.
    pub asked_after: Vec<ProofAnswer>,
    /// The last of these questions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<Question<'static>>,
    /// What is broken after the steps.
    pub end: String,
    /// Whether none is smaller. Where [`Limits::proof_states`](crate::Limits::proof_states) ended the search after one was found,
    /// that is not known: the property is broken all the same.
    #[serde(default = "yes", skip_serializing_if = "Clone::clone")]
    pub smallest: bool,
}

fn yes() -> bool {
    true
}

/// A question that shows what a counterexample says, and its answer. Everything that the question needs is in it: every fact of the
/// action, and the target.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ProofAnswer {
    /// The question.
    pub question: Question<'static>,
    /// Its answer.
    pub decision: DecisionWord,
}

/// One step on the way: a change, or a bulk change. It is a line that `batch` takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum ProofStep {
    /// A change.
    Change(Change),
    /// Many at once.
    Bulk(Bulk),
}

/// A counterexample while smaller ones are looked for.
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
    /// How many people the firm has.
    pub(super) fn people(&self) -> usize {
        self.firm.users().count()
    }

    /// The smaller of two that have equally many changes has fewer people, then less that is said of them.
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
    /// What a firm makes of it.
    ///
    /// # Errors
    /// [`AskError`] when the firm does not know somebody or something in it.
    pub fn judge(&self, firm: &Firm) -> Result<Verdict, AskError> {
        match self {
            Self::Change(change) => firm.judge(change),
            Self::Bulk(bulk) => firm.judge_bulk(bulk),
        }
    }

    /// The firm after it; none where it is refused.
    pub(super) fn made(&self, firm: &Firm) -> Option<Firm> {
        let verdict = self.judge(firm).ok()?;
        firm.after(&verdict).ok()
    }

    /// In words: `user: grant billing target`.
    pub fn in_words(&self) -> String {
        match self {
            Self::Change(change) => format!("{}: {}", change.user, change.names().in_words()),
            Self::Bulk(bulk) => {
                let parts = bulk.parts.iter().map(|part| part.names().in_words());
                let parts: Vec<String> = parts.collect();
                format!("{}, at once: {}", bulk.user, parts.join("; "))
            }
        }
    }
}
