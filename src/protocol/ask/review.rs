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
    /// Ids of the users who are reviewed; the firm stays whole. Without it, all users.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only: Option<Vec<String>>,
    /// The firm at the last review: says what is different since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<SourceTexts>,
}

impl Ask for ReviewRequest {
    type Reply = Review;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<Review>, AskFailure> {
        let product = world.meant(self.product.as_deref());
        let firm = world.firm();
        let old = self.old.as_ref().map(|old| world.other_firm(old));
        let old = old.transpose()?;
        let mut review = match (&self.only, &old) {
            (Some(only), old) => firm.review_of(only, old.as_deref())?,
            (None, Some(old)) => firm.review_since(old)?,
            (None, None) => firm.review()?,
        };
        world.each_product(product, |_| Some(()))?;
        if let Some(product) = product {
            review.keep_product(product);
        }
        Ok(QuestionOutcome::new(true, product, review))
    }

    names_product!(product);
}
