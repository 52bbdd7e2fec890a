//! Resolves the names of a question to numbers. All queries about more than one answer use it.

use crate::answer::Question;
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::QuestionBits;
use crate::explore::table::{ActionRuling, Decider};
use crate::finding::{AskError, foreign};
use crate::firm::Firm;
use crate::link::product::{Action, ActionId};
use crate::rulebook::ActionHandle;

/// A question whose names all exist and which can be asked.
#[derive(Clone, Copy)]
pub(crate) struct ResolvedQuestion<'f> {
    pub(crate) product: usize,
    pub(crate) compiled: &'f CompiledProduct,
    pub(crate) action: ActionId,
    pub(crate) declared: &'f Action,
    pub(crate) decider: &'f Decider<ActionRuling>,
    /// The action with the facts of the question.
    pub(crate) handle: ActionHandle,
    /// The user. Questions about everybody have none.
    pub(crate) user: Option<u32>,
    pub(crate) target: Option<u32>,
}

/// Which people the question names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum QuestionSubject {
    /// User and target.
    UserAndTarget,
    /// The target. The question is asked for every user.
    EveryUser,
    /// The user. The question is asked for every target.
    EveryTarget,
}

impl Firm {
    /// Looks up the names of a question: action, user, target, then facts.
    ///
    /// # Errors
    /// [`AskError`] about the first unknown name, or else about a missing or unexpected part.
    pub(crate) fn resolve_question(
        &self,
        question: &Question<'_>,
        about: QuestionSubject,
    ) -> Result<ResolvedQuestion<'_>, AskError> {
        let rulebook = &self.rulebook;
        let mut handle = rulebook.action(question.product.as_deref(), &question.action)?;
        let user = match about {
            QuestionSubject::EveryUser => None,
            _ => Some(self.user_number(&question.user)?),
        };
        let target = question.target.as_deref();
        let target = target
            .map(|target| self.user_number(target).map_err(AskError::of_target))
            .transpose()?;
        for (name, value) in &question.facts {
            handle = handle.with_fact(rulebook, name, value)?;
        }
        if about != QuestionSubject::EveryTarget {
            self.fitting(handle, target)?;
        }
        let no_such = || foreign("rulebook");
        let (product, action) = rulebook.place_of(handle.number).ok_or_else(no_such)?;
        let compiled = self.compiled(product)?;
        Ok(ResolvedQuestion {
            product,
            compiled,
            action,
            declared: compiled.product.action(action).ok_or_else(no_such)?,
            decider: compiled.decider(action).ok_or_else(no_such)?,
            handle,
            user,
            target,
        })
    }
}

impl ResolvedQuestion<'_> {
    /// The bits of the question for this user.
    pub(crate) fn bits<'b>(&self, firm: &'b Firm, user: u32) -> QuestionBits<'b> {
        firm.bits(self.product, user, self.target, self.handle.facts.bits)
    }

    /// Whether this user is the target. `None` when the action has no target.
    pub(crate) fn is_of_oneself(&self, user: u32) -> Option<bool> {
        self.target.map(|target| target == user)
    }
}
