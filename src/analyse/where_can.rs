//! Where can: every user to whom, or every thing to which, one user may do an action.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::crowd::Crowd;
use super::every_thing::AnswersOnThings;
use super::listed::{IteratorList, PairMap};
use crate::answer::{Answer, Question};
use crate::finding::ask::NO_TARGETS;
#[cfg(feature = "protocol")]
use crate::finding::names::UNKNOWN_THING;
use crate::finding::{AskError, error};
use crate::firm::Firm;
use crate::firm::things::KindThings;
use crate::link::product::{Action, KindId, Product};
use crate::rulebook::ActionHandle;
use crate::world::question::{QuestionSubject, ResolvedQuestion};

/// The users or things to which a user may do an action.
///
/// Its JSON has the keys `product`, `user`, `action`, `facts` and `allowed`; an entry of `allowed` has `target`, `rule`, `reason`, `basis`,
/// `place` and `where`. Targets stand in the order of the firm.
pub struct WhereCan<'f> {
    firm: &'f Firm,
    product: &'f Product,
    user: u32,
    action: &'f Action,
    facts: Vec<(String, String)>,
    /// By kind of target. `None` for kinds on whom it is denied.
    answers: Vec<Option<Answer<'f>>>,
    /// All allowed targets, and the numbers of their kinds.
    targets: Vec<(u32, u32)>,
    /// The things that targets are; none where they are people.
    things: Option<&'f KindThings>,
}

/// An allowed target.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct WhereCanAllowed<'f> {
    /// Id of the target.
    pub target: &'f str,
    /// The answer, with its rule.
    #[serde(flatten, serialize_with = "super::who_can::in_words")]
    pub answer: Answer<'f>,
}

impl Firm {
    /// Lists the users or things to which a user may do an action. The target of the question is ignored.
    ///
    /// Targets with equal profiles are answered together, so a large firm costs little more than listing its users.
    ///
    /// # Errors
    /// [`AskError`] when the question cannot be asked, for instance because the action has no target.
    ///
    /// ```
    /// use clio_rules::{Firm, Question, Rulebook};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let on_whom = firm.where_can(&Question::new("wren", "edit_user_profile"))?;
    /// let targets: Vec<&str> = on_whom.allowed().map(|allowed| allowed.target).collect();
    /// assert_eq!(targets, ["wren"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn where_can(&self, question: &Question<'_>) -> Result<WhereCan<'_>, AskError> {
        let asked = self.resolve_question(question, QuestionSubject::EveryTarget)?;
        if let Some(kind) = asked.declared.on_thing {
            return self.where_can_on_things(&asked, kind, question);
        }
        if !asked.declared.on_target {
            return Err(error(&NO_TARGETS, &[&asked.declared.id]).into());
        }
        let (user, handle) = (asked.user.unwrap_or_default(), asked.handle);
        self.fitting(handle, Some(user))?;
        let crowd = Crowd::of(self, asked.product, &[user]);
        let answers = self.answers_where_allowed(&crowd, user, &handle);
        let is_allowed = |kind: &u32| matches!(answers.get(*kind as usize), Some(Some(_)));
        let targets = 0..self.roster.len() as u32;
        let targets = targets
            .filter_map(|target| {
                let kind = crowd.kind_of(target).filter(is_allowed)?;
                Some((target, kind))
            })
            .collect();
        Ok(WhereCan {
            firm: self,
            product: &asked.compiled.product,
            user,
            action: asked.declared,
            facts: question.given(),
            answers,
            targets,
            things: None,
        })
    }

    /// The same for an action on things.
    fn where_can_on_things<'f>(
        &'f self,
        asked: &ResolvedQuestion<'f>,
        kind: KindId,
        question: &Question<'_>,
    ) -> Result<WhereCan<'f>, AskError> {
        let user = asked.user.unwrap_or_default();
        let place = (asked.product, kind);
        let all = AnswersOnThings::of(self, asked.handle, user, place)?;
        Ok(WhereCan {
            firm: self,
            product: &asked.compiled.product,
            user,
            action: asked.declared,
            facts: question.given(),
            answers: all.answers,
            targets: all.allowed,
            things: self.things.of_kind(asked.product, kind),
        })
    }

    /// The answer about each kind of target to whom a user may do an action.
    fn answers_where_allowed(
        &self,
        crowd: &Crowd,
        user: u32,
        action: &ActionHandle,
    ) -> Vec<Option<Answer<'_>>> {
        let all = crowd.all();
        let mut allowed = crowd
            .allowed(self, action, user, &all)
            .into_iter()
            .peekable();
        let answer = |kind: u32| {
            let kind = allowed.next_if_eq(&kind)?;
            let (_, answer) = crowd.first(self, action, user, &vec![kind])?;
            Some(answer)
        };
        all.into_iter().map(answer).collect()
    }
}

impl<'f> WhereCan<'f> {
    /// Id of the product.
    pub fn product(&self) -> &'f str {
        &self.product.id
    }

    /// Id of the user who does it.
    pub fn user(&self) -> &'f str {
        self.firm.roster.id(self.user)
    }

    /// Id of the action.
    pub fn action(&self) -> &'f str {
        &self.action.id
    }

    fn target_id(&self, target: u32) -> &'f str {
        match self.things {
            Some(things) => things.id(target),
            None => self.firm.roster.id(target),
        }
    }

    /// All allowed targets.
    pub fn allowed(&self) -> impl Iterator<Item = WhereCanAllowed<'f>> {
        let targets = self.targets.iter();
        targets.filter_map(|(target, kind)| {
            let answer = self.answers.get(*kind as usize).copied().flatten()?;
            Some(WhereCanAllowed {
                target: self.target_id(*target),
                answer,
            })
        })
    }

    /// The number of allowed targets.
    pub fn count(&self) -> usize {
        self.targets.len()
    }

    /// The number of the target with this id, whether or not it is allowed there.
    #[cfg(feature = "protocol")]
    pub(crate) fn target_number(&self, id: &str) -> Result<u32, AskError> {
        let (Some(things), Some(kind)) = (self.things, self.action.on_thing) else {
            return self.firm.user_number(id);
        };
        let unknown = || {
            error(
                &UNKNOWN_THING,
                &[&id, &self.product.kind(kind).map_or("?", |kind| &kind.id)],
            )
        };
        things.find(id).ok_or_else(|| unknown().into())
    }

    /// The details of each kind of target. `None` for kinds on whom it is denied.
    #[cfg(feature = "protocol")]
    pub(crate) fn kinds(&self) -> impl Iterator<Item = Option<&Answer<'f>>> {
        self.answers.iter().map(Option::as_ref)
    }

    /// All allowed targets after the first `users` of the firm, with the numbers of their kinds.
    #[cfg(feature = "protocol")]
    pub(crate) fn targets_by_kind(&self, behind: usize) -> impl Iterator<Item = (&'f str, usize)> {
        let targets = self
            .targets
            .iter()
            .skip_while(move |(target, _)| (*target as usize) < behind);
        targets.map(|(target, kind)| (self.target_id(*target), *kind as usize))
    }
}

impl Serialize for WhereCan<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("product", self.product())?;
        map.serialize_entry("user", self.user())?;
        map.serialize_entry("action", self.action())?;
        if !self.facts.is_empty() {
            map.serialize_entry("facts", &PairMap(&self.facts))?;
        }
        map.serialize_entry("allowed", &IteratorList(|| self.allowed()))?;
        map.end()
    }
}

impl std::fmt::Debug for WhereCan<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (user, action) = (self.user(), self.action());
        write!(f, "WhereCan({user}, {action}, of {})", self.count())
    }
}
