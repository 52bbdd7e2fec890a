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

use std::sync::Arc;

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

use crate::finding::AskError;
use crate::finding::foreign;
use crate::firm::Firm;
pub use access::{Accesses, DifferenceAccess, OnWhom};
pub use impossible::Impossible;
use parts::SharedDifference;
pub use parts::{Outside, OutsideKind, RoleChanges, SettingChange};
pub use steps::DifferenceStep;

/// In what a firm differs from what it was.
///
/// Its JSON is `equal`; `readings` with `product`, `reading`, `from` and `to`; `users`, those of whom anything is
/// different; `steps`, the changes that lead there, in an order in which they can be made, each a line as `batch` takes it;
/// `then`, those that can be made only after what is outside of the rules; and, where there are any, `unplanned`, how many
/// roles and settings are left of which no steps were looked for to the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FirmDifference {
    equal: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    firm: Option<NameChange>,
    readings: Vec<ReadingChange>,
    users: Vec<UserDifference>,
    steps: Vec<DifferenceStep>,
    then: Vec<DifferenceStep>,
    #[serde(skip_serializing_if = "Vec::is_empty", serialize_with = "in_all")]
    unplanned: Vec<(Arc<str>, usize)>,
}

fn in_all<S: Serializer>(
    unplanned: &[(Arc<str>, usize)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let all: usize = unplanned.iter().map(|(_, count)| count).sum();
    serializer.serialize_u64(all as u64)
}

/// A name that is another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NameChange {
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
///
/// Its JSON is `user`, `name`, `outside`, `roles`, `settings`, `gained`, `lost`, `steps` and `impossible`, each with what
/// the method of this name tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserDifference {
    /// Where they stand among the people of both states.
    place: u32,
    user: Arc<str>,
    name: Arc<str>,
    outside: Box<[Outside]>,
    /// What those share who were alike and are alike.
    altered: Arc<SharedDifference>,
    steps: Box<[DifferenceStep]>,
    impossible: Box<[Impossible]>,
}

impl FirmDifference {
    /// Whether there is none.
    pub fn is_equal(&self) -> bool {
        self.equal
    }

    /// What the firm was called and is called, where that is different.
    pub fn renamed(&self) -> Option<&NameChange> {
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

    /// How many roles and settings are left of which no steps were looked for to the end, because it would have taken more
    /// rounds than [`Limits::difference_rounds`](crate::Limits::difference_rounds): whether a permitted change makes them so
    /// is not known.
    pub fn unplanned(&self) -> usize {
        self.unplanned.iter().map(|(_, count)| count).sum()
    }

    /// Keeps one product, and what belongs to no product.
    pub(super) fn keep_product(&mut self, product: &str) {
        self.readings.retain(|reading| &*reading.product == product);
        self.unplanned.retain(|(of, _)| **of == *product);
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

/// Keeps some of a list.
fn keep<T>(list: &mut Box<[T]>, is_kept: impl Fn(&T) -> bool) {
    let all = std::mem::take(list).into_iter();
    *list = all.filter(is_kept).collect();
}

impl UserDifference {
    /// Keeps one product, and what belongs to no product.
    fn keep_product(&mut self, product: &str) {
        let is_kept = |outside: &Outside| outside.product.as_deref().is_none_or(|of| of == product);
        keep(&mut self.outside, is_kept);
        Arc::make_mut(&mut self.altered).keep_product(product);
        keep(&mut self.steps, |step| step.product() == product);
        keep(&mut self.impossible, |it| &*it.product == product);
    }

    /// Whether anything is different.
    fn is_any(&self) -> bool {
        !self.outside.is_empty() || self.altered.is_any()
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
    pub fn roles(&self) -> &RoleChanges {
        &self.altered.roles
    }

    /// The settings that have another value.
    pub fn settings(&self) -> &[SettingChange] {
        &self.altered.settings
    }

    /// What the user may do that they were not allowed.
    pub fn gained(&self) -> Accesses<'_> {
        Accesses::new(&self.altered.gained, self.place, &self.user)
    }

    /// What the user may not do any more.
    pub fn lost(&self) -> Accesses<'_> {
        Accesses::new(&self.altered.lost, self.place, &self.user)
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

impl Serialize for UserDifference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_struct("UserDifference", 9)?;
        map.serialize_field("user", self.user())?;
        map.serialize_field("name", self.name())?;
        map.serialize_field("outside", self.outside())?;
        map.serialize_field("roles", self.roles())?;
        map.serialize_field("settings", self.settings())?;
        map.serialize_field("gained", &self.gained())?;
        map.serialize_field("lost", &self.lost())?;
        map.serialize_field("steps", self.steps())?;
        map.serialize_field("impossible", self.impossible())?;
        map.end()
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
