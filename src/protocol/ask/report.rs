//! Results of analyses that are written as their types write themselves.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What an analysis found, as an object of JSON.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct ReportReply(pub Map<String, Value>);

impl ReportReply {
    /// A result, but for the keys that repeat what was asked. What has no value is left out.
    pub(super) fn of(result: &impl Serialize, asked: &[&str]) -> Self {
        let mut value = serde_json::to_value(result).unwrap_or_default();
        leave_out(&mut value);
        match value {
            Value::Object(mut entries) => {
                entries.retain(|key, _| !asked.contains(&key.as_str()));
                Self(entries)
            }
            _ => Self::default(),
        }
    }

    /// A list of results under a key.
    pub(super) fn list(key: &str, results: &impl Serialize) -> Self {
        let mut value = serde_json::to_value(results).unwrap_or_default();
        leave_out(&mut value);
        Self(Map::from_iter([(key.to_owned(), value)]))
    }
}

/// Leaves out what is null.
fn leave_out(value: &mut Value) {
    match value {
        Value::Object(entries) => {
            entries.retain(|_, value| !value.is_null());
            entries.values_mut().for_each(leave_out);
        }
        Value::Array(items) => items.iter_mut().for_each(leave_out),
        _ => {}
    }
}
