//! `explain`: may this user do this, and which inputs lead to the answer?

use serde::{Deserialize, Serialize};

use super::can::CanReply;
use crate::answer::{Explanation, Input, Question, Turn};
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome, names_product};
use crate::protocol::world::World;

/// May this user do this, and which inputs lead to the answer?
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ExplainRequest(pub Question<'static>);

/// A decision with its explanation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExplainReply {
    /// The decision.
    #[serde(flatten)]
    pub decision: CanReply,
    /// The inputs that were read, in order.
    pub inputs: Vec<Input>,
    /// The inputs of which one alone would turn the answer. Empty when it takes more than one.
    pub turns: Vec<Turn>,
}

impl From<&Explanation> for ExplainReply {
    fn from(explanation: &Explanation) -> Self {
        Self {
            decision: (&explanation.decision).into(),
            inputs: explanation.inputs.to_vec(),
            turns: explanation.turns.to_vec(),
        }
    }
}

impl Ask for ExplainRequest {
    type Reply = ExplainReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<ExplainReply>, AskFailure> {
        let explanation = world.firm().explain(&world.question(&self.0))?;
        let decision = &explanation.decision;
        let mut reply = ExplainReply::from(&explanation);
        reply.decision.elsewhere = world.elsewhere(&self.0);
        Ok(QuestionOutcome::new(
            decision.is_allowed(),
            Some(&*decision.product),
            reply,
        ))
    }

    names_product!(0.product);
}
