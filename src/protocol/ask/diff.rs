//! `diff`: in what do two rulebooks differ?

use serde::{Deserialize, Serialize};

use crate::analyse::RulebookDifference;
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome, names_product};
use crate::protocol::reply::Exchange;
use crate::protocol::sources::SourceTexts;
use crate::protocol::world::World;
use crate::rulebook::Rulebook;

/// In what do two rulebooks differ, by what they decide?
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DiffRequest {
    /// The old rules.
    pub old: SourceTexts,
    /// The new rules. Without them, those of the world.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<SourceTexts>,
}

impl DiffRequest {
    /// Compares two loaded rulebooks.
    ///
    /// # Errors
    /// [`AskFailure`] when they cannot be compared.
    pub fn of_rules(self, old: &Rulebook, new: &Rulebook) -> Result<Exchange<Self>, AskFailure> {
        Ok(Self::answered(old, new)?.to(self))
    }

    fn answered(
        old: &Rulebook,
        new: &Rulebook,
    ) -> Result<QuestionOutcome<RulebookDifference>, AskFailure> {
        let difference = old.difference(new)?;
        Ok(QuestionOutcome::new(difference.equal, None, difference))
    }
}

impl Ask for DiffRequest {
    type Reply = RulebookDifference;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<RulebookDifference>, AskFailure> {
        let old = world.rules(&self.old)?;
        match &self.new {
            Some(new) => Self::answered(&old, &*world.rules(new)?),
            None => Self::answered(&old, world.firm().rulebook()),
        }
    }

    names_product!();
}
