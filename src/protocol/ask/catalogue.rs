//! `catalogue`: what do the rules declare?

use serde::{Deserialize, Serialize};

use super::report::ReportReply;
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome};
use crate::protocol::world::World;

/// What do the rules declare: roles, settings, actions, changes, effects?
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CatalogueRequest {
    /// Id of the only product that is meant; without it, all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
}

impl Ask for CatalogueRequest {
    type Reply = ReportReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<ReportReply>, AskFailure> {
        let product = world.meant(self.product.as_deref());
        let rulebook = world.firm().rulebook();
        let products = world.each_product(product, |product| rulebook.catalogue(product))?;
        Ok(QuestionOutcome {
            yes: true,
            product: product.map(str::to_owned),
            reply: ReportReply::list("products", &products),
        })
    }

    fn product(&self) -> Option<&str> {
        self.product.as_deref()
    }

    fn product_mut(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.product)
    }
}
