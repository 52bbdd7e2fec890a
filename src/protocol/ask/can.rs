//! `can`: may this user do this?

use serde::{Deserialize, Serialize};

use crate::answer::{Answer, Decision, DecisionWord, Grounds, Question};
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome, names_product};
use crate::protocol::world::World;

/// Whether it is allowed, and on what grounds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CanReply {
    /// Whether it is allowed. Whatever is not `allow` is a no.
    pub decision: DecisionWord,
    /// The rule that decided.
    #[serde(flatten)]
    pub grounds: Grounds,
    /// The roles any of which was needed, when nobody granted it.
    pub needs: Vec<String>,
}

impl From<&Answer<'_>> for CanReply {
    fn from(answer: &Answer<'_>) -> Self {
        Self {
            decision: DecisionWord::of(answer.is_allowed()),
            grounds: answer.grounds(),
            needs: answer.needs().map(str::to_owned).collect(),
        }
    }
}

impl From<&Decision> for CanReply {
    fn from(decision: &Decision) -> Self {
        Self {
            decision: DecisionWord::of(decision.is_allowed()),
            grounds: decision.grounds.clone(),
            needs: decision.needs.to_vec(),
        }
    }
}

impl Ask for Question<'static> {
    type Reply = CanReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<CanReply>, AskFailure> {
        let facts = self.facts.iter().map(|(name, value)| (&**name, &**value));
        let (product, target) = (self.product.as_deref(), self.target.as_deref());
        let answer = world.decide(product, &self.user, &self.action, target, facts)?;
        Ok(QuestionOutcome::new(
            answer.is_allowed(),
            Some(answer.product()),
            (&answer).into(),
        ))
    }

    names_product!(product);
}
