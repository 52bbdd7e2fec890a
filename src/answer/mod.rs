//! Answering: names to numbers, numbers to a table cell, and back to words.

mod decide;
mod decision;
mod directory;
mod error;
mod explain;
mod handle;
mod question;
pub(crate) mod resolve;

pub use decision::{Answer, Decision};
pub(crate) use directory::Directory;
pub use error::AskError;
pub use explain::{Explanation, Input, Turn};
pub(crate) use explain::{word, written};
pub use handle::{ActionHandle, UserHandle};
pub use question::Question;

#[cfg(test)]
mod tests;
