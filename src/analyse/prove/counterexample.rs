//! Counterexamples: a firm, the changes that are made in it, and what is broken then.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::answer::Question;
use crate::change::{Bulk, Change, Verdict};
use crate::finding::AskError;
use crate::firm::Firm;

/// A firm in which a property is broken, or comes to be broken by the changes that are made.
///
/// It was tried before it was handed out: the firm loads, the changes are accepted, and the answers are as it says. It is the
/// smallest: none has fewer changes (each part of a bulk change counts), and of those with as many none has fewer people.
#[derive(Debug, Clone)]
pub struct Counterexample {
    pub(super) firm: Firm,
    pub(super) steps: Vec<ProofStep>,
    pub(super) asked: Vec<ProofAnswer>,
    pub(super) asked_after: Vec<ProofAnswer>,
    pub(super) end: String,
    pub(super) is_smallest: bool,
}

/// A question that shows what a counterexample says, and its answer. Everything that the question needs is in it: every fact of the
/// action, and the target.
#[derive(Debug, Clone)]
pub struct ProofAnswer {
    pub(super) question: Question<'static>,
    pub(super) is_allowed: bool,
}

/// One step on the way: a change, or a bulk change. It serializes as the line that `batch` takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProofStep {
    /// A change.
    Change(Change),
    /// Many at once.
    Bulk(Bulk),
}

impl Counterexample {
    /// The firm before the first step. It serializes in the shape of a firm file.
    pub fn firm(&self) -> &Firm {
        &self.firm
    }

    /// The accepted changes, in their order; none where the firm itself breaks the property.
    pub fn steps(&self) -> &[ProofStep] {
        &self.steps
    }

    /// What can be asked of the firm, before any step, to see that the property is broken. Where the property says nothing of what
    /// somebody may do, the firm and the steps show it.
    pub fn asked(&self) -> &[ProofAnswer] {
        &self.asked
    }

    /// What can be asked after the steps to see it.
    pub fn asked_after(&self) -> &[ProofAnswer] {
        &self.asked_after
    }

    /// What is broken after the steps.
    pub fn end(&self) -> &str {
        &self.end
    }

    /// Whether none is smaller. Where [`Limits::proof_states`](crate::Limits::proof_states) ended the search after one was found,
    /// that is not known: the property is broken all the same.
    pub fn is_smallest(&self) -> bool {
        self.is_smallest
    }

    /// How many people the firm has.
    pub(super) fn people(&self) -> usize {
        self.firm.users().count()
    }

    /// The smaller of two that have equally many changes has fewer people, then less that is said of them.
    pub(super) fn size(&self) -> (usize, usize) {
        (self.people(), self.firm.to_yaml().len())
    }
}

impl ProofAnswer {
    /// The question.
    pub fn question(&self) -> &Question<'static> {
        &self.question
    }

    /// Whether it is allowed.
    pub fn is_allowed(&self) -> bool {
        self.is_allowed
    }

    /// In one line: the question as `batch` takes it, and the answer.
    #[cfg(feature = "protocol")]
    pub fn in_words(&self) -> String {
        let line = serde_json::to_string(&QuestionLine(&self.question)).unwrap_or_default();
        format!("{line} -> {}", self.decision())
    }

    fn decision(&self) -> &'static str {
        if self.is_allowed { "allow" } else { "deny" }
    }
}

/// The question is a line of `batch`.
impl Serialize for ProofAnswer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("question", &QuestionLine(&self.question))?;
        map.serialize_entry("decision", self.decision())?;
        map.end()
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
        let words = |change: &Change| {
            let words = [&change.role, &change.setting, &change.value, &change.target];
            let words = words.into_iter().flatten().map(String::as_str);
            let all: Vec<&str> = std::iter::once(change.change.as_str())
                .chain(words)
                .collect();
            all.join(" ")
        };
        match self {
            Self::Change(change) => format!("{}: {}", change.user, words(change)),
            Self::Bulk(bulk) => {
                let parts: Vec<String> = bulk.parts.iter().map(words).collect();
                format!("{}, at once: {}", bulk.user, parts.join("; "))
            }
        }
    }
}

impl Serialize for Counterexample {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("firm", &self.firm.to_yaml())?;
        map.serialize_entry("steps", &self.steps)?;
        for (key, asked) in [("asked", &self.asked), ("asked_after", &self.asked_after)] {
            if !asked.is_empty() {
                map.serialize_entry(key, asked)?;
            }
        }
        if let Some(last) = self.asked.iter().chain(&self.asked_after).last() {
            map.serialize_entry("question", &QuestionLine(&last.question))?;
        }
        map.serialize_entry("end", &self.end)?;
        if !self.is_smallest {
            map.serialize_entry("smallest", &false)?;
        }
        map.end()
    }
}

/// A question as a line of `batch`.
struct QuestionLine<'q>(&'q Question<'static>);

impl Serialize for QuestionLine<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Question {
            product,
            user,
            action,
            target,
            facts,
        } = self.0;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("product", product)?;
        map.serialize_entry("user", user)?;
        map.serialize_entry("action", action)?;
        if let Some(target) = target {
            map.serialize_entry("target", target)?;
        }
        if !facts.is_empty() {
            let facts: std::collections::BTreeMap<_, _> =
                facts.iter().map(|(name, value)| (name, value)).collect();
            map.serialize_entry("facts", &facts)?;
        }
        map.end()
    }
}

/// The words of a change, without who makes it.
struct ChangeWords<'c>(&'c Change);

impl ChangeWords<'_> {
    fn enter<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        let Change {
            change,
            role,
            setting,
            value,
            target,
            ..
        } = self.0;
        map.serialize_entry("change", change)?;
        let words = [
            ("role", role),
            ("setting", setting),
            ("value", value),
            ("target", target),
        ];
        for (name, word) in words {
            if let Some(word) = word {
                map.serialize_entry(name, word)?;
            }
        }
        Ok(())
    }
}

impl Serialize for ChangeWords<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.enter(&mut map)?;
        map.end()
    }
}

impl Serialize for ProofStep {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let (product, user) = match self {
            Self::Change(change) => (&change.product, &change.user),
            Self::Bulk(bulk) => (&bulk.product, &bulk.user),
        };
        map.serialize_entry("product", product)?;
        map.serialize_entry("user", user)?;
        match self {
            Self::Change(change) => ChangeWords(change).enter(&mut map)?,
            Self::Bulk(bulk) => {
                let parts: Vec<ChangeWords<'_>> = bulk.parts.iter().map(ChangeWords).collect();
                map.serialize_entry("parts", &parts)?;
            }
        }
        map.end()
    }
}
