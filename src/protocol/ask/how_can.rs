//! `how_can`: what would have to be changed so that this user may do this?

use serde::{Deserialize, Serialize};

use super::can::CanRequest;
use super::report::ReportReply;
use crate::analyse::Plans;
use crate::protocol::error::AskFailure;
use crate::protocol::json::struct_keys;
use crate::protocol::questions::{Ask, QuestionOutcome};
use crate::protocol::reply::Exchange;
use crate::protocol::world::World;

/// What would have to be changed so that this user may do this, and who may change it?
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct HowCanRequest(pub CanRequest);

impl HowCanRequest {
    /// The question with what came of it.
    pub fn replied(self, plans: &Plans) -> Exchange<Self> {
        Self::answered(plans).to(self)
    }

    fn answered(plans: &Plans) -> QuestionOutcome<ReportReply> {
        QuestionOutcome {
            yes: !plans.plans().is_empty(),
            product: Some(plans.product().to_owned()),
            reply: ReportReply::of(plans, struct_keys::<CanRequest>()),
        }
    }
}

impl Ask for HowCanRequest {
    type Reply = ReportReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<ReportReply>, AskFailure> {
        let plans: Plans = world.firm().how_can(&self.0.question(world))?;
        Ok(Self::answered(&plans))
    }

    fn product(&self) -> Option<&str> {
        self.0.product.as_deref()
    }

    fn product_mut(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.0.product)
    }
}
