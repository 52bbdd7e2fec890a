//! `why_not`: what stands in the way?

use serde::{Deserialize, Serialize};

use super::can::CanReply;
use crate::analyse::{MissingInput, WhyNotRule};
use crate::answer::Question;
use crate::change::Reason;
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome, names_product};
use crate::protocol::world::World;

/// What stands in the way of an action, and what would each rule take?
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct WhyNotRequest(pub Question<'static>);

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

impl Ask for WhyNotRequest {
    type Reply = WhyNotReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<WhyNotReply>, AskFailure> {
        let why_not = world.firm().why_not(&world.question(&self.0))?;
        Ok(QuestionOutcome::new(
            why_not.decision.is_allowed(),
            Some(&*why_not.decision.product),
            WhyNotReply {
                decision: CanReply {
                    elsewhere: world.elsewhere(&self.0),
                    ..(&why_not.decision).into()
                },
                missing: why_not.missing,
                grounds: why_not.grounds,
                rules: why_not.rules,
            },
        ))
    }

    names_product!(0.product);
}
