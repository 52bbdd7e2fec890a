//! `review`: who holds what, and who may do what?

use serde::{Deserialize, Serialize};

use super::report::ReportReply;
use crate::analyse::Review;
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome};
use crate::protocol::reply::Exchange;
use crate::protocol::sources::SourceTexts;
use crate::protocol::world::World;

/// Who holds what, and who may do what, for whoever has to say that it should stay so?
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReviewRequest {
    /// Id of the only product that is meant; without it, all of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// The firm at the last review: says what is different since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<SourceTexts>,
}

impl ReviewRequest {
    /// The question with what came of it.
    pub fn replied(self, review: &Review) -> Exchange<Self> {
        Self::answered(review).to(self)
    }

    fn answered(review: &Review) -> QuestionOutcome<ReportReply> {
        QuestionOutcome {
            yes: true,
            product: None,
            reply: ReportReply::of(review, &[]),
        }
    }
}

impl Ask for ReviewRequest {
    type Reply = ReportReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<ReportReply>, AskFailure> {
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
        Ok(QuestionOutcome {
            product: product.map(str::to_owned),
            ..Self::answered(&review)
        })
    }

    fn product(&self) -> Option<&str> {
        self.product.as_deref()
    }

    fn product_mut(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.product)
    }
}
