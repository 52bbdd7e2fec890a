//! Steps: single changes, each as a line of `batch`.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::answer::ValueWord;
use crate::change::{Change, ChangeNames};

/// A single change, with the keys of a line of `batch`.
///
/// Its JSON is `product`, `user`, `change`, `role`, or `setting` and `value` if the change takes them, and `target`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(from = "Change", into = "Change")]
#[cfg_attr(feature = "schema", schemars(with = "Change"))]
#[non_exhaustive]
pub struct DifferenceStep {
    pub(super) shape: Arc<StepShape>,
    /// Id of the user who asks for it.
    pub user: Arc<str>,
    /// Id of the user it is done to.
    pub target: Arc<str>,
}

/// A change with its arguments, for any user and target.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct StepShape {
    pub(super) product: Arc<str>,
    pub(super) change: Arc<str>,
    pub(super) role: Option<Arc<str>>,
    pub(super) setting: Option<(Arc<str>, ValueWord)>,
}

impl DifferenceStep {
    /// Id of the product.
    pub fn product(&self) -> &str {
        &self.shape.product
    }

    /// The change as a request.
    pub fn change(&self) -> Change {
        let StepShape {
            product,
            change,
            role,
            setting,
        } = &*self.shape;
        let mut change = Change::new(&*self.user, &**change)
            .product(&**product)
            .target(&*self.target);
        if let Some(role) = role {
            change = change.role(&**role);
        }
        if let Some((setting, value)) = setting {
            change = change.setting(&**setting, &**value);
        }
        change
    }
}

/// The words of the command line: user, change, arguments, target.
impl std::fmt::Display for DifferenceStep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let StepShape {
            change,
            role,
            setting,
            ..
        } = &*self.shape;
        let names = ChangeNames {
            change,
            role: role.as_deref(),
            setting: setting.as_ref().map(|(setting, _)| &**setting),
            value: setting.as_ref().map(|(_, value)| &**value),
            thing: None,
            list: None,
            group: None,
            target: Some(&self.target),
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
        let shape = StepShape {
            product: change.product.unwrap_or_default().into(),
            change: change.change.into(),
            role: change.role.map(Into::into),
            setting: change.setting.map(Into::into).zip(change.value),
        };
        Self {
            shape: Arc::new(shape),
            user: change.user.into(),
            target: change.target.unwrap_or_default().into(),
        }
    }
}
