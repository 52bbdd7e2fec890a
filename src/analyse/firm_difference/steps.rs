//! Steps: single changes, each as a line of `batch`.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::answer::ValueWord;
use crate::change::{Change, ChangeNames};

/// A single change, with the keys of a line of `batch`.
///
/// Its JSON is `product`, `user`, `change`, then the arguments that the change takes, and `target` unless it is done to nobody.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(from = "Change", into = "Change")]
#[cfg_attr(feature = "schema", schemars(with = "Change"))]
#[non_exhaustive]
pub struct DifferenceStep {
    pub(super) shape: Arc<StepShape>,
    /// Id of the user who asks for it.
    pub user: Arc<str>,
    /// Id of the user or the group it is done to; none where it is done to nobody.
    pub target: Option<Arc<str>>,
}

/// A change with its arguments, for any user and target.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) struct StepShape {
    pub(super) product: Arc<str>,
    pub(super) change: Arc<str>,
    pub(super) role: Option<Arc<str>>,
    pub(super) setting: Option<Arc<str>>,
    pub(super) value: Option<ValueWord>,
    /// The thing or the group that it is about.
    pub(super) place: Option<Box<StepPlaceNames>>,
}

/// The thing with its list, or the group, that a change is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub(super) struct StepPlaceNames {
    thing: Option<String>,
    list: Option<String>,
    group: Option<String>,
}

impl DifferenceStep {
    /// Id of the product.
    pub fn product(&self) -> &str {
        &self.shape.product
    }

    /// Whether it alters a thing or a group, and nothing that users hold.
    pub fn is_about_thing(&self) -> bool {
        self.shape.place.is_some()
    }

    /// The change as a request.
    pub fn change(&self) -> Change {
        let StepShape {
            product,
            change,
            role,
            setting,
            value,
            place,
        } = &*self.shape;
        let text = |text: &Option<Arc<str>>| text.as_deref().map(str::to_owned);
        let StepPlaceNames { thing, list, group } = place.as_deref().cloned().unwrap_or_default();
        Change {
            role: text(role),
            setting: text(setting),
            value: value.clone(),
            thing,
            list,
            group,
            target: text(&self.target),
            ..Change::new(&*self.user, &**change).product(&**product)
        }
    }
}

/// The words of the command line: user, change, arguments, target.
impl std::fmt::Display for DifferenceStep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let shape = &*self.shape;
        let place = shape.place.as_deref();
        let names = ChangeNames {
            change: &shape.change,
            role: shape.role.as_deref(),
            setting: shape.setting.as_deref(),
            value: shape.value.as_deref(),
            thing: place.and_then(|place| place.thing.as_deref()),
            list: place.and_then(|place| place.list.as_deref()),
            group: place.and_then(|place| place.group.as_deref()),
            target: self.target.as_deref(),
        };
        write!(f, "{} {names}", self.user)
    }
}

impl From<DifferenceStep> for Change {
    fn from(step: DifferenceStep) -> Self {
        step.change()
    }
}

impl From<Change> for DifferenceStep {
    fn from(change: Change) -> Self {
        let place = StepPlaceNames {
            thing: change.thing,
            list: change.list,
            group: change.group,
        };
        let shape = StepShape {
            product: change.product.unwrap_or_default().into(),
            change: change.change.into(),
            role: change.role.map(Into::into),
            setting: change.setting.map(Into::into),
            value: change.value,
            place: (place != StepPlaceNames::default()).then(|| Box::new(place)),
        };
        Self {
            shape: Arc::new(shape),
            user: change.user.into(),
            target: change.target.map(Into::into),
        }
    }
}
