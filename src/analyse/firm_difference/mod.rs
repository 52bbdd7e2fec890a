//! The difference between two states of a firm: what differs for each person, what they gain and lose by it, and
//! whether permitted changes lead from one state to the other.

mod access;
mod conflicts;
mod ends;
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
mod thing_goal;
mod thing_parts;
mod thing_steps;
mod things;
mod unplanned;
mod user;

use std::collections::HashSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::analyse::on_things::AccessOnThings;
use crate::finding::AskError;
use crate::firm::Firm;
pub use access::{Accesses, DifferenceAccess, OnWhom};
pub use conflicts::{OwnConflictChange, OwnConflictChangeKind};
pub use ends::{EntryTerm, MemberEndChange, RoleEndChange};
pub use impossible::Impossible;
pub(in crate::analyse) use pairs::PeoplePairs;
pub use parts::{Outside, OutsideKind, ProductRole, RoleChanges, SettingChange};
pub use steps::DifferenceStep;
pub use things::{ThingChange, ThingChangeKind, ThingPartChange};
pub use unplanned::Unplanned;
pub use user::UserDifference;

/// The differences of a firm from an earlier state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FirmDifference {
    /// Whether there is no difference.
    pub equal: bool,
    /// The old and the new name of the firm, if they differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub firm: Option<NameChange>,
    /// The readings with another choice.
    pub readings: Vec<ReadingChange>,
    /// The firm's own conflicts that are different.
    pub conflicts: Vec<OwnConflictChange>,
    /// The groups that are different, in the order of the new firm, followed by removed ones.
    pub groups: Vec<ThingChange>,
    /// The things that are different, in the order of the new firm, followed by removed ones.
    pub things: Vec<ThingChange>,
    /// What people may do on things that both states have, in one of the two alone.
    #[serde(default, skip_serializing_if = "AccessOnThings::is_empty")]
    pub on_things: AccessOnThings,
    /// The people with differences, in the order of the new firm, followed by removed people.
    pub users: Vec<UserDifference>,
    /// The changes that lead there, in an order in which they can be made.
    pub steps: Vec<DifferenceStep>,
    /// The changes that are possible only after something outside the rules: people who are added, enabled or get a
    /// seat.
    pub then: Vec<DifferenceStep>,
    /// The number of roles, settings and parts of things for which the search for steps was cut off at
    /// [`Limits::difference_rounds`](crate::Limits::difference_rounds). It is not known whether permitted changes
    /// lead to them.
    #[serde(default, skip_serializing_if = "Unplanned::is_none")]
    pub unplanned: Unplanned,
}

/// A changed name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NameChange {
    /// The name before.
    pub from: String,
    /// The name after.
    pub to: String,
}

/// A reading for which the firm has made another choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReadingChange {
    /// Id of the product.
    pub product: Arc<str>,
    /// Id of the reading.
    pub reading: Arc<str>,
    /// The choice before.
    pub from: bool,
    /// The choice after.
    pub to: bool,
}

impl FirmDifference {
    /// Keeps one product, and everything that belongs to no product.
    pub(super) fn keep_product(&mut self, product: &str) {
        self.readings.retain(|reading| &*reading.product == product);
        self.conflicts.retain(|change| &*change.product == product);
        self.on_things.keep_product(product);
        self.unplanned.keep_product(product);
        for change in self.groups.iter_mut().chain(&mut self.things) {
            change.steps.retain(|step| step.product() == product);
        }
        for user in &mut self.users {
            user.keep_product(product);
        }
        self.users.retain(UserDifference::is_any);
        for steps in [&mut self.steps, &mut self.then] {
            steps.retain(|step| step.product() == product);
        }
        self.equal = self.is_empty();
    }

    /// Whether nothing is different.
    fn is_empty(&self) -> bool {
        let are_things_equal = self.groups.is_empty() && self.things.is_empty();
        let is_firm_equal = self.firm.is_none() && self.conflicts.is_empty() && are_things_equal;
        is_firm_equal && self.users.is_empty() && self.readings.is_empty()
    }

    /// Keeps some people, and everything that is about nobody alone.
    fn keep_users(&mut self, users: &HashSet<&str>) {
        self.users.retain(|user| users.contains(&*user.user));
        for steps in [&mut self.steps, &mut self.then] {
            steps.retain(|step| {
                let target = step.target.as_deref();
                step.is_about_thing() || target.is_some_and(|target| users.contains(target))
            });
        }
        self.equal = self.is_empty();
    }
}

impl Firm {
    /// Compares this firm with another state of it: what differs for each person, what they gain and lose by it, and
    /// the permitted changes that lead there, in an order in which they can be made. People in both states are
    /// matched by id.
    ///
    /// Each step brings a property to its final value. Nothing is done only to be undone, except for side effects of
    /// handing on a role with a single holder.
    ///
    /// # Errors
    /// [`AskError`] when the two states were checked against different rulebooks, or when more kinds of people than
    /// [`Limits::difference_ways`](crate::Limits::difference_ways) differ in their actions on each other.
    ///
    /// ```
    /// use clio_rules::{Change, Firm, Rulebook};
    ///
    /// let old = Firm::example(&Rulebook::builtin()?)?;
    /// let new = old.after(&old.judge(&Change::new("tomas", "grant").role("billing").target("wren"))?)?;
    /// let difference = old.difference(&new)?;
    /// let [wren] = &*difference.users else { panic!("one person is different") };
    /// assert!(wren.gained().iter().any(|gained| gained.action == "create_bill"));
    /// assert!(wren.impossible.is_empty());
    /// assert_eq!(difference.steps[0].to_string(), "nadia grant billing wren");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn difference(&self, new: &Self) -> Result<FirmDifference, AskError> {
        people::difference([self, new], None)
    }

    /// The same for the people with these ids, and everything that is about nobody alone.
    pub(super) fn difference_of(
        &self,
        new: &Self,
        users: &HashSet<&str>,
    ) -> Result<FirmDifference, AskError> {
        let mut difference = people::difference([self, new], Some(users))?;
        difference.keep_users(users);
        Ok(difference)
    }
}

#[cfg(test)]
mod tests;
