//! How much of the space is walked.

use crate::kinds::Kind;
use crate::model::Model;

/// Which pairs of user and target are asked all three ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Settings of both at their defaults: a small part.
    Quick,
    /// Settings of one of the two at their defaults, or both hold all or nothing.
    Usual,
    /// Every pair.
    Whole,
}

impl Reach {
    /// Whether a pair is asked all three ways.
    pub(crate) fn has_pair(self, model: &Model, [user, target]: [&Kind; 2]) -> bool {
        let usual = [user, target].map(|kind| kind.has_usual_settings(model));
        let extreme = || [user, target].map(|kind| kind.holds_all_or_nothing(model));
        match self {
            Self::Quick => usual == [true; 2],
            Self::Usual => usual.contains(&true) || extreme() == [true; 2],
            Self::Whole => true,
        }
    }

    /// Whether tables are asked about every pair, and compared with themselves at the default settings.
    pub(crate) fn has_settings(self, model: &Model) -> bool {
        self == Self::Usual && !model.settings.is_empty()
    }
}
