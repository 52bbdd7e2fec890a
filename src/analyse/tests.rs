//! Compares every answer here with the slow way: one question after the other, through the public API.

mod asked;
mod firms;
mod simulated;
mod where_can;
pub(in crate::analyse) mod wide;
