//! `what_can`: what may this user do?

use serde::{Deserialize, Serialize};

use crate::analyse::WhatCan;
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome, names_product};
use crate::protocol::world::World;

/// What may this user do, and on whom?
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WhatCanRequest {
    /// Id of the only product that is meant; without it, all of those in which the user has a seat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Id of the user.
    pub user: String,
    /// Id of a thing: only what may be done with it is listed. Where things of several kinds have this id, their kind stands
    /// before it, as in `matter:m1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
}

impl WhatCanRequest {
    /// What a user may do, by id.
    pub fn of(user: impl Into<String>) -> Self {
        Self {
            user: user.into(),
            ..Self::default()
        }
    }
}

impl Ask for WhatCanRequest {
    type Reply = WhatCan;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<WhatCan>, AskFailure> {
        let product = world.meant(self.product.as_deref());
        let what = match &self.on {
            Some(thing) => world.firm().what_can_on(&self.user, product, thing)?,
            None => world.firm().what_can(&self.user, product)?,
        };
        Ok(QuestionOutcome::new(
            !what.actions.is_empty(),
            product,
            what,
        ))
    }

    names_product!(product);
}
