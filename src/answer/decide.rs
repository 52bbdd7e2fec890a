//! Deciding: the three questions before any rule, then one cell of the action's table.

use super::decision::Answer;
use super::handle::{ActionHandle, UserHandle};
use super::resolve::{error, foreign};
use super::{AskError, Question};
use crate::explore::layout::{Bits, Layout};
use crate::explore::lookup::{Code, Lookup, Standing};
use crate::finding::ask as codes;
use crate::firm::Firm;
use crate::firm::profiles::Class;
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

impl Asked {
    /// The word that comes with the question.
    #[inline]
    fn question(self) -> u64 {
        let same = self.target == Some(self.user);
        self.facts | Layout::SAME_USER.bits(Value::from(same))
    }
}

impl Firm {
    /// Decides by handles. It allocates nothing and takes no lock.
    ///
    /// # Errors
    /// [`AskError`] when a handle belongs to another rulebook or firm, a fact without default was not given, or a
    /// target is missing or not expected.
    #[inline(always)]
    pub fn decide(
        &self,
        user: UserHandle,
        action: ActionHandle,
        target: Option<UserHandle>,
    ) -> Result<Answer<'_>, AskError> {
        let stamp = self.roster.stamp();
        let of_firm = user.stamp == stamp && target.is_none_or(|target| target.stamp == stamp);
        let asked = Asked {
            action: action.number,
            user: user.number,
            target: target.map(|target| target.number),
            facts: action.facts.bits,
        };
        if of_firm && action.is_ready(&self.rulebook) {
            if let Some((product, code)) = self.code(asked) {
                return Ok(Answer::new(&self.rulebook, product, asked.action, code));
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
        if !action.is_ready(&self.rulebook) {
            return Err(action.facts.missing(product, declared));
        }
        Ok(Asked {
            action: action.number,
            user: user.number,
            target: target.map(|target| target.number),
            facts: action.facts.bits,
        })
    }

    /// The product and the code that answers; none where the question does not fit its action. Without a target, the user
    /// stands in for it: no rule reads it then.
    #[inline(always)]
    pub(crate) fn code(&self, asked: Asked) -> Option<(u16, Code)> {
        let lookup = self.lookups.get(asked.action as usize)?;
        let profiles = self.roster.all();
        let product = usize::from(lookup.product);
        let user = profiles.class(product, asked.user)?;
        let target = profiles.class(product, asked.target.unwrap_or(asked.user))?;
        if !lookup.is_plain(asked.target.is_some()) {
            return self.code_beyond(lookup, asked, user, target);
        }
        let [of_user, of_target] = lookup.words();
        let cell = lookup.cell(
            asked.question(),
            profiles.word(user, of_user)?,
            profiles.word(target, of_target)?,
        );
        let standing = Standing::of(user.flags(), target.flags());
        let code = self.rulebook.lookups().code(lookup, cell, standing)?;
        Some((lookup.product, code))
    }

    /// The code where it takes more than three words, or where there is no table.
    #[inline(never)]
    fn code_beyond(
        &self,
        lookup: &Lookup,
        asked: Asked,
        user: Class,
        target: Class,
    ) -> Option<(u16, Code)> {
        if lookup.is_on_target() != asked.target.is_some() {
            return None;
        }
        let (lookups, profiles) = (self.rulebook.lookups(), self.roster.all());
        let product = usize::from(lookup.product);
        let bits = Bits {
            user: profiles.words(product, user),
            target: profiles.words(product, target),
            firm: self.readings_of(product),
            question: asked.question(),
        };
        let standing = Standing::of(user.flags(), target.flags());
        let code = if lookup.is_walked() {
            let (_, action) = self.rulebook.place_of(asked.action)?;
            let decider = self.rulebook.product(product)?.decider(action)?;
            lookups.walked(lookup, decider.decide(&bits)?, standing)?
        } else {
            let [of_user, of_target] = lookup.words();
            let user = profiles.word(user, of_user)?;
            let target = profiles.word(target, of_target)?;
            let cell = lookup.cell(bits.question, user, target) + lookups.more(asked.action, &bits);
            lookups.code(lookup, cell, standing)?
        };
        Some((lookup.product, code))
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
        if !action.is_ready(&self.rulebook) {
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
