//! The difference between two states of a firm: what is otherwise of each person, what that gives and takes them, and
//! whether permitted changes lead from the one state to the other.

mod access;
mod pairs;
mod parts;
mod people;
mod plan;
mod steps;

use std::sync::Arc;

use serde::Serialize;

use crate::finding::AskError;
use crate::finding::foreign;
use crate::firm::Firm;
pub use access::{DifferenceAccess, OnWhom};
pub use parts::{GivenTaken, Outside, OutsideKind, SettingChange};
pub use steps::DifferenceStep;

/// In what a firm differs from what it was.
///
/// Its JSON is `equal`; `readings` with `product`, `reading`, `from` and `to`; `users`, those of whom anything is
/// different; `steps`, the changes that lead there, in an order in which they can be made, each a line as `batch` takes it;
/// and `then`, those that can be made only after what is outside of the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FirmDifference {
    equal: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    firm: Option<Renamed>,
    readings: Vec<ReadingChange>,
    users: Vec<UserDifference>,
    steps: Vec<DifferenceStep>,
    then: Vec<DifferenceStep>,
}

/// A name that is another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Renamed {
    /// What it was.
    pub from: String,
    /// What it is.
    pub to: String,
}

/// A reading of which the firm has made another choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
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

/// What is different of one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UserDifference {
    user: String,
    name: String,
    outside: Vec<Outside>,
    roles: GivenTaken,
    settings: Vec<SettingChange>,
    gained: Vec<DifferenceAccess>,
    lost: Vec<DifferenceAccess>,
    steps: Vec<DifferenceStep>,
    impossible: Vec<Impossible>,
}

/// Something that no permitted change makes so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Impossible {
    /// Id of the product.
    pub product: Arc<str>,
    /// Id of the role or setting.
    pub what: Arc<str>,
    /// What it was; of a role, `true` where it was held.
    pub from: String,
    /// What it is.
    pub to: String,
    /// Why, in one sentence.
    pub why: String,
    /// The reasons of the rules that refuse whoever comes nearest to it.
    pub reasons: Vec<String>,
}

impl FirmDifference {
    /// Whether there is none.
    pub fn is_equal(&self) -> bool {
        self.equal
    }

    /// What the firm was called and is called, where that is different.
    pub fn renamed(&self) -> Option<&Renamed> {
        self.firm.as_ref()
    }

    /// The readings that are chosen otherwise.
    pub fn readings(&self) -> &[ReadingChange] {
        &self.readings
    }

    /// Those of whom anything is different, in the order of the new firm; then those who are gone.
    pub fn users(&self) -> &[UserDifference] {
        &self.users
    }

    /// The changes that lead there, in an order in which they can be made.
    pub fn steps(&self) -> &[DifferenceStep] {
        &self.steps
    }

    /// The changes that can be made only after what is outside of the rules: people who come, are enabled or get a seat.
    pub fn then(&self) -> &[DifferenceStep] {
        &self.then
    }

    /// Keeps one product, and what belongs to no product.
    pub(super) fn keep_product(&mut self, product: &str) {
        self.readings.retain(|reading| &*reading.product == product);
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

impl UserDifference {
    /// Keeps one product, and what belongs to no product.
    fn keep_product(&mut self, product: &str) {
        let is_kept = |outside: &Outside| outside.product.as_deref().is_none_or(|of| of == product);
        self.outside.retain(is_kept);
        self.roles.keep_product(product);
        self.settings.retain(|setting| &*setting.product == product);
        for list in [&mut self.gained, &mut self.lost] {
            list.retain(|access| access.product() == product);
        }
        self.steps.retain(|step| step.product() == product);
        self.impossible.retain(|it| &*it.product == product);
    }

    /// Whether anything is different.
    fn is_any(&self) -> bool {
        let roles = self.roles.given().len() + self.roles.taken().len();
        let access = self.gained.len() + self.lost.len();
        self.outside.len() + roles + self.settings.len() + access > 0
    }

    /// Id of the user.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// What people call the user.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What no permission change alters, whoever makes it.
    pub fn outside(&self) -> &[Outside] {
        &self.outside
    }

    /// The roles that were given and taken.
    pub fn roles(&self) -> &GivenTaken {
        &self.roles
    }

    /// The settings that have another value.
    pub fn settings(&self) -> &[SettingChange] {
        &self.settings
    }

    /// What the user may do that they were not allowed.
    pub fn gained(&self) -> &[DifferenceAccess] {
        &self.gained
    }

    /// What the user may not do any more.
    pub fn lost(&self) -> &[DifferenceAccess] {
        &self.lost
    }

    /// The changes made for what is different of this user; all in their order are [`FirmDifference::steps`].
    pub fn steps(&self) -> &[DifferenceStep] {
        &self.steps
    }

    /// What no permitted change makes so.
    pub fn impossible(&self) -> &[Impossible] {
        &self.impossible
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
    /// let [wren] = difference.users() else { panic!("one person is different") };
    /// assert!(wren.gained().iter().any(|gained| gained.action() == "create_bill"));
    /// assert!(wren.impossible().is_empty());
    /// assert_eq!(difference.steps()[0].to_string(), "nadia grant billing wren");
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
