//! `how_can`: what would have to be changed so that this user may do this?

use serde::{Deserialize, Serialize};

use crate::analyse::Plans;
use crate::answer::Question;
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome, names_product};
use crate::protocol::world::World;

/// What would have to be changed so that this user may do this, and who may change it?
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct HowCanRequest(pub Question<'static>);

impl Ask for HowCanRequest {
    type Reply = Plans;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<Plans>, AskFailure> {
        let question = world.question(&self.0);
        let answer = world.firm().answer(&question)?;
        let plans = world.firm().how_can(&question)?;
        Ok(QuestionOutcome::new(
            !plans.plans.is_empty(),
            Some(answer.product()),
            plans,
        ))
    }

    names_product!(0.product);
}
