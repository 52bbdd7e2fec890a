//! Deciding: three checks before any rule, then one cell of the action's table.

use super::Question;
use super::decision::Answer;
use super::on_thing::NamedTarget;
use crate::explore::code::DecisionCode;
use crate::explore::layout::{Layout, QuestionBits, Word};
use crate::finding::{AskError, SubjectRole, ask as codes, error, foreign};
use crate::firm::{Firm, UserHandle};
use crate::link::product::{Action, Product, RulingId};
use crate::rulebook::ActionHandle;
use crate::value::Value;

/// A question by numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NumberedQuestion {
    /// The number of the action among those of all products.
    pub(crate) action: u32,
    pub(crate) user: u32,
    pub(crate) target: Option<u32>,
    /// The facts, encoded as the bits of a question.
    pub(crate) facts: [Word; 2],
}

/// User, action and target of a question.
type Handles = (UserHandle, ActionHandle, Option<UserHandle>);

impl Firm {
    /// Decides by handles: the fast form of [`Firm::ask`]. It allocates nothing and takes no lock.
    ///
    /// # Errors
    /// [`AskError`] when a handle belongs to another rulebook or firm, its user is not there any more, a fact without default was not
    /// given, or a target is missing or not expected.
    #[inline(always)]
    pub fn decide(
        &self,
        user: UserHandle,
        action: ActionHandle,
        target: Option<UserHandle>,
    ) -> Result<Answer<'_>, AskError> {
        // Without a target, the user takes its place: no rule reads it then.
        let other = target.unwrap_or(user);
        if self.are_ours(user, other, &action) {
            // Of these users, serials are positions. A serial of somebody who was added is beyond all positions.
            let numbers = [user.serial, other.serial];
            if let Some(code) =
                self.looked_up(action.cells(), numbers, target.is_some(), action.ruling)
            {
                return Ok(Answer::new(&self.rulebook, action.number, code));
            }
        }
        self.decide_beyond(user, action, target)
    }

    /// Whether the handles belong to this firm and its rulebook.
    #[inline(always)]
    pub(super) fn are_ours(
        &self,
        user: UserHandle,
        target: UserHandle,
        action: &ActionHandle,
    ) -> bool {
        let [of_firm, of_rulebook] = self.tables.stamps;
        user.stamp == of_firm && target.stamp == of_firm && action.bears(of_rulebook)
    }

    /// Decides when there is no table, or when users have come and gone; or reports why there is no answer.
    #[inline(never)]
    fn decide_beyond(
        &self,
        user: UserHandle,
        action: ActionHandle,
        target: Option<UserHandle>,
    ) -> Result<Answer<'_>, AskError> {
        let other = target.unwrap_or(user);
        let [_, of_rulebook] = self.tables.stamps;
        let numbers = self.position_of(user).zip(self.position_of(other));
        let code = numbers
            .filter(|_| action.bears(of_rulebook))
            .and_then(|(user, other)| {
                let (people, has_target) = ([user, other], target.is_some());
                // Not by `code`, which then would be too large for the loops that call it.
                self.looked_up(action.cells(), people, has_target, action.ruling)
                    .or_else(|| self.walked(&action, people, has_target))
            });
        match code {
            Some(code) => Ok(Answer::new(&self.rulebook, action.number, code)),
            None => Err(self.no_answer(user, action, target)),
        }
    }

    /// Asks a question by names. It hashes each name once, and allocates only for errors.
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
        match self.answer_by_names(question) {
            Some(answer) => Ok(answer),
            None => self.answer_beyond(question),
        }
    }

    /// The answer to a question that gives no facts, where all names are known and there is a table.
    #[inline]
    fn answer_by_names(&self, question: &Question<'_>) -> Option<Answer<'_>> {
        let action = self
            .rulebook
            .known_action(question.product.as_deref(), &question.action)?;
        let user = self.roster.find(&question.user)?;
        let is_on_thing = self.rulebook.directory().kind(action.number).is_some();
        let (people, has_target) = match question.target.as_deref() {
            _ if !question.facts.is_empty() => return None,
            None => ([user; 2], false),
            Some(thing) if is_on_thing => {
                let code = self.named_on_thing(action, user, thing)?;
                return Some(Answer::new(&self.rulebook, action.number, code));
            }
            Some(target) => ([user, self.roster.find(target)?], true),
        };
        let code = self.looked_up(action.cells(), people, has_target, action.ruling)?;
        Some(Answer::new(&self.rulebook, action.number, code))
    }

    /// Answers a question with facts, or without a table; or reports why there is no answer.
    #[inline(never)]
    fn answer_beyond(&self, question: &Question<'_>) -> Result<Answer<'_>, AskError> {
        let (user, action, target) = self.resolve(question)?;
        self.decide(user, action, target)
    }

    /// The handles of a question. Unknown names are reported first.
    pub(crate) fn resolve(&self, question: &Question<'_>) -> Result<Handles, AskError> {
        let facts = question.facts.iter();
        self.handles(
            question.product.as_deref(),
            (&question.user, &question.action, question.target.as_deref()),
            facts.map(|(name, value)| (&**name, &**value)),
        )
    }

    /// The handles of a question in parts: user, action and target by name, and facts. What the rules read of a thing stands with
    /// the action.
    #[inline]
    pub(crate) fn handles<'a>(
        &self,
        product: Option<&str>,
        (user, action, target): (&str, &str, Option<&str>),
        facts: impl Iterator<Item = (&'a str, &'a str)> + Clone,
    ) -> Result<Handles, AskError> {
        let mut action = self.rulebook.action(product, action)?;
        let user = self.user(user)?;
        let named = self.named_target(action, target, facts.clone().map(|(name, _)| name))?;
        for (name, value) in facts {
            action = action.with_fact(&self.rulebook, name, value)?;
        }
        match named {
            NamedTarget::Nothing => Ok((user, action, None)),
            NamedTarget::User(target) => Ok((user, action, Some(target))),
            NamedTarget::Thing(thing) => {
                let number = self.number_of(user, SubjectRole::User)?;
                Ok((user, self.to_decide_on(action, number, thing)?, None))
            }
        }
    }

    /// A question by numbers that can be asked.
    pub(crate) fn asked(&self, question: &Question<'_>) -> Result<NumberedQuestion, AskError> {
        let (user, mut action, target) = self.resolve(question)?;
        let user = self.number_of(user, SubjectRole::User)?;
        // Whoever looks at more than the decision has to find all that the thing says.
        let facts = question.facts.iter().map(|(name, _)| &**name);
        let named = self.named_target(action, question.target.as_deref(), facts)?;
        if let NamedTarget::Thing(thing) = named {
            action = self.applied_to(action, user, Some(thing))?;
        }
        let (product, declared) = self.rulebook.declared(action)?;
        if !action.is_complete() {
            return Err(action.facts.missing(product, declared));
        }
        Ok(NumberedQuestion {
            action: action.number,
            user,
            target: self.target_number(target)?,
            facts: action.facts.bits,
        })
    }

    /// The code of the answer. `None` when the question does not fit its action.
    pub(crate) fn code(
        &self,
        action: &ActionHandle,
        numbers: [u32; 2],
        has_target: bool,
    ) -> Option<DecisionCode> {
        self.looked_up(action.cells(), numbers, has_target, action.ruling)
            .or_else(|| self.walked(action, numbers, has_target))
    }

    /// The answer about two people by number.
    pub(crate) fn answer_of(
        &self,
        action: &ActionHandle,
        numbers: [u32; 2],
        has_target: bool,
    ) -> Result<Answer<'_>, AskError> {
        let code = self
            .code(action, numbers, has_target)
            .ok_or_else(|| foreign("rulebook"))?;
        Ok(Answer::new(&self.rulebook, action.number, code))
    }

    /// The code of the answer when there is a table. Without a target, the user takes its place. Rulings are counted from `first`.
    #[inline(always)]
    pub(super) fn looked_up(
        &self,
        (number, facts): (u32, u32),
        [user, target]: [u32; 2],
        has_target: bool,
        first: RulingId,
    ) -> Option<DecisionCode> {
        let lookup = self.tables.lookups.get(number as usize)?;
        if lookup.is_plain(has_target) {
            self.tables.plain(lookup, facts, [user, target], first)
        } else {
            let lookup = (number, facts);
            self.tables
                .beyond(lookup, [user, target], has_target, first)
        }
    }

    /// The code of the answer when there is no table and the tree is walked.
    fn walked(
        &self,
        action: &ActionHandle,
        [user, target]: [u32; 2],
        has_target: bool,
    ) -> Option<DecisionCode> {
        let lookup = self.tables.lookups.get(action.lookup as usize)?;
        if !lookup.is_walked() || lookup.is_on_target() != has_target {
            return None;
        }
        let product = usize::from(lookup.product);
        let target = has_target.then_some(target);
        self.walked_with(action, &self.bits(product, user, target, action.facts.bits))
    }

    /// The code of the answer about people with these profiles, whoever they are. The tree of the action is walked: a table would have
    /// to be of all profiles.
    pub(super) fn walked_with(
        &self,
        action: &ActionHandle,
        bits: &QuestionBits<'_>,
    ) -> Option<DecisionCode> {
        let lookup = self.tables.lookups.get(action.lookup as usize)?;
        let (product, place) = self.rulebook.place_of(action.number)?;
        let decider = self.rulebook.product(product)?.decider(place)?;
        let code = DecisionCode::of(decider.decide(bits)?).after(action.ruling);
        Some(bits.standing().or(code, lookup.ground))
    }

    /// Whether an action without a target would be allowed to somebody with this profile, who is enabled and has a seat.
    pub(crate) fn would_allow(&self, action: &ActionHandle, words: &[Word]) -> bool {
        let allowed = || {
            let (product, place) = self.rulebook.place_of(action.number)?;
            let decider = self.rulebook.product(product)?.decider(place)?;
            let bits = QuestionBits {
                user: words,
                target: words,
                firm: self.readings_of(product),
                question: action.facts.bits,
            };
            Some(DecisionCode::of(decider.decide(&bits)?).is_allowed())
        };
        allowed().unwrap_or(false)
    }

    /// The error that explains why there is no answer.
    #[cold]
    fn no_answer(
        &self,
        user: UserHandle,
        action: ActionHandle,
        target: Option<UserHandle>,
    ) -> AskError {
        let users = self.number_of(user, SubjectRole::User);
        let target = users.and_then(|_| self.target_number(target));
        match target.and_then(|target| self.fitting(action, target).map(|_| ())) {
            Err(error) => error,
            Ok(()) => foreign("rulebook"),
        }
    }

    fn target_number(&self, target: Option<UserHandle>) -> Result<Option<u32>, AskError> {
        let number = |target| self.number_of(target, SubjectRole::Target);
        target.map(number).transpose()
    }

    /// The action of a question, after the check that all facts are given and that a target is present exactly when
    /// needed.
    pub(crate) fn fitting(
        &self,
        action: ActionHandle,
        target: Option<u32>,
    ) -> Result<(&Product, &Action), AskError> {
        self.fitting_by_id(action, target.map(|target| self.roster.id(target)))
    }

    /// [`Firm::fitting`] where the target is known by its id.
    pub(super) fn fitting_by_id(
        &self,
        action: ActionHandle,
        target: Option<&str>,
    ) -> Result<(&Product, &Action), AskError> {
        let (product, declared) = self.rulebook.declared(action)?;
        if !action.is_complete() {
            return Err(action.facts.missing(product, declared));
        }
        match target {
            None if declared.on_target => {
                Err(error(&codes::MISSING_TARGET, &[&declared.id]).into())
            }
            Some(target) if !declared.on_target => {
                Err(error(&codes::UNEXPECTED_TARGET, &[&declared.id, &target]).into())
            }
            _ => Ok((product, declared)),
        }
    }

    /// The bits of a question. Without a target, the user takes its place: no rule reads it then.
    pub(crate) fn bits(
        &self,
        product: usize,
        user: u32,
        target: Option<u32>,
        facts: [Word; 2],
    ) -> QuestionBits<'_> {
        let people = [user, target.unwrap_or(user)].map(|user| self.roster.profile(product, user));
        self.bits_with(product, people, target == Some(user), facts)
    }

    /// The bits of a question about people with these profiles.
    #[inline]
    pub(super) fn bits_with<'p>(
        &'p self,
        product: usize,
        [user, target]: [&'p [Word]; 2],
        is_same: bool,
        [first, second]: [Word; 2],
    ) -> QuestionBits<'p> {
        QuestionBits {
            user,
            target,
            firm: self.readings_of(product),
            question: [first | same_user(is_same), second],
        }
    }
}

/// The bit of a question that says whether user and target are the same person.
#[inline]
fn same_user(same: bool) -> Word {
    Layout::SAME_USER.bits(Value::from(same))
}
