//! The difference between two states of a firm: what is otherwise of each person, what that gives and takes them, and
//! whether permitted changes lead from the one state to the other.

mod access;
mod goal;
mod impossible;
mod kinds;
mod ledger;
mod means;
mod others;
mod pairs;
mod parts;
mod people;
mod plan;
mod stages;
mod steps;
mod tally;
mod unplanned;
mod user;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::finding::AskError;
use crate::finding::foreign;
use crate::firm::Firm;
pub use access::{Accesses, DifferenceAccess, OnWhom};
pub use impossible::Impossible;
pub use parts::{Outside, OutsideKind, ProductRole, RoleChanges, SettingChange};
pub use steps::DifferenceStep;
pub use unplanned::Unplanned;
pub use user::UserDifference;

/// In what a firm differs from what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FirmDifference {
    /// Whether there is none.
    pub equal: bool,
    /// What the firm was called and is called, where that is different.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub firm: Option<NameChange>,
    /// The readings that are chosen otherwise.
    pub readings: Vec<ReadingChange>,
    /// Those of whom anything is different, in the order of the new firm; then those who are gone.
    pub users: Vec<UserDifference>,
    /// The changes that lead there, in an order in which they can be made.
    pub steps: Vec<DifferenceStep>,
    /// The changes that can be made only after what is outside of the rules: people who come, are enabled or get a seat.
    pub then: Vec<DifferenceStep>,
    /// How many roles and settings are left of which no steps were looked for to the end, because it would have taken more
    /// rounds than [`Limits::difference_rounds`](crate::Limits::difference_rounds): whether a permitted change makes them so
    /// is not known.
    #[serde(default, skip_serializing_if = "Unplanned::is_none")]
    pub unplanned: Unplanned,
}

/// A name that is another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NameChange {
    /// What it was.
    pub from: String,
    /// What it is.
    pub to: String,
}

/// A reading of which the firm has made another choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadingChange {
    /// Id of the product.
    pub product: Arc<str>,
    /// Id of the reading.
    pub reading: Arc<str>,
    /// What it was.
    pub from: bool,
    /// What it is.
    pub to: bool,
}

impl FirmDifference {
    /// Keeps one product, and what belongs to no product.
    pub(super) fn keep_product(&mut self, product: &str) {
        self.readings.retain(|reading| &*reading.product == product);
        self.unplanned.keep_product(product);
        for user in &mut self.users {
            user.keep_product(product);
        }
        self.users.retain(UserDifference::is_any);
        for steps in [&mut self.steps, &mut self.then] {
            steps.retain(|step| step.product() == product);
        }
        self.equal = self.users.is_empty() && self.readings.is_empty() && self.firm.is_none();
    }
}

impl Firm {
    /// In what another state of this firm differs from this one: of each person what is different, what they gain and
    /// lose by it, and the permitted changes that lead there, in an order in which they can be made. Whoever is in both
    /// is known by their id.
    ///
    /// Each step brings something to what it is in the end; nothing is done only to be undone, but for what comes along
    /// when somebody hands on what exactly one holds.
    ///
    /// # Errors
    /// [`AskError`] where the two were checked against different rulebooks, or where there are more kinds of people than
    /// [`Limits::difference_ways`](crate::Limits::difference_ways) whose actions on each other are different.
    ///
    /// ```
    /// use clio_rules::{Change, Firm, Rulebook};
    ///
    /// let old = Firm::example(&Rulebook::builtin()?)?;
    /// let new = old.after(&old.judge(&Change::new("tomas", "grant").role("billing").target("wren"))?)?;
    /// let difference = old.difference(&new)?;
    /// let [wren] = &*difference.users else { panic!("one person is different") };
    /// assert!(wren.gained().iter().any(|gained| gained.action == "create_bill"));
    /// assert!(wren.impossible().is_empty());
    /// assert_eq!(difference.steps[0].to_string(), "nadia grant billing wren");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn difference(&self, new: &Self) -> Result<FirmDifference, AskError> {
        if self.rulebook.stamp() != new.rulebook.stamp() {
            return Err(foreign("rulebook"));
        }
        people::difference([self, new])
    }
}

#[cfg(test)]
mod tests;
