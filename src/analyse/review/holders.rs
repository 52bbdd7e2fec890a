//! Who holds which roles: directly, or brought by other roles.

use std::convert::Infallible;

use crate::explore::compile::CompiledProduct;
use crate::explore::layout::{Layout, Word};
use crate::explore::semantics::InputSource;
use crate::finding::AskError;
use crate::firm::Firm;
use crate::link::product::{ConditionId, DecisionInput, RoleId};
use crate::value::Value;

/// For each role of a product, the roles that bring it with the readings of a firm, nearest first.
pub(super) struct RoleBringers {
    bringers: Vec<Vec<RoleId>>,
}

impl RoleBringers {
    pub(super) fn of(firm: &Firm, product: usize) -> Result<Self, AskError> {
        let (compiled, readings) = (firm.compiled(product)?, firm.readings_of(product));
        let roles = compiled.product.role_ids();
        Ok(Self {
            bringers: roles
                .map(|role| {
                    let is_open = |when| is_open(compiled, readings, when);
                    compiled.product.bringers(role, is_open)
                })
                .collect(),
        })
    }

    /// The held role that brings another one. `None` when no role does.
    pub(super) fn by(
        &self,
        compiled: &CompiledProduct,
        words: &[Word],
        role: RoleId,
    ) -> Option<RoleId> {
        let mut bringers = self.bringers.get(role.index())?.iter().copied();
        bringers.find(|bringer| holds(compiled, words, *bringer))
    }

    /// Whether a role is held, or brought.
    pub(super) fn has(&self, compiled: &CompiledProduct, words: &[Word], role: RoleId) -> bool {
        holds(compiled, words, role) || self.by(compiled, words, role).is_some()
    }

    /// Whether a role brings any other.
    pub(super) fn brings_any(&self, role: RoleId) -> bool {
        self.bringers
            .iter()
            .any(|bringers| bringers.contains(&role))
    }
}

/// Whether a profile holds a role itself.
pub(super) fn holds(compiled: &CompiledProduct, words: &[Word], role: RoleId) -> bool {
    compiled.layout.role(role).read(words).is_yes()
}

/// Whether a condition over readings holds.
fn is_open(compiled: &CompiledProduct, readings: &[Word], when: ConditionId) -> bool {
    let ask = |input| -> Result<Value, Infallible> {
        Ok(match input {
            DecisionInput::Reading(reading) => Layout::reading(reading).read(readings),
            _ => Value::NO,
        })
    };
    let holds = compiled.asking(ask).condition(when);
    holds.unwrap_or_else(|never| match never {})
}
