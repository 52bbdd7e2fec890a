//! Tests of the whole library: files in, findings out.

mod architecture;
pub(crate) mod cases;
pub(crate) mod dice;
mod getters;
pub(crate) mod hostile;
pub(crate) mod limits;
