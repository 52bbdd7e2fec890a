//! A source of inputs for rules: a caller supplies the inputs, and conditions are trees.

use super::compile::CompiledProduct;
use super::semantics::{self, InputSource};
use crate::link::product::{ConditionId, DecisionInput};
use crate::value::Value;

/// Asks for inputs, and follows the trees of conditions.
pub(crate) struct AskingSource<'c, F> {
    pub(crate) compiled: &'c CompiledProduct,
    pub(crate) ask: F,
}

impl<F: FnMut(DecisionInput) -> Result<Value, H>, H> InputSource for AskingSource<'_, F> {
    type Halt = H;

    fn input(&mut self, input: DecisionInput) -> Result<Value, H> {
        (self.ask)(input)
    }

    fn condition(&mut self, condition: ConditionId) -> Result<bool, H> {
        let compiled = self.compiled;
        let Some(tree) = compiled.conditions.get(condition.index()) else {
            return Ok(false);
        };
        let holds = tree.walk(|read| semantics::read(&compiled.product, self, read))?;
        Ok(holds.copied().unwrap_or(false))
    }
}
