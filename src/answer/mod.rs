//! Answering: names to numbers, numbers to a table cell, and back to words.

mod access;
mod decide;
mod decision;
mod directory;
mod error;
mod explain;
mod handle;
mod many;
mod question;
pub(crate) mod resolve;

pub use access::{AccessMatrix, AccessRow, AccessRows};
pub(crate) use decision::as_map;
pub use decision::{Answer, Decision};
pub(crate) use directory::Directory;
pub use error::AskError;
pub use explain::{Explanation, Input, Turn};
pub(crate) use explain::{word, written};
pub use handle::{ActionHandle, UserHandle};
pub use many::Answers;
pub use question::Question;

#[cfg(test)]
mod tests;
