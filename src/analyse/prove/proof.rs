//! What came of properties: of each that it holds, that it is broken, or that it is not decided.

use std::time::Duration;

use serde::Serialize;

use super::counterexample::Counterexample;
use crate::budget::CutOff;
use crate::finding::Finding;
use crate::link::product::{Basis, PropertyClaim};

/// What came of the properties of a rulebook, in the order in which they are declared.
#[derive(Debug, Clone, Serialize)]
pub struct Proof {
    pub(super) properties: Vec<PropertyResult>,
}

/// What came of one property: it holds, it is broken, or it is not decided.
///
/// In JSON, `holds` is `true`, `false`, or `null` where it is not decided; then `undecided` says why.
#[derive(Debug, Clone, Serialize)]
pub struct PropertyResult {
    pub(super) name: String,
    pub(super) product: String,
    pub(super) title: String,
    pub(super) holds: Option<bool>,
    pub(super) method: Method,
    pub(super) states: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) changes: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) basis: Option<Basis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) section: Option<String>,
    pub(super) place: String,
    #[serde(flatten)]
    pub(super) vacuity: Option<Vacuity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) undecided: Option<Finding>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cut_off: Option<CutOff>,
    pub(super) counterexample: Option<Counterexample>,
    #[serde(skip)]
    pub(super) took: Duration,
}

/// Why a property holds of nothing.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Vacuity {
    pub(super) vacuous: bool,
    pub(super) because: String,
}

/// How a property was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Method {
    /// Every path of the decisions was walked, over all that they look at.
    Walk,
    /// It was shown that no single change, alone or with others at once, can break it in any firm that has it.
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
        self.properties.iter().all(PropertyResult::holds)
    }

    /// Each property, as declared: product by product, first those of the rule file.
    pub fn properties(&self) -> &[PropertyResult] {
        &self.properties
    }
}

impl PropertyResult {
    /// Id of the property.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Id of the product it is about.
    pub fn product(&self) -> &str {
        &self.product
    }

    /// What it promises.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Whether it is known to hold.
    pub fn holds(&self) -> bool {
        self.holds == Some(true)
    }

    /// Whether it is known to be broken.
    pub fn is_broken(&self) -> bool {
        self.holds == Some(false)
    }

    /// Why it is not decided; none where it holds or is broken. It may hold or be broken: nothing was found against it so far.
    pub fn undecided(&self) -> Option<&Finding> {
        self.undecided.as_ref()
    }

    /// Where the search was cut off: that of an undecided property, or that for a smaller counterexample.
    pub fn cut_off(&self) -> Option<CutOff> {
        self.cut_off
    }

    /// How that is known.
    pub fn method(&self) -> Method {
        self.method
    }

    /// States that were looked at: each stands for all firms that agree with it in everything the rules look at on the way.
    pub fn states(&self) -> usize {
        self.states
    }

    /// Of an induction: changes with their words that were looked at.
    pub fn changes(&self) -> Option<usize> {
        self.changes
    }

    /// Where it stands, as `file:line`.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// Of a property that holds only because it speaks of nothing that can be: what cannot be. In JSON, `vacuous` is `true` and
    /// `because` has the words; neither is there otherwise.
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
    /// let property = &proof.properties()[0];
    /// assert!(property.holds());
    /// assert_eq!(
    ///     property.vacuous(),
    ///     Some("nobody can be so: user holds primary_subscriber and lacks administrator")
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn vacuous(&self) -> Option<&str> {
        self.vacuity
            .as_ref()
            .map(|vacuity| vacuity.because.as_str())
    }

    /// A firm in which it is broken; none where it is not known to be.
    pub fn counterexample(&self) -> Option<&Counterexample> {
        self.counterexample.as_ref()
    }

    /// How long it took. It is no part of the JSON, which is the same every time.
    pub fn took(&self) -> Duration {
        self.took
    }
}
