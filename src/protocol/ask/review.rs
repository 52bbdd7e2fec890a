//! `review`: who holds what, and who may do what?

use serde::{Deserialize, Serialize};

use crate::analyse::Review;
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome, names_product};
use crate::protocol::sources::SourceTexts;
use crate::protocol::world::World;

/// Who holds what, and who may do what, for whoever has to say that it should stay so?
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewRequest {
    /// Id of the product. Without it, all products.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// The firm at the last review: says what is different since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<SourceTexts>,
}

impl Ask for ReviewRequest {
    type Reply = Review;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<Review>, AskFailure> {
        let product = world.meant(self.product.as_deref());
        let firm = world.firm();
        let mut review = match &self.old {
            Some(old) => firm.review_since(&*world.other_firm(old)?)?,
            None => firm.review()?,
        };
        world.each_product(product, |_| Some(()))?;
        if let Some(product) = product {
            review.keep_product(product);
        }
        Ok(QuestionOutcome::new(true, product, review))
    }

    names_product!(product);
}
