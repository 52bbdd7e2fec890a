//! The differences of one person. They are stored once for all who are alike, and written and read person by person.

use std::sync::Arc;

use serde::ser::{SerializeStruct, Serializer};
use serde::{Deserialize, Serialize};

use super::access::{Accesses, DifferenceAccess};
use super::ends::RoleEndChange;
use super::impossible::Impossible;
use super::parts::{Outside, RoleChanges, SettingChange, SharedDifference};
use super::steps::DifferenceStep;

/// The differences of one person.
///
/// Its JSON has these fields, and `roles`, `settings`, `gained` and `lost` as the methods give them.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(from = "PersonDifference")]
#[cfg_attr(feature = "schema", schemars(with = "PersonDifference"))]
#[non_exhaustive]
pub struct UserDifference {
    /// Their place among the people of both states.
    pub(super) place: u32,
    /// Id of the user.
    pub user: Arc<str>,
    /// What people call the user.
    pub name: Arc<str>,
    /// The differences that permission changes cannot make.
    pub outside: Box<[Outside]>,
    /// The roles that end on another day.
    pub ends: Box<[RoleEndChange]>,
    /// The part shared by people who are alike in both states.
    pub(super) altered: Arc<SharedDifference>,
    /// The changes made for this user. All steps in order are [`FirmDifference::steps`](super::FirmDifference::steps).
    pub steps: Box<[DifferenceStep]>,
    /// The differences that no permitted change can bring about.
    pub impossible: Box<[Impossible]>,
}

/// The same as it was read from JSON: nothing is shared.
#[derive(Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
struct PersonDifference {
    /// Id of the user.
    user: Arc<str>,
    /// What people call the user.
    name: Arc<str>,
    /// The differences that permission changes cannot make.
    outside: Vec<Outside>,
    /// The roles that were given and taken.
    roles: RoleChanges,
    /// The settings that have another value.
    settings: Vec<SettingChange>,
    /// The roles that end on another day.
    ends: Vec<RoleEndChange>,
    /// The actions that the user newly may do.
    gained: Vec<DifferenceAccess<'static>>,
    /// The actions that the user may no longer do.
    lost: Vec<DifferenceAccess<'static>>,
    /// The changes made for this user.
    steps: Vec<DifferenceStep>,
    /// The differences that no permitted change can bring about.
    impossible: Vec<Impossible>,
}

impl From<PersonDifference> for UserDifference {
    fn from(person: PersonDifference) -> Self {
        let shared = |list: Vec<DifferenceAccess<'_>>| {
            if list.is_empty() {
                Vec::new()
            } else {
                vec![list.into_iter().map(Into::into).collect()]
            }
        };
        Self {
            place: 0,
            user: person.user,
            name: person.name,
            outside: person.outside.into(),
            ends: person.ends.into(),
            altered: Arc::new(SharedDifference {
                roles: person.roles,
                settings: person.settings,
                gained: shared(person.gained),
                lost: shared(person.lost),
            }),
            steps: person.steps.into(),
            impossible: person.impossible.into(),
        }
    }
}

/// They are equal when their JSON is equal.
impl PartialEq for UserDifference {
    fn eq(&self, other: &Self) -> bool {
        self.user == other.user
            && self.name == other.name
            && self.outside == other.outside
            && self.roles() == other.roles()
            && self.settings() == other.settings()
            && self.ends == other.ends
            && self.gained() == other.gained()
            && self.lost() == other.lost()
            && self.steps == other.steps
            && self.impossible == other.impossible
    }
}

impl Eq for UserDifference {}

/// Keeps some of a list.
fn keep<T>(list: &mut Box<[T]>, is_kept: impl Fn(&T) -> bool) {
    let all = std::mem::take(list).into_iter();
    *list = all.filter(is_kept).collect();
}

impl UserDifference {
    /// Keeps one product, and everything that belongs to no product.
    pub(super) fn keep_product(&mut self, product: &str) {
        let is_kept = |outside: &Outside| outside.product.as_deref().is_none_or(|of| of == product);
        keep(&mut self.outside, is_kept);
        keep(&mut self.ends, |change| &*change.product == product);
        Arc::make_mut(&mut self.altered).keep_product(product);
        keep(&mut self.steps, |step| step.product() == product);
        keep(&mut self.impossible, |it| &*it.product == product);
    }

    /// Whether there is any difference.
    pub(super) fn is_any(&self) -> bool {
        !self.outside.is_empty() || !self.ends.is_empty() || self.altered.is_any()
    }

    /// The roles that were given and taken.
    pub fn roles(&self) -> &RoleChanges {
        &self.altered.roles
    }

    /// The settings that have another value.
    pub fn settings(&self) -> &[SettingChange] {
        &self.altered.settings
    }

    /// The actions that the user newly may do.
    pub fn gained(&self) -> Accesses<'_> {
        Accesses::new(&self.altered.gained, self.place, &self.user)
    }

    /// The actions that the user may no longer do.
    pub fn lost(&self) -> Accesses<'_> {
        Accesses::new(&self.altered.lost, self.place, &self.user)
    }
}

impl Serialize for UserDifference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_struct("UserDifference", 10)?;
        map.serialize_field("user", &self.user)?;
        map.serialize_field("name", &self.name)?;
        map.serialize_field("outside", &self.outside)?;
        map.serialize_field("roles", self.roles())?;
        map.serialize_field("settings", self.settings())?;
        map.serialize_field("ends", &self.ends)?;
        map.serialize_field("gained", &self.gained())?;
        map.serialize_field("lost", &self.lost())?;
        map.serialize_field("steps", &self.steps)?;
        map.serialize_field("impossible", &self.impossible)?;
        map.end()
    }
}
