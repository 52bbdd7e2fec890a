//! Every answer here against the slow way: one question after the other, through the public face.

mod asked;
mod firms;
mod simulated;
mod where_can;
pub(in crate::analyse) mod wide;
