//! `diff`: in what do two rulebooks differ?

use serde::{Deserialize, Serialize};

use super::report::ReportReply;
use crate::analyse::RulebookDifference;
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome};
use crate::protocol::reply::Exchange;
use crate::protocol::sources::SourceTexts;
use crate::protocol::world::World;

/// In what do two rulebooks differ, by what they decide?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DiffRequest {
    /// The old rules.
    pub old: SourceTexts,
    /// The new rules; without them, those of the world.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<SourceTexts>,
}

impl DiffRequest {
    /// The question with what came of it.
    pub fn replied(self, difference: &RulebookDifference) -> Exchange<Self> {
        Self::answered(difference).to(self)
    }

    fn answered(difference: &RulebookDifference) -> QuestionOutcome<ReportReply> {
        QuestionOutcome {
            yes: difference.is_equal(),
            product: None,
            reply: ReportReply::of(difference, &[]),
        }
    }
}

impl Ask for DiffRequest {
    type Reply = ReportReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<ReportReply>, AskFailure> {
        let old = world.rules(&self.old)?;
        let difference = match &self.new {
            Some(new) => old.difference(&*world.rules(new)?)?,
            None => old.difference(world.firm().rulebook())?,
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
