//! What was asked for, repeated in the words of the request.

use std::sync::Arc;

use serde::Serialize;

use crate::change::Change;

/// What was asked for, in the words of the request.
#[derive(Debug, Clone, Default, Serialize)]
pub(super) struct RequestWords {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) product: Option<Arc<str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) user: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    change: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    setting: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    parts: Vec<Self>,
}

impl RequestWords {
    pub(super) fn of(change: &Change) -> Self {
        Self {
            product: None,
            user: None,
            change: Some(change.change.clone()),
            role: change.role.clone(),
            setting: change.setting.clone(),
            value: change.value.clone(),
            target: change.target.clone(),
            parts: Vec::new(),
        }
    }

    /// A bulk change, by its parts.
    pub(super) fn of_parts(parts: &[Change]) -> Self {
        Self {
            parts: parts.iter().map(Self::of).collect(),
            ..Self::default()
        }
    }

    pub(super) fn by(self, product: &Arc<str>, user: &str) -> Self {
        Self {
            product: Some(Arc::clone(product)),
            user: Some(user.to_owned()),
            ..self
        }
    }
}
