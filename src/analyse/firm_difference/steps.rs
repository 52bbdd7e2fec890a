//! Steps: single changes, each as a line of `batch` takes it.

use std::sync::Arc;

use serde::Serialize;
use serde::ser::{SerializeStruct, Serializer};

/// A single change, with the keys of a line of `batch`.
///
/// Its JSON is `product`, `user`, `change`, `role`, or `setting` and `value`, where the change takes them, and `target`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifferenceStep {
    pub(super) shape: Arc<StepShape>,
    pub(super) user: Arc<str>,
    pub(super) target: Arc<str>,
}

/// A change with what it takes, whoever makes it and whomever it is done to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct StepShape {
    pub(super) product: Arc<str>,
    pub(super) change: Arc<str>,
    pub(super) role: Option<Arc<str>>,
    pub(super) setting: Option<(Arc<str>, String)>,
}

impl DifferenceStep {
    /// Id of the product.
    pub fn product(&self) -> &str {
        &self.shape.product
    }

    /// Id of the user who asks for it.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// Id of the user it is done to.
    pub fn target(&self) -> &str {
        &self.target
    }

    /// The change as one asks for it.
    pub fn change(&self) -> crate::Change {
        let StepShape {
            product,
            change,
            role,
            setting,
        } = &*self.shape;
        let mut change = crate::Change::new(&*self.user, &**change)
            .product(&**product)
            .target(&*self.target);
        if let Some(role) = role {
            change = change.role(&**role);
        }
        if let Some((setting, value)) = setting {
            change = change.setting(&**setting, value.clone());
        }
        change
    }
}

/// As on the command line: who, the change, what it takes, to whom.
impl std::fmt::Display for DifferenceStep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let StepShape {
            change,
            role,
            setting,
            ..
        } = &*self.shape;
        write!(f, "{} {change}", self.user)?;
        if let Some(role) = role {
            write!(f, " {role}")?;
        }
        if let Some((setting, value)) = setting {
            write!(f, " {setting} {value}")?;
        }
        write!(f, " {}", self.target)
    }
}

impl Serialize for DifferenceStep {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let StepShape {
            product,
            change,
            role,
            setting,
        } = &*self.shape;
        let fields = 4 + usize::from(role.is_some()) + 2 * usize::from(setting.is_some());
        let mut map = serializer.serialize_struct("DifferenceStep", fields)?;
        map.serialize_field("product", product)?;
        map.serialize_field("user", &self.user)?;
        map.serialize_field("change", change)?;
        if let Some(role) = role {
            map.serialize_field("role", role)?;
        }
        if let Some((setting, value)) = setting {
            map.serialize_field("setting", setting)?;
            map.serialize_field("value", value)?;
        }
        map.serialize_field("target", &self.target)?;
        map.end()
    }
}
