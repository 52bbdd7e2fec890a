//! Why something is not loaded.

use std::collections::BTreeSet;

use clio_rules::{Findings, LoadError};

/// Why new files do not take the place of what was loaded before. As a text it has everything that was found, with names of files and
/// lines from them: that is for the log, and not for strangers.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadFailure {
    /// The rules are wrong.
    #[error("the rules cannot be loaded:\n{0}")]
    Rules(LoadError),
    /// The firm is wrong.
    #[error("the firm cannot be loaded:\n{0}")]
    Firm(LoadError),
    /// A chosen reading is unknown.
    #[error("a reading cannot be chosen: {0}")]
    Reading(clio_rules::AskError),
    /// The tests cannot be run.
    #[error("the fixtures cannot be run:\n{0}")]
    Fixtures(LoadError),
    /// Tests fail.
    #[error("{failed} of {total} tests fail; the first is `{first}`")]
    Tests {
        /// How many.
        failed: usize,
        /// Of how many.
        total: usize,
        /// The title of the first.
        first: String,
    },
    /// The file of keys is wrong.
    #[error("the keys cannot be loaded: {0}")]
    Keys(crate::keys::KeysError),
    /// The certificate or its key is wrong.
    #[error("the certificate cannot be loaded: {0}")]
    Tls(crate::listen::TlsError),
    /// Something changes all the time.
    #[error("the files do not come to rest")]
    Changing,
}

impl LoadFailure {
    /// What is wrong, in one word of this program, which strangers may see.
    pub fn stage(&self) -> &'static str {
        match self {
            Self::Rules(_) => "rules",
            Self::Firm(_) => "firm",
            Self::Reading(_) => "reading",
            Self::Fixtures(_) => "fixtures",
            Self::Tests { .. } => "tests",
            Self::Keys(_) => "keys",
            Self::Tls(_) => "tls",
            Self::Changing => "changing",
        }
    }

    /// Whether the same files may load later: a file that cannot be read now, on a folder of another computer.
    pub(super) fn may_pass(&self) -> bool {
        self.codes()
            .contains(&clio_rules::codes::CANNOT_READ.name())
    }

    /// The codes of what was found, each once.
    pub fn codes(&self) -> Vec<&'static str> {
        let of = |findings: &Findings| {
            let codes: BTreeSet<&str> = findings.iter().map(|it| it.code().name()).collect();
            codes.into_iter().collect()
        };
        match self {
            Self::Rules(error) | Self::Firm(error) | Self::Fixtures(error) => of(error.findings()),
            Self::Reading(error) => vec![error.code().name()],
            Self::Tests { .. } => vec![clio_rules::codes::TEST_FAILED.name()],
            Self::Keys(_) | Self::Tls(_) | Self::Changing => Vec::new(),
        }
    }
}
