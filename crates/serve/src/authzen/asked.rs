//! A question of the standard in the words of the rules, for whoever goes on with it.

use std::borrow::Cow;

use clio_rules::Question;

use super::AuthzenOptions;
use super::evaluate::Decider;
use super::evaluations::read;
use super::json::JsonMemory;
use super::page::query_number;
use super::request::{Evaluation, Parts, members};
use crate::tenant::Loaded;

/// A question that was asked of the firm as it is.
#[derive(Debug)]
pub(crate) struct StoredQuestion {
    /// In the words of the rules.
    pub(crate) question: Question<'static>,
    /// As the request had it.
    pub(crate) numbers: AskedNumbers,
}

/// A request by numbers, to hold another one against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AskedNumbers {
    question: u64,
    context: Vec<(String, u64)>,
}

impl AskedNumbers {
    fn of(asked: &Evaluation<'_>) -> Self {
        let context = asked.context.iter();
        Self {
            question: query_number(&(asked.subject, asked.action, asked.resource)),
            context: context
                .map(|(key, value)| (key.to_string(), query_number(value)))
                .collect(),
        }
    }

    /// The numbers of a body; none where it asks nothing.
    pub(crate) fn read(options: &AuthzenOptions, body: &[u8]) -> Option<Self> {
        let memory = JsonMemory::default();
        let body = read(body, &memory, options).ok()?;
        let asked = Parts::of(members(&body).ok()?).ok()?.evaluation().ok()?;
        Some(Self::of(&asked))
    }

    /// Whether another request asks the same; its context can say more.
    pub(crate) fn are_in(&self, other: &Self) -> bool {
        let mut context = self.context.iter();
        self.question == other.question && context.all(|part| other.context.contains(part))
    }
}

impl StoredQuestion {
    /// The question of a body; none where it cannot be asked, or asks about people who are not as the firm has them.
    pub(crate) fn of(loaded: &Loaded, options: &AuthzenOptions, body: &[u8]) -> Option<Self> {
        let memory = JsonMemory::default();
        let body = read(body, &memory, options).ok()?;
        let asked = Parts::of(members(&body).ok()?).ok()?.evaluation().ok()?;
        let question = Decider::new(loaded, options, false).question_as_stored(&asked)?;
        Some(Self {
            question,
            numbers: AskedNumbers::of(&asked),
        })
    }
}

/// A question that borrows nothing.
pub(super) fn owned(question: Question<'_>) -> Question<'static> {
    let text = |text: Cow<'_, str>| text.into_owned();
    let owned = Question::new(text(question.user), text(question.action));
    let owned = question
        .product
        .into_iter()
        .fold(owned, |owned, product| owned.product(text(product)));
    let owned = question
        .target
        .into_iter()
        .fold(owned, |owned, target| owned.target(text(target)));
    let facts = question.facts.into_iter();
    facts.fold(owned, |owned, (name, value)| {
        owned.fact(text(name), text(value))
    })
}
