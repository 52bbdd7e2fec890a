//! `matrix`: who may do what, roles across and actions down?

use serde::{Deserialize, Serialize};

use super::report::ReportReply;
use crate::analyse::overview::Matrix;
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome};
use crate::protocol::reply::Exchange;
use crate::protocol::world::World;

/// Who may do what: roles across, actions down?
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct MatrixRequest {
    /// Id of the only product that is meant; without it, all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
}

impl MatrixRequest {
    /// The question with what came of it.
    pub fn replied(self, matrices: &[Matrix]) -> Exchange<Self> {
        Self::answered(matrices).to(self)
    }

    fn answered(matrices: &[Matrix]) -> QuestionOutcome<ReportReply> {
        QuestionOutcome {
            yes: true,
            product: None,
            reply: ReportReply::list("matrices", &matrices),
        }
    }
}

impl Ask for MatrixRequest {
    type Reply = ReportReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<ReportReply>, AskFailure> {
        let product = world.meant(self.product.as_deref());
        let matrices = world.each_product(product, |product| world.firm().matrix(product))?;
        Ok(QuestionOutcome {
            product: product.map(str::to_owned),
            ..Self::answered(&matrices)
        })
    }

    fn product(&self) -> Option<&str> {
        self.product.as_deref()
    }

    fn product_mut(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.product)
    }
}
