//! Why a file was not written.

use super::Finding;

/// Why a file was not written. What was there is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{finding}")]
pub struct WriteError {
    finding: Box<Finding>,
}

impl From<Finding> for WriteError {
    fn from(finding: Finding) -> Self {
        Self {
            finding: Box::new(finding),
        }
    }
}

impl WriteError {
    /// What went wrong, with the way out.
    pub fn finding(&self) -> &Finding {
        &self.finding
    }
}
