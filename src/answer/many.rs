//! Many decisions in a row.

use super::AskError;
use super::decision::Answer;
use super::handle::{ActionHandle, UserHandle};
use crate::firm::Firm;

/// A question by handles: who asks, about which action, done to whom.
type Asked = (UserHandle, ActionHandle, Option<UserHandle>);

/// Questions whose profiles are fetched together: many, so that the wait for the last of them is shared by many, and few
/// enough for the nearest cache.
const TOGETHER: usize = 128;

impl Firm {
    /// Decides many questions by handles, each as [`Firm::decide`] does, in their order.
    ///
    /// In a large firm, most of the time of a decision is spent waiting for a profile to come out of the memory. Here
    /// the profiles of the next questions are fetched side by side, so that it is waited for once instead of each time.
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
    /// assert_eq!(allowed.count(), 5);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn decide_all<Q>(&self, questions: Q) -> Answers<'_, Q::IntoIter>
    where
        Q: IntoIterator<Item = (UserHandle, ActionHandle, Option<UserHandle>)>,
    {
        Answers {
            firm: self,
            questions: questions.into_iter(),
            ready: [None; TOGETHER],
            next: TOGETHER,
        }
    }
}

/// The answers to many questions, in their order.
pub struct Answers<'f, Q> {
    firm: &'f Firm,
    questions: Q,
    /// Questions whose profiles are there; none behind the last one.
    ready: [Option<Asked>; TOGETHER],
    /// The place of the next one.
    next: usize,
}

impl<'f, Q: Iterator<Item = Asked>> Iterator for Answers<'f, Q> {
    type Item = Result<Answer<'f>, AskError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.next >= TOGETHER {
            self.make_ready();
        }
        let (user, action, target) = (*self.ready.get(self.next)?)?;
        self.next += 1;
        Some(self.firm.decide(user, action, target))
    }

    fn fold<B, F: FnMut(B, Self::Item) -> B>(mut self, init: B, mut fold: F) -> B {
        let mut folded = init;
        loop {
            for asked in self.ready.iter().skip(self.next) {
                let Some((user, action, target)) = *asked else {
                    return folded;
                };
                folded = fold(folded, self.firm.decide(user, action, target));
            }
            self.make_ready();
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let ready = self.ready.iter().skip(self.next);
        let ready = ready.take_while(|asked| asked.is_some()).count();
        let (least, most) = self.questions.size_hint();
        let most = most.and_then(|most| most.checked_add(ready));
        (least.saturating_add(ready), most)
    }
}

impl<Q: Iterator<Item = Asked>> Answers<'_, Q> {
    fn make_ready(&mut self) {
        self.next = 0;
        for place in &mut self.ready {
            *place = self.questions.next();
            if place.is_none() {
                break;
            }
        }
        // A loop of its own, which writes nothing: what waits to be written would keep the rest waiting.
        let ready = self.ready.iter().map_while(Option::as_ref);
        self.firm.desk.fetch(ready.map(|(user, action, target)| {
            let target = target.unwrap_or(*user);
            (action.lookup, [user.number, target.number])
        }));
    }
}
