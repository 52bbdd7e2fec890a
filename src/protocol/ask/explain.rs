//! `explain`: may this user do this, and by which way does the answer come?

use serde::{Deserialize, Serialize};

use super::can::{CanReply, CanRequest};
use crate::answer::{Explanation, Input, Turn};
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome};
use crate::protocol::world::World;

/// May this user do this, and by which way does the answer come?
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ExplainRequest(pub CanRequest);

/// A decision with the way to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ExplainReply {
    /// The decision.
    #[serde(flatten)]
    pub decision: CanReply,
    /// What was looked at, in order.
    pub inputs: Vec<Input>,
    /// The single inputs that would turn the answer; none where it takes more than one.
    pub turns: Vec<Turn>,
}

impl From<&Explanation> for ExplainReply {
    fn from(explanation: &Explanation) -> Self {
        Self {
            decision: explanation.decision().into(),
            inputs: explanation.inputs().to_vec(),
            turns: explanation.turns().to_vec(),
        }
    }
}

impl Ask for ExplainRequest {
    type Reply = ExplainReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<ExplainReply>, AskFailure> {
        let explanation = world.firm().explain(&self.0.question(world))?;
        let decision = explanation.decision();
        Ok(QuestionOutcome {
            yes: decision.is_allowed(),
            product: Some(decision.product().to_owned()),
            reply: (&explanation).into(),
        })
    }

    fn product(&self) -> Option<&str> {
        self.0.product.as_deref()
    }

    fn product_mut(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.0.product)
    }
}
