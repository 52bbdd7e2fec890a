//! The text of a firm, and what it is read with.

use std::path::Path;
use std::sync::Arc;

use crate::rulebook::Rulebook;
use crate::text::Source;
use crate::value::Day;

/// The text of a firm that is looked at on a day.
#[derive(Clone, Copy)]
pub(super) struct FirmText<'a> {
    pub(super) rulebook: &'a Rulebook,
    pub(super) day: Option<Day>,
    pub(super) source: &'a Arc<Source>,
    /// The folder of the firm file; none for a text that is no file.
    pub(super) folder: Option<&'a Path>,
    /// What is read in place of a file beside it.
    pub(super) instead: Option<FileInstead<'a>>,
}

/// A text in place of a file.
#[derive(Clone, Copy)]
pub(super) struct FileInstead<'a> {
    pub(super) name: &'a str,
    pub(super) source: &'a Arc<Source>,
}
