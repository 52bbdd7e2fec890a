//! What ends a batch early.

use std::io;

use crate::finding::Finding;

/// Why a batch ended before its stream did.
#[derive(Debug, thiserror::Error)]
pub enum BatchError {
    /// The questions cannot be read.
    #[error("the questions cannot be read: {0}")]
    Reading(#[source] io::Error),
    /// The replies cannot be written.
    #[error("the replies cannot be written: {0}")]
    Writing(#[source] io::Error),
    /// The header of a table cannot be read, has a column that there is not, or asks nothing.
    #[error("the header cannot be read: {0}")]
    Header(Finding),
}
