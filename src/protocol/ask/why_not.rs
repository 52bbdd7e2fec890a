//! `why_not`: what stands in the way?

use serde::{Deserialize, Serialize};

use super::can::{CanReply, CanRequest};
use crate::analyse::{MissingInput, WhyNot, WhyNotRule};
use crate::change::Reason;
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome};
use crate::protocol::world::World;

/// What stands in the way of an action, and what would each rule take?
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct WhyNotRequest(pub CanRequest);

/// A denial, explained: what stands in the way, and for each rule what it would have taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WhyNotReply {
    /// The decision.
    #[serde(flatten)]
    pub decision: CanReply,
    /// The fewest things that would have to be different, together; none where it is allowed, and where nothing would allow it.
    pub missing: Vec<MissingInput>,
    /// The grounds that hold: a disabled user, a missing seat.
    pub grounds: Vec<Reason>,
    /// Every rule of the action, in the order of the rule file.
    pub rules: Vec<WhyNotRule>,
}

impl From<&WhyNot> for WhyNotReply {
    fn from(why_not: &WhyNot) -> Self {
        Self {
            decision: why_not.decision().into(),
            missing: why_not.missing().to_vec(),
            grounds: why_not.grounds().to_vec(),
            rules: why_not.rules().to_vec(),
        }
    }
}

impl Ask for WhyNotRequest {
    type Reply = WhyNotReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<WhyNotReply>, AskFailure> {
        let why_not = world.firm().why_not(&self.0.question(world))?;
        let decision = why_not.decision();
        Ok(QuestionOutcome {
            yes: decision.is_allowed(),
            product: Some(decision.product().to_owned()),
            reply: (&why_not).into(),
        })
    }

    fn product(&self) -> Option<&str> {
        self.0.product.as_deref()
    }

    fn product_mut(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.0.product)
    }
}
