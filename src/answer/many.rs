//! Many decisions in a row.

use super::decision::Answer;
use crate::finding::AskError;
use crate::firm::{Firm, UserHandle};
use crate::rulebook::ActionHandle;

/// A question by handles: user, action and target.
type QuestionByHandles = (UserHandle, ActionHandle, Option<UserHandle>);

impl Firm {
    /// Decides many questions by handles, in order. Each takes the same time as [`Firm::decide`].
    ///
    /// ```
    /// use clio_rules::{Firm, Rulebook};
    ///
    /// let rulebook = Rulebook::builtin()?;
    /// let firm = Firm::example(&rulebook)?;
    /// let create = rulebook.action(Some("manage"), "create_bill")?;
    /// let everybody = (0..firm.users().count()).filter_map(|position| firm.user_at(position));
    /// let answers = firm.decide_all(everybody.map(|user| (user, create, None)));
    /// let allowed = answers.filter(|answer| answer.as_ref().is_ok_and(|answer| answer.is_allowed()));
    /// assert_eq!(allowed.count(), 6);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn decide_all<Q>(&self, questions: Q) -> Answers<'_, Q::IntoIter>
    where
        Q: IntoIterator<Item = (UserHandle, ActionHandle, Option<UserHandle>)>,
    {
        Answers {
            firm: self,
            questions: questions.into_iter(),
        }
    }
}

/// The answers to many questions, in their order.
#[derive(Clone)]
pub struct Answers<'f, Q> {
    firm: &'f Firm,
    questions: Q,
}

impl<'f, Q: Iterator<Item = QuestionByHandles>> Iterator for Answers<'f, Q> {
    type Item = Result<Answer<'f>, AskError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let (user, action, target) = self.questions.next()?;
        Some(self.firm.decide(user, action, target))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.questions.size_hint()
    }

    // Some iterators run through all items faster with `fold` than with `next`.
    #[inline]
    fn fold<B, F: FnMut(B, Self::Item) -> B>(self, start: B, mut with: F) -> B {
        let firm = self.firm;
        self.questions
            .fold(start, |before, (user, action, target)| {
                with(before, firm.decide(user, action, target))
            })
    }
}
