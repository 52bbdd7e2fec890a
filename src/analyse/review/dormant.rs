//! Dormant roles: what people still hold who are disabled.

use serde::{Deserialize, Serialize};

use super::holders::{RoleBringers, holds};
use super::power;
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::Word;
use crate::finding::AskError;
use crate::firm::{ChosenUsers, Firm, has_seat, is_enabled};
use crate::link::product::RoleId;

/// Somebody who is disabled and still holds roles. Enabling them gives these back at once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReviewDormant {
    /// Their id.
    pub user: String,
    /// Ids of the roles that they hold themselves.
    pub roles: Vec<String>,
}

/// The roles of a product that can be dormant: all but those levels that are not powerful, because every seat has to hold
/// one.
pub(in crate::analyse) struct DormantRoles<'f> {
    firm: &'f Firm,
    compiled: &'f CompiledProduct,
    product: usize,
    roles: Vec<RoleId>,
}

impl<'f> DormantRoles<'f> {
    pub(in crate::analyse) fn of(firm: &'f Firm, product: usize) -> Result<Self, AskError> {
        let compiled = firm.compiled(product)?;
        let brought = RoleBringers::of(firm, product)?;
        let levels = &compiled.product.levels;
        let readings = firm.readings_of(product);
        let counts = |role: &RoleId| {
            !levels.contains(role) || power::is_powerful(compiled, readings, &brought, *role)
        };
        let roles = compiled.product.role_ids().filter(counts).collect();
        Ok(Self {
            firm,
            compiled,
            product,
            roles,
        })
    }

    /// Everybody with dormant roles, in the order of the firm, with the ids of these.
    pub(in crate::analyse) fn held(&self) -> impl Iterator<Item = (u32, Vec<&'f str>)> {
        let profiles = self.firm.roster.profiles(self.product);
        profiles.filter_map(|(user, words)| {
            let roles = self.of_profile(words);
            (!roles.is_empty()).then_some((user, roles))
        })
    }

    fn of_profile(&self, words: &[Word]) -> Vec<&'f str> {
        if !has_seat(words) || is_enabled(words) {
            return Vec::new();
        }
        let roles = self.roles.iter();
        let held = roles.filter(|role| holds(self.compiled, words, **role));
        held.map(|role| self.compiled.product.role_name(*role))
            .collect()
    }
}

/// Everybody of a product with dormant roles.
pub(super) fn held(
    firm: &Firm,
    product: usize,
    chosen: &ChosenUsers,
) -> Result<Vec<ReviewDormant>, AskError> {
    let dormant = DormantRoles::of(firm, product)?;
    let held = dormant.held().filter(|(user, _)| chosen.has(*user));
    let held = held.map(|(user, roles)| ReviewDormant {
        user: firm.roster.id(user).to_owned(),
        roles: roles.into_iter().map(str::to_owned).collect(),
    });
    Ok(held.collect())
}
