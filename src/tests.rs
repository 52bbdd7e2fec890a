//! Tests of the whole library: files in, findings out.

pub(crate) mod cases;
pub(crate) mod hostile;
