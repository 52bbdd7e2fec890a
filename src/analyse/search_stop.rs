//! Why a search ends early.

use crate::budget::CutOff;
use crate::finding::{AskError, Finding, ask as codes};

/// Why a search ends early.
pub(super) enum SearchStop {
    /// The question cannot be asked.
    Failed(AskError),
    /// The budget is used up.
    CutOff(CutOff),
}

impl From<AskError> for SearchStop {
    fn from(error: AskError) -> Self {
        Self::Failed(error)
    }
}

impl From<CutOff> for SearchStop {
    fn from(cut_off: CutOff) -> Self {
        Self::CutOff(cut_off)
    }
}

/// The error about a comparison in which something has too many ways to differ.
pub(super) fn too_large(what: &str, size: usize, most: usize) -> AskError {
    Finding::new(&codes::DIFFERENCE_TOO_LARGE, None, &[&what, &size, &most]).into()
}
