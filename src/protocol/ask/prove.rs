//! `prove`: can this ever happen?

use serde::{Deserialize, Serialize};

use super::report::ReportReply;
use crate::analyse::Proof;
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome};
use crate::protocol::reply::Exchange;
use crate::protocol::sources::SourceTexts;
use crate::protocol::world::World;

/// Does what is promised of the rules hold, over every firm there can be and every sequence of changes?
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ProveRequest {
    /// Promises of one's own, as a file of properties; without them, those of the rule files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promises: Option<SourceTexts>,
}

impl ProveRequest {
    /// The question with what came of it.
    pub fn replied(self, proof: &Proof) -> Exchange<Self> {
        Self::answered(proof).to(self)
    }

    fn answered(proof: &Proof) -> QuestionOutcome<ReportReply> {
        QuestionOutcome {
            yes: proof.holds(),
            product: None,
            reply: ReportReply::of(proof, &[]),
        }
    }
}

impl Ask for ProveRequest {
    type Reply = ReportReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<ReportReply>, AskFailure> {
        let rulebook = world.firm().rulebook();
        let proof = match &self.promises {
            Some(promises) => rulebook.prove_only(&*world.properties(promises)?)?,
            None => rulebook.prove(),
        };
        Ok(Self::answered(&proof))
    }

    fn product(&self) -> Option<&str> {
        None
    }

    fn product_mut(&mut self) -> Option<&mut Option<String>> {
        None
    }
}
