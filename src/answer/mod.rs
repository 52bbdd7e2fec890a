//! Answering: names to numbers, numbers to a table cell, and back to words.

mod access;
mod conflict;
mod decide;
mod decision;
mod explain;
mod many;
mod question;

pub use access::{AccessMatrix, AccessRow, AccessRows};
pub use conflict::HeldConflict;
pub(crate) use decision::as_map;
pub use decision::{Answer, Decision};
pub use explain::{Explanation, Input, Turn};
pub(crate) use explain::{word, written};
pub use many::Answers;
pub use question::Question;

#[cfg(test)]
mod tests;
