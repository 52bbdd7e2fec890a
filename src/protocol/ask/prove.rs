//! `prove`: can this ever happen?

use serde::{Deserialize, Serialize};

use crate::analyse::Proof;
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome, names_product};
use crate::protocol::reply::Exchange;
use crate::protocol::sources::SourceTexts;
use crate::protocol::world::World;
use crate::rulebook::{Properties, Rulebook};

/// Do the properties of the rules hold, over every possible firm and every sequence of changes?
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ProveRequest {
    /// A file of properties. Without it, the properties of the rule files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub promises: Option<SourceTexts>,
}

impl ProveRequest {
    /// Proves these properties of a loaded rulebook, or its own.
    ///
    /// # Errors
    /// [`AskFailure`] when the properties belong to another rulebook.
    pub fn of_rules(
        self,
        rulebook: &Rulebook,
        promises: Option<&Properties>,
    ) -> Result<Exchange<Self>, AskFailure> {
        Ok(Self::answered(rulebook, promises)?.to(self))
    }

    fn answered(
        rulebook: &Rulebook,
        promises: Option<&Properties>,
    ) -> Result<QuestionOutcome<Proof>, AskFailure> {
        let proof = match promises {
            Some(promises) => rulebook.prove_only(promises)?,
            None => rulebook.prove(),
        };
        Ok(QuestionOutcome::new(proof.holds(), None, proof))
    }
}

impl Ask for ProveRequest {
    type Reply = Proof;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<Proof>, AskFailure> {
        let rulebook = world.firm().rulebook();
        let promises = match &self.promises {
            Some(promises) => Some(world.properties(promises)?),
            None => None,
        };
        Self::answered(rulebook, promises.as_deref())
    }

    names_product!();
}
