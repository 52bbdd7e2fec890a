//! `matrix`: who may do what, roles (or something else) across and actions down?

use serde::{Deserialize, Serialize};

use crate::analyse::overview::Matrix;
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome, names_product};
use crate::protocol::world::World;

/// Who may do what: actions down; roles across, or something else that answers depend on?
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MatrixRequest {
    /// Id of the product. Without it, all products.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// What the columns stand for: the id of a setting, a fact or a property of a thing (`matter.status`) for its values, or a
    /// kind of thing (`matter`) for its lists. Without it, and with `roles`, roles. Products that have nothing of this name are
    /// left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
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
        let firm = world.firm();
        let matrices = match (product, self.by.as_deref()) {
            (_, None) => world.each_product(product, |product| firm.matrix(product))?,
            (None, Some(by)) => firm.matrices_by(by)?,
            (Some(product), Some(by)) => vec![firm.matrix_by(product, by)?],
        };
        Ok(QuestionOutcome::new(
            true,
            product,
            MatrixReply { matrices },
        ))
    }

    names_product!(product);
}
