//! A source of inputs for rules: a caller supplies the inputs, and conditions are trees.

use super::semantics::{self, InputSource};
use super::tree::ConditionTree;
use crate::link::product::{ConditionId, DecisionInput, Product};
use crate::value::Value;

/// Asks for inputs, and follows the trees of conditions.
pub(crate) struct AskingSource<'c, F> {
    pub(super) product: &'c Product,
    pub(super) conditions: &'c [ConditionTree],
    pub(super) ask: F,
}

impl<F: FnMut(DecisionInput) -> Result<Value, H>, H> InputSource for AskingSource<'_, F> {
    type Halt = H;

    fn input(&mut self, input: DecisionInput) -> Result<Value, H> {
        (self.ask)(input)
    }

    fn condition(&mut self, condition: ConditionId) -> Result<bool, H> {
        let Some(tree) = self.conditions.get(condition.index()) else {
            return Ok(false);
        };
        let product = self.product;
        let holds = tree.walk(|read| semantics::read(product, self, read))?;
        Ok(holds.copied().unwrap_or(false))
    }
}
