//! Answering: names to numbers, numbers to a table cell, and back to words.

mod access;
mod conflict;
mod decide;
mod decision;
mod directory;
mod error;
mod explain;
pub(crate) mod given;
mod handle;
mod many;
mod parts;
mod question;
pub(crate) mod resolve;
pub(crate) mod worded;

pub use access::{AccessMatrix, AccessRow, AccessRows};
pub use conflict::HeldConflict;
pub use decision::{Answer, Decision, DecisionWord};
pub(crate) use directory::Directory;
pub use error::AskError;
pub use explain::{Explanation, Input, Turn};
pub(crate) use explain::{word, written};
pub use handle::{ActionHandle, UserHandle};
pub use many::Answers;
pub use parts::{InputKind, InputOf, InputParts};
pub use question::Question;
pub use worded::ValueWord;

#[cfg(test)]
mod tests;
