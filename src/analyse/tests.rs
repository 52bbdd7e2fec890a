//! Every answer here against the slow way: one question after the other, through the public face.

mod asked;
pub(in crate::analyse) mod dice;
mod firms;
mod simulated;
