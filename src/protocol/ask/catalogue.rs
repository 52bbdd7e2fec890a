//! `catalogue`: what do the rules declare?

use serde::{Deserialize, Serialize};

use crate::analyse::overview::ProductEntry;
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome, names_product};
use crate::protocol::world::World;

/// What do the rules declare: roles, settings, actions, changes, effects?
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CatalogueRequest {
    /// Id of the product. Without it, all products.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
}

/// What each product declares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CatalogueReply {
    /// In the order of the rulebook.
    pub products: Vec<ProductEntry>,
}

impl Ask for CatalogueRequest {
    type Reply = CatalogueReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<CatalogueReply>, AskFailure> {
        let product = world.meant(self.product.as_deref());
        let rulebook = world.firm().rulebook();
        let products = world.each_product(product, |product| rulebook.catalogue(product))?;
        Ok(QuestionOutcome::new(
            true,
            product,
            CatalogueReply { products },
        ))
    }

    names_product!(product);
}
