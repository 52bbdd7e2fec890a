//! Questions about people who are other than their firm has them.

use super::Question;
use super::decision::Answer;
use super::on_thing::NamedTarget;
use crate::finding::{AskError, foreign};
use crate::firm::PeopleOverlay;
use crate::rulebook::ActionHandle;

impl<'f> PeopleOverlay<'f> {
    /// Answers a question by names, as [`Firm::answer`](crate::Firm::answer) does in a firm with these people.
    ///
    /// # Errors
    /// [`AskError`] when the question cannot be asked: an unknown name, a missing target or fact. An error is never a denial.
    ///
    /// ```
    /// use clio_rules::{Firm, Question, Rulebook, Seat, User};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let wren = User::new("wren").seat(Seat::new("manage").role("billing"));
    /// let create_bill = Question::new("wren", "create_bill");
    /// assert!(!firm.answer(&create_bill)?.is_allowed());
    /// assert!(firm.overlay([wren])?.answer(&create_bill)?.is_allowed());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn answer(&self, question: &Question<'_>) -> Result<Answer<'f>, AskError> {
        let firm = self.firm;
        let rulebook = &firm.rulebook;
        let mut action = rulebook.action(question.product.as_deref(), &question.action)?;
        let user = self.user(&question.user)?;
        let is_on_thing = rulebook.directory().kind(action.number).is_some();
        let (target, thing) = match question.target.as_deref() {
            Some(target) if !is_on_thing => {
                let target = self.user(target).map_err(AskError::of_target)?;
                (Some(target), None)
            }
            thing => {
                let facts = question.facts.iter().map(|(name, _)| &**name);
                let named = firm.named_target(action, thing, facts)?;
                let known = match named {
                    NamedTarget::Thing(thing) => Some(thing),
                    NamedTarget::Nothing | NamedTarget::User(_) => None,
                };
                (None, known)
            }
        };
        for (name, value) in &question.facts {
            action = action.with_fact(rulebook, name, value)?;
        }
        if let Some(thing) = thing {
            action = firm.to_decide_on(action, user, thing)?;
        }
        self.decide(&action, user, target, question)
    }

    fn user(&self, id: &str) -> Result<u32, AskError> {
        let position = self.position(id);
        position.ok_or_else(|| self.firm.unknown_user(id))
    }

    fn decide(
        &self,
        action: &ActionHandle,
        user: u32,
        target: Option<u32>,
        question: &Question<'_>,
    ) -> Result<Answer<'f>, AskError> {
        let firm = self.firm;
        firm.fitting_by_id(*action, target.and(question.target.as_deref()))?;
        let walked = || {
            let (product, _) = firm.rulebook.place_of(action.number)?;
            let people = [user, target.unwrap_or(user)].map(|user| self.profile(product, user));
            let is_same = target == Some(user);
            firm.walked_with(
                action,
                &firm.bits_with(product, people, is_same, action.facts.bits),
            )
        };
        let code = walked().ok_or_else(|| foreign("rulebook"))?;
        Ok(Answer::new(&firm.rulebook, action.number, code))
    }
}
