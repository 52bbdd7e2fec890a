//! Answering: names to numbers, numbers to a table cell, and back to words.

mod access;
mod advice;
mod conflict;
mod decide;
mod decision;
mod explain;
mod fact_map;
mod grounds;
mod many;
mod on_overlay;
pub(crate) mod on_thing;
mod parts;
mod question;
pub(crate) mod worded;

pub use access::{AccessMatrix, AccessRow, AccessRows, UnlistedAction};
pub use advice::UnmetAdvice;
pub use conflict::HeldConflict;
pub use decision::{Answer, Decision, DecisionWord};
pub use explain::{Explanation, Input, Turn};
pub(crate) use explain::{word, written};
pub(crate) use fact_map::FactMap;
pub use grounds::Grounds;
pub use many::Answers;
pub use parts::{InputKind, InputOf, InputParts};
pub use question::Question;
pub use worded::ValueWord;
pub(crate) use worded::{is_zero, text_or_null};

#[cfg(test)]
mod tests;
