//! How much of the space is walked.

use crate::kinds::Kind;
use crate::model::Model;

/// Which questions are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Of questions about a target, those in which the settings of both are at their defaults.
    Quick,
    /// All. Cedar is asked once where questions differ in nothing that its policies can read.
    Usual,
    /// All, and Cedar is asked each of them.
    Whole,
}

impl Reach {
    /// Whether a pair of user and target is asked about.
    pub(crate) fn has_pair(self, model: &Model, pair: [&Kind; 2]) -> bool {
        self != Self::Quick || pair.iter().all(|kind| kind.has_usual_settings(model))
    }
}
