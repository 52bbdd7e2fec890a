//! Where rules come from.

use serde::{Deserialize, Serialize};

/// Where a rule comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The source document says so.
    Stated,
    /// Our interpretation, because the document leaves it open.
    Inferred,
}

impl Basis {
    /// Both kinds, in the usual order.
    pub(crate) const ALL: [Self; 2] = [Self::Stated, Self::Inferred];

    /// The word in rule files and answers.
    pub fn word(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Inferred => "inferred",
        }
    }

    /// The basis with this word.
    pub(crate) fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.word() == word)
    }

    /// `inferred` if either of the two is.
    pub(crate) fn weaker(self, other: Self) -> Self {
        self.max(other)
    }
}

impl std::fmt::Display for Basis {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}
