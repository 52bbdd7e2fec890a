//! Why files were refused.

use super::Findings;

/// A file or set of files that was refused, with everything that is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{findings}")]
pub struct LoadError {
    findings: Findings,
}

impl LoadError {
    pub(crate) fn new(findings: Findings) -> Self {
        Self { findings }
    }

    /// What is wrong, warnings included.
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    /// What is wrong, taken out of the error.
    pub fn into_findings(self) -> Findings {
        self.findings
    }
}
