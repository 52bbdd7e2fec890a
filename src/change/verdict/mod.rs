//! Verdicts: whether a change is accepted, every reason, every effect, and the firm after it.

mod altered_thing;
mod build;
mod reason;
mod request;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use smallvec::SmallVec;

use crate::answer::{Grounds, HeldConflict, UnmetAdvice};
use crate::firm::{Alteration, StateStamp, ThingAlteration};

use crate::link::product::RulingId;
pub use altered_thing::AlteredThing;
pub(crate) use reason::in_words;
pub use reason::{AlteredValue, Reason};
use request::RequestWords;

/// Whether a change is permitted: the ruling that accepts it, or all that refuse it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct VerdictRulings {
    pub(crate) accepted: bool,
    pub(crate) rulings: SmallVec<[RulingId; 4]>,
    /// Whether the other option of any single reading would turn it.
    pub(crate) turned: bool,
}

impl VerdictRulings {
    /// Refused by one ruling that no reading turns.
    pub(crate) fn refused(ruling: RulingId) -> Self {
        Self {
            accepted: false,
            rulings: SmallVec::from_slice(&[ruling]),
            turned: false,
        }
    }
}

/// The verdict about a change: accepted or rejected, why, and what follows.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Verdict {
    #[serde(flatten)]
    request: RequestWords,
    /// Whether it is accepted.
    pub verdict: VerdictWord,
    /// Ids of the effects, in the order of the rule file.
    pub effects: Vec<Arc<str>>,
    /// The rule that decided: of a rejection, the first. Its basis is also `inferred` when the other option of any
    /// single reading would turn the verdict.
    #[serde(flatten)]
    pub grounds: Grounds,
    /// Every ground of a rejection. An acceptance has none.
    pub reasons: Vec<Reason>,
    /// The roles and settings that differ afterwards.
    pub altered: Vec<AlteredValue>,
    /// The lists and properties of things, and the groups, that differ afterwards.
    pub altered_things: Vec<AlteredThing>,
    /// Conflicts that users newly hold afterwards. They refuse nothing.
    pub conflicts: Vec<HeldConflict>,
    /// Advice that users newly do not follow afterwards. It refuses nothing.
    pub advice: Vec<UnmetAdvice>,
    /// The state of the firm it is about. A verdict that was read from JSON has none, so it cannot be applied.
    #[serde(skip, default = "StateStamp::next")]
    pub(super) state: StateStamp,
    #[serde(skip)]
    pub(crate) alterations: Vec<Alteration>,
    #[serde(skip)]
    pub(crate) things: Vec<ThingAlteration>,
}

/// The decision of a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum VerdictWord {
    /// It is permitted.
    Accept,
    /// It is refused.
    Reject,
}

/// Verdicts are equal when their contents are, whichever state they are about.
impl PartialEq for Verdict {
    fn eq(&self, other: &Self) -> bool {
        self.request == other.request
            && self.verdict == other.verdict
            && self.effects == other.effects
            && self.grounds == other.grounds
            && self.reasons == other.reasons
            && self.altered == other.altered
            && self.altered_things == other.altered_things
            && self.conflicts == other.conflicts
            && self.advice == other.advice
    }
}

impl Verdict {
    /// Whether it is accepted.
    pub fn is_accepted(&self) -> bool {
        self.verdict == VerdictWord::Accept
    }

    /// Whether anything differs afterwards: of people, things or groups.
    pub fn alters_anything(&self) -> bool {
        !(self.altered.is_empty() && self.altered_things.is_empty())
    }

    /// Id of the product.
    pub fn product(&self) -> &str {
        &self.request.product
    }

    /// Id of the user who asks for it.
    pub fn user(&self) -> &str {
        &self.request.user
    }
}
