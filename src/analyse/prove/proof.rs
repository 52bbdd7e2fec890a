//! The results of properties: each one holds, is broken, or is not decided.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::counterexample::Counterexample;
use crate::budget::CutOff;
use crate::finding::FindingReply;
use crate::link::product::{Basis, PropertyClaim};

/// The results of the properties of a rulebook, in the order in which they are declared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Proof {
    /// Each property: product by product, first those of the rule file.
    pub properties: Vec<PropertyResult>,
}

/// The result of one property: it holds, is broken, or is not decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct PropertyResult {
    /// Id of the property.
    pub name: String,
    /// Id of the product it is about.
    pub product: String,
    /// The promise in words.
    pub title: String,
    /// Whether it holds. `None` when that is not decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holds: Option<bool>,
    /// How the result was obtained.
    pub method: Method,
    /// The number of states checked. Each stands for all firms that agree in everything the rules read on the way.
    pub states: usize,
    /// For an induction, the number of changes with their arguments that were checked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<usize>,
    /// Whether the source document states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// The heading of the section of the source document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Where it stands, as `file:line`.
    pub place: String,
    /// Whether it holds only because its premise is impossible.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub vacuous: bool,
    /// For a vacuous property, the impossible premise.
    ///
    /// ```
    /// use clio_rules::{Properties, Rulebook};
    ///
    /// let text = "
    /// product: manage
    /// properties:
    ///   outsiders_edit_bills:
    ///     title: Whoever owns the account without administering it can edit bills
    ///     whoever: { holds: primary_subscriber, lacks: administrator }
    ///     can: edit_bill
    /// ";
    /// let rulebook = Rulebook::builtin()?;
    /// let proof = rulebook.prove_only(&Properties::from_text(&rulebook, "mine.yaml", text)?)?;
    /// let property = &proof.properties[0];
    /// assert!(property.is_proven() && property.vacuous);
    /// assert_eq!(
    ///     property.because.as_deref(),
    ///     Some("nobody can be so: user holds primary_subscriber and lacks administrator")
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// Why it is not decided. `None` when it holds or is broken. It may hold or be broken: no violation was found so
    /// far.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undecided: Option<FindingReply>,
    /// The bound that cut the search off: the search of an undecided property, or that for a smaller counterexample.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<CutOff>,
    /// A firm in which it is broken. `None` when it is not known to be broken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counterexample: Option<Counterexample>,
    /// The time it took. It is not in the JSON, which is the same every time.
    #[serde(skip)]
    pub took: TimeTaken,
}

/// A duration that is ignored when results are compared.
#[derive(Debug, Clone, Copy, Default)]
pub struct TimeTaken(pub Duration);

impl PartialEq for TimeTaken {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for TimeTaken {}

/// How a property was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// Every path of the decisions was walked, over all inputs they read.
    Walk,
    /// No single change, alone or made together with others, can break it in any firm that has it.
    Induction,
}

impl Method {
    pub(super) fn of(claim: &PropertyClaim) -> Self {
        match claim {
            PropertyClaim::Whoever(..) | PropertyClaim::Nobody(_) => Self::Walk,
            PropertyClaim::Always(_) | PropertyClaim::Alone => Self::Induction,
        }
    }
}

impl Proof {
    /// Whether every property holds.
    pub fn holds(&self) -> bool {
        self.properties.iter().all(PropertyResult::is_proven)
    }
}

impl PropertyResult {
    /// Whether it is known to hold.
    pub fn is_proven(&self) -> bool {
        self.holds == Some(true)
    }

    /// Whether it is known to be broken.
    pub fn is_broken(&self) -> bool {
        self.holds == Some(false)
    }
}
