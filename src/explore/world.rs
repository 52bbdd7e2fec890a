//! A world whose inputs somebody else knows, and whose conditions are trees.

use super::compile::Compiled;
use super::semantics::{self, World};
use crate::link::product::{ConditionId, Input};
use crate::value::Value;

/// Asks for inputs, and follows the trees of conditions.
pub(crate) struct Asking<'c, F> {
    pub(crate) compiled: &'c Compiled,
    pub(crate) ask: F,
}

impl<F: FnMut(Input) -> Result<Value, H>, H> World for Asking<'_, F> {
    type Halt = H;

    fn input(&mut self, input: Input) -> Result<Value, H> {
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
