//! `matrix`: who may do what, roles across and actions down?

use serde::{Deserialize, Serialize};

use crate::analyse::overview::Matrix;
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome, names_product};
use crate::protocol::world::World;

/// Who may do what: roles across, actions down?
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MatrixRequest {
    /// Id of the product. Without it, all products.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
}

/// Product by product, who may do what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MatrixReply {
    /// In the order of the rulebook.
    pub matrices: Vec<Matrix>,
}

impl Ask for MatrixRequest {
    type Reply = MatrixReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<MatrixReply>, AskFailure> {
        let product = world.meant(self.product.as_deref());
        let matrices = world.each_product(product, |product| world.firm().matrix(product))?;
        Ok(QuestionOutcome::new(
            true,
            product,
            MatrixReply { matrices },
        ))
    }

    names_product!(product);
}
