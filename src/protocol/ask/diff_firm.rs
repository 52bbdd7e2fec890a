//! `diff_firm`: in what do two states of a firm differ?

use serde::{Deserialize, Serialize};

use crate::analyse::FirmDifference;
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome, names_product};
use crate::protocol::sources::SourceTexts;
use crate::protocol::world::World;

/// In what do two states of a firm differ, and which permitted changes lead from one to the other?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DiffFirmRequest {
    /// The firm as it was.
    pub old: SourceTexts,
    /// The firm as it is; without it, that of the world.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<SourceTexts>,
}

impl Ask for DiffFirmRequest {
    type Reply = FirmDifference;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<FirmDifference>, AskFailure> {
        let old = world.other_firm(&self.old)?;
        let difference = match &self.new {
            Some(new) => old.difference(&*world.other_firm(new)?)?,
            None => old.difference(world.firm())?,
        };
        Ok(QuestionOutcome::new(difference.equal, None, difference))
    }

    names_product!();
}
