//! Many decisions in a row.

use super::decision::Answer;
use crate::finding::AskError;
use crate::firm::{Firm, UserHandle};
use crate::rulebook::ActionHandle;

/// A question by handles: who asks, about which action, done to whom.
type Asked = (UserHandle, ActionHandle, Option<UserHandle>);

/// Questions that are looked ahead: many, so that the wait for the last of them is shared by many, and few enough for
/// what they need to stay in the nearest cache.
const AHEAD: usize = 64;

impl Firm {
    /// Decides many questions by handles, each as [`Firm::decide`] does, in their order.
    ///
    /// In a large firm, most of the time of a decision is spent waiting for a profile to come out of the memory. Here a
    /// copy of the iterator looks ahead and has the profiles of many questions fetched side by side, so that they are
    /// waited for once. The questions are therefore gone through twice.
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
        Q::IntoIter: Clone,
    {
        Answers {
            firm: self,
            questions: questions.into_iter(),
            fetched: 0,
        }
    }
}

/// The answers to many questions, in their order.
#[derive(Clone)]
pub struct Answers<'f, Q> {
    firm: &'f Firm,
    questions: Q,
    /// How many of the next questions have been looked at.
    fetched: usize,
}

impl<'f, Q: Iterator<Item = Asked> + Clone> Iterator for Answers<'f, Q> {
    type Item = Result<Answer<'f>, AskError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.fetched == 0 {
            self.look_ahead();
        }
        self.fetched -= 1;
        let (user, action, target) = self.questions.next()?;
        Some(self.firm.decide(user, action, target))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.questions.size_hint()
    }
}

impl<Q: Iterator<Item = Asked> + Clone> Answers<'_, Q> {
    #[inline]
    fn look_ahead(&mut self) {
        self.fetched = AHEAD;
        let desk = &self.firm.desk;
        let mut places = [[0; 2]; AHEAD];
        let ahead = self.questions.clone();
        for (place, (user, action, target)) in places.iter_mut().zip(ahead) {
            let target = target.unwrap_or(user);
            *place = desk.places(action.lookup, [user.number, target.number]);
        }
        // A loop of its own, so short that the memory is asked for a dozen profiles before the first is there.
        desk.fetch(&places);
    }
}
