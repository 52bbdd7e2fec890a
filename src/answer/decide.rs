//! Deciding: the three questions before any rule, then one cell of the action's table.

use super::decision::Answer;
use super::handle::{ActionHandle, UserHandle};
use super::resolve::{error, foreign};
use super::{AskError, Question};
use crate::explore::layout::{Bits, Layout};
use crate::explore::lookup::{Code, Lookup, Standing};
use crate::finding::ask as codes;
use crate::firm::Firm;
use crate::firm::profiles::{Class, Profiles};
use crate::value::Value;

/// A question by numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    /// Of the action, through all products.
    pub(crate) action: u32,
    pub(crate) user: u32,
    pub(crate) target: Option<u32>,
    /// The facts, in the word that comes with a question.
    pub(crate) facts: u64,
}

impl Firm {
    /// Decides by handles. It allocates nothing and takes no lock.
    ///
    /// # Errors
    /// [`AskError`] when a handle belongs to another rulebook or firm, a fact without default was not given, or a
    /// target is missing or not expected.
    #[inline]
    pub fn decide(
        &self,
        user: UserHandle,
        action: ActionHandle,
        target: Option<UserHandle>,
    ) -> Result<Answer<'_>, AskError> {
        let stamp = self.roster.stamp();
        let of_firm = user.stamp == stamp && target.is_none_or(|target| target.stamp == stamp);
        let of_rulebook = action.stamp == self.rulebook.stamp();
        let asked = Asked {
            action: action.number,
            user: user.number,
            target: target.map(|target| target.number),
            facts: action.facts.bits,
        };
        if of_firm && of_rulebook && action.facts.are_complete() {
            if let Some(answer) = self.answer_of(asked) {
                return Ok(answer);
            }
        }
        Err(self.no_answer(of_firm, action, asked))
    }

    /// Asks a question by names. It hashes each name once, and allocates nothing where no name is wrong.
    ///
    /// # Errors
    /// [`AskError`] when the question cannot be asked: an unknown name, a missing target or fact. An error is never a
    /// denial.
    ///
    /// ```
    /// use clio_rules::{Firm, Question, Rulebook};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let answer = firm.answer(&Question::new("wren", "create_bill"))?;
    /// assert!(!answer.is_allowed());
    /// assert_eq!(answer.reason(), "needs billing");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn answer(&self, question: &Question<'_>) -> Result<Answer<'_>, AskError> {
        let (user, action, target) = self.resolve(question)?;
        self.decide(user, action, target)
    }

    /// The handles of a question. Unknown names come first, whatever else is wrong.
    pub(crate) fn resolve(
        &self,
        question: &Question<'_>,
    ) -> Result<(UserHandle, ActionHandle, Option<UserHandle>), AskError> {
        let product = question.product.as_deref();
        let mut action = self.rulebook.action(product, &question.action)?;
        let user = self.user(&question.user)?;
        let target = match &question.target {
            Some(target) => Some(self.user(target)?),
            None => None,
        };
        for (name, value) in &question.facts {
            action = action.with_fact(&self.rulebook, name, value)?;
        }
        Ok((user, action, target))
    }

    /// A question by numbers that can be asked.
    pub(crate) fn asked(&self, question: &Question<'_>) -> Result<Asked, AskError> {
        let (user, action, target) = self.resolve(question)?;
        let (product, declared) = self.rulebook.declared(action)?;
        if !action.facts.are_complete() {
            return Err(action.facts.missing(product, declared));
        }
        Ok(Asked {
            action: action.number,
            user: user.number,
            target: target.map(|target| target.number),
            facts: action.facts.bits,
        })
    }

    /// The answer to a question that fits its action.
    #[inline]
    fn answer_of(&self, asked: Asked) -> Option<Answer<'_>> {
        let lookup = self.lookups.get(asked.action as usize)?;
        if lookup.is_on_target() != asked.target.is_some() {
            return None;
        }
        let compiled = self.rulebook.product(usize::from(lookup.product))?;
        let code = self.code(lookup, asked)?;
        Some(Answer::new(&self.rulebook, compiled, asked.action, code))
    }

    /// The code that answers. Without a target, the user stands in for it: no rule reads it then.
    #[inline]
    fn code(&self, lookup: &Lookup, asked: Asked) -> Option<Code> {
        let profiles = self.roster.of_product(usize::from(lookup.product))?;
        let target = asked.target.unwrap_or(asked.user);
        let (user, other) = (profiles.class(asked.user)?, profiles.class(target)?);
        let same = asked.target == Some(asked.user);
        let question = asked.facts | Layout::SAME_USER.bits(Value::from(same));
        let found = if lookup.is_plain() {
            self.cell(profiles, lookup, question, user, other, 0)?
        } else {
            self.found(profiles, lookup, asked.action, question, user, other)?
        };
        Some(Standing::of(user.flags(), other.flags()).or(found))
    }

    #[inline]
    fn cell(
        &self,
        profiles: &Profiles,
        lookup: &Lookup,
        question: u64,
        user: Class,
        target: Class,
        more: usize,
    ) -> Option<Code> {
        let [of_user, of_target] = lookup.words();
        let user = profiles.word(user, of_user)?;
        let target = profiles.word(target, of_target)?;
        let cell = lookup.cell(question, user, target);
        self.rulebook.lookups().code(cell + more)
    }

    /// The code where it takes more than three words, or where there is no table.
    fn found(
        &self,
        profiles: &Profiles,
        lookup: &Lookup,
        action: u32,
        question: u64,
        user: Class,
        target: Class,
    ) -> Option<Code> {
        let lookups = self.rulebook.lookups();
        let bits = Bits {
            user: profiles.of_class(user),
            target: profiles.of_class(target),
            firm: self.readings_of(usize::from(lookup.product)),
            question,
        };
        if !lookup.is_walked() {
            let more = lookups.more(action, &bits);
            return self.cell(profiles, lookup, question, user, target, more);
        }
        let (product, action) = self.rulebook.place_of(action)?;
        let outcome = self
            .rulebook
            .product(product)?
            .decider(action)?
            .decide(&bits)?;
        Some(Code::of(outcome))
    }

    /// Why there is no answer.
    #[cold]
    fn no_answer(&self, of_firm: bool, action: ActionHandle, asked: Asked) -> AskError {
        if !of_firm {
            return foreign("firm");
        }
        let (product, declared) = match self.rulebook.declared(action) {
            Ok(declared) => declared,
            Err(error) => return error,
        };
        if !action.facts.are_complete() {
            return action.facts.missing(product, declared);
        }
        match asked.target {
            None if declared.on_target => error(&codes::MISSING_TARGET, &[&declared.id]).into(),
            Some(target) if !declared.on_target => {
                let target = self.roster.id(target);
                error(&codes::UNEXPECTED_TARGET, &[&declared.id, &target]).into()
            }
            _ => foreign("rulebook"),
        }
    }

    /// The bits of a question. Without a target, the user stands in for it: no rule reads it then.
    pub(crate) fn bits(
        &self,
        product: usize,
        user: u32,
        target: Option<u32>,
        question: u64,
    ) -> Bits<'_> {
        let same = target == Some(user);
        Bits {
            user: self.roster.profile(product, user),
            target: self.roster.profile(product, target.unwrap_or(user)),
            firm: self.readings_of(product),
            question: question | Layout::SAME_USER.bits(Value::from(same)),
        }
    }
}
