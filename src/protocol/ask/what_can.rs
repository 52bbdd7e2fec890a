//! `what_can`: what may this user do?

use serde::{Deserialize, Serialize};

use crate::analyse::{Ability, WhatCan};
use crate::change::Reason;
use crate::protocol::error::AskFailure;
use crate::protocol::questions::{Ask, QuestionOutcome};
use crate::protocol::world::World;

/// What may this user do, and on whom?
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WhatCanRequest {
    /// Id of the only product that is meant; without it, all of those in which the user has a seat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product: Option<String>,
    /// Id of the user.
    pub user: String,
}

/// What one user may do, in the order of the rule files, and what they may not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct WhatCanReply {
    /// What they may do.
    pub actions: Vec<Ability>,
    /// What they may not do.
    pub denied: Vec<Ability>,
    /// Why nothing is allowed in a product, whatever the rules say: the user is disabled, or has no seat.
    pub grounds: Vec<Reason>,
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

impl From<&WhatCan> for WhatCanReply {
    fn from(what: &WhatCan) -> Self {
        Self {
            actions: what.actions().to_vec(),
            denied: what.denied().to_vec(),
            grounds: what.grounds().to_vec(),
        }
    }
}

impl Ask for WhatCanRequest {
    type Reply = WhatCanReply;

    fn ask(&self, world: &World<'_>) -> Result<QuestionOutcome<WhatCanReply>, AskFailure> {
        let product = world.meant(self.product.as_deref());
        let what = world.firm().what_can(&self.user, product)?;
        Ok(QuestionOutcome {
            yes: !what.actions().is_empty(),
            product: product.map(str::to_owned),
            reply: (&what).into(),
        })
    }

    fn product(&self) -> Option<&str> {
        self.product.as_deref()
    }

    fn product_mut(&mut self) -> Option<&mut Option<String>> {
        Some(&mut self.product)
    }
}
