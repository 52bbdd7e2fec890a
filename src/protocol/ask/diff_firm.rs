//! `diff_firm`: in what do two states of a firm differ?

use serde::{Deserialize, Serialize};

use super::report::ReportReply;
use crate::analyse::FirmDifference;
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome};
use crate::protocol::reply::StreamedExchange;
use crate::protocol::sources::SourceTexts;
use crate::protocol::world::World;

/// In what do two states of a firm differ, and which permitted changes lead from one to the other?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DiffFirmRequest {
    /// The firm as it was.
    pub old: SourceTexts,
    /// The firm as it is; without it, that of the world.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<SourceTexts>,
}

impl DiffFirmRequest {
    /// The question with what came of it, to be written: the difference of two large firms is larger than they are.
    pub fn streamed(
        self,
        difference: &FirmDifference,
    ) -> StreamedExchange<'_, Self, FirmDifference> {
        StreamedExchange {
            request: self,
            yes: difference.is_equal(),
            found: difference,
        }
    }

    fn answered(difference: &FirmDifference) -> QuestionOutcome<ReportReply> {
        QuestionOutcome {
            yes: difference.is_equal(),
            product: None,
            reply: ReportReply::of(difference, &[]),
        }
    }
}

impl Ask for DiffFirmRequest {
    type Reply = ReportReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<ReportReply>, AskFailure> {
        let old = world.other_firm(&self.old)?;
        let difference = match &self.new {
            Some(new) => old.difference(&*world.other_firm(new)?)?,
            None => old.difference(world.firm())?,
        };
        Ok(Self::answered(&difference))
    }

    fn product(&self) -> Option<&str> {
        None
    }

    fn product_mut(&mut self) -> Option<&mut Option<String>> {
        None
    }
}
