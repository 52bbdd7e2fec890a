//! Resolves the names of a question to numbers. All queries about more than one answer use it.

use crate::answer::Question;
use crate::answer::on_thing::NamedTarget;
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::{QuestionBits, Word};
use crate::explore::table::{ActionRuling, Decider};
use crate::finding::{AskError, SubjectRole, foreign};
use crate::firm::Firm;
use crate::firm::things::NumberedThing;
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
    /// The action with the facts of the question, and where it names a user, those that follow from the thing.
    pub(crate) handle: ActionHandle,
    /// The user. Questions about everybody have none.
    pub(crate) user: Option<u32>,
    pub(crate) target: Option<u32>,
    /// The thing that it is about, if the firm has it.
    pub(crate) thing: Option<NumberedThing>,
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
        let facts = question.facts.iter().map(|(name, _)| &**name);
        let named = self.named_target(handle, question.target.as_deref(), facts)?;
        let (target, thing) = match named {
            NamedTarget::Nothing => (None, None),
            NamedTarget::User(user) => (Some(self.number_of(user, SubjectRole::Target)?), None),
            NamedTarget::Thing(thing) => (None, Some(thing)),
        };
        for (name, value) in &question.facts {
            handle = handle.with_fact(rulebook, name, value)?;
        }
        if about != QuestionSubject::EveryTarget {
            let of_somebody = self.applied_to(handle, user.unwrap_or_default(), thing)?;
            self.fitting(of_somebody, target)?;
            if about == QuestionSubject::UserAndTarget {
                handle = of_somebody;
            }
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
            thing,
        })
    }
}

impl ResolvedQuestion<'_> {
    /// The bits of the question for this user.
    pub(crate) fn bits<'b>(&self, firm: &'b Firm, user: u32) -> QuestionBits<'b> {
        let facts = self.handle_for(firm, user).facts.bits;
        firm.bits(self.product, user, self.target, facts)
    }

    /// The action with the facts of the question, and those that follow from its thing for this user.
    pub(crate) fn handle_for(&self, firm: &Firm, user: u32) -> ActionHandle {
        // The kind fits: the thing was looked up as one of the action's kind.
        firm.applied_to(self.handle, user, self.thing)
            .unwrap_or(self.handle)
    }

    /// The facts that follow from the thing, for users in ascending order. All who stand on none of its lists have the same.
    pub(crate) fn facts_by_user(&self, firm: &Firm) -> impl FnMut(u32) -> Option<[Word; 2]> {
        let facts = |user| self.handle_for(firm, user).facts.bits;
        let listed = self
            .thing
            .map(|thing| firm.things.everybody_on_lists(thing));
        let mut listed = listed.unwrap_or_default().into_iter().peekable();
        // Nobody has this number, so nobody with it stands on a list.
        let of_nobody = self.thing.map(|_| facts(u32::MAX));
        move |user| match listed.next_if_eq(&user) {
            Some(user) => Some(facts(user)),
            None => of_nobody,
        }
    }

    /// The id of the user or the thing that it is done to.
    pub(crate) fn target_id<'f>(&self, firm: &'f Firm) -> Option<&'f str> {
        let thing = self.thing.and_then(|thing| {
            let things = firm.things.of_kind(thing.product, thing.kind)?;
            Some(things.id(thing.number))
        });
        self.target.map(|target| firm.roster.id(target)).or(thing)
    }

    /// Whether this user is the target. `None` when the action has no target.
    pub(crate) fn is_of_oneself(&self, user: u32) -> Option<bool> {
        self.target.map(|target| target == user)
    }
}
