//! `change` and `bulk`: is this permission change accepted, or are all of these at once?

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::answer::{Grounds, HeldConflict, UnmetAdvice};
use crate::change::{AlteredThing, AlteredValue, Bulk, Change, Reason, Verdict, VerdictWord};
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome, names_product};
use crate::protocol::world::World;

/// Whether it is accepted, on what grounds, and what follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ChangeReply {
    /// Whether it is accepted. Whatever is not `accept` is a no.
    pub verdict: VerdictWord,
    /// Ids of the effects, in the order of the rule file.
    pub effects: Vec<Arc<str>>,
    /// The rule that accepted, or the first that refused.
    #[serde(flatten)]
    pub grounds: Grounds,
    /// Every ground of a rejection; none of an acceptance.
    pub reasons: Vec<Reason>,
    /// What is different afterwards; nothing after a rejection.
    pub altered: Vec<AlteredValue>,
    /// The lists and properties of things, and the groups, that are different afterwards.
    pub altered_things: Vec<AlteredThing>,
    /// Conflicts that somebody newly holds afterwards. They refuse nothing.
    pub conflicts: Vec<HeldConflict>,
    /// Advice that somebody newly does not follow afterwards. It refuses nothing.
    pub advice: Vec<UnmetAdvice>,
}

impl From<&Verdict> for ChangeReply {
    fn from(verdict: &Verdict) -> Self {
        Self {
            verdict: if verdict.is_accepted() {
                VerdictWord::Accept
            } else {
                VerdictWord::Reject
            },
            effects: verdict.effects.clone(),
            grounds: verdict.grounds.clone(),
            reasons: verdict.reasons.to_vec(),
            altered: verdict.altered.to_vec(),
            altered_things: verdict.altered_things.clone(),
            conflicts: verdict.conflicts.to_vec(),
            advice: verdict.advice.to_vec(),
        }
    }
}

impl QuestionOutcome<ChangeReply> {
    pub(super) fn of(verdict: &Verdict) -> Self {
        Self::new(
            verdict.is_accepted(),
            Some(verdict.product()),
            verdict.into(),
        )
    }
}

impl Ask for Change {
    type Reply = ChangeReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<ChangeReply>, AskFailure> {
        let mut change = Cow::Borrowed(self);
        if let (None, Some(product)) = (&self.product, world.meant(None)) {
            change.to_mut().product = Some(product.to_owned());
        }
        Ok(QuestionOutcome::of(&world.firm().judge(&change)?))
    }

    names_product!(product);
}

impl Ask for Bulk {
    type Reply = ChangeReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<ChangeReply>, AskFailure> {
        let mut bulk = Cow::Borrowed(self);
        if let (None, Some(product)) = (&self.product, world.meant(None)) {
            bulk.to_mut().product = Some(product.to_owned());
        }
        Ok(QuestionOutcome::of(&world.firm().judge_bulk(&bulk)?))
    }

    names_product!(product);
}
