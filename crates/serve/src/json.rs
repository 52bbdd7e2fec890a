//! JSON that is put together key by key, and numbers as clients write them.

use serde_json::{Map, Value};

/// Puts a value under a path of keys. Objects on the way are made where there are none.
pub(crate) fn put(into: &mut Value, path: &[&str], value: Value) {
    let Some((key, rest)) = path.split_first() else {
        *into = value;
        return;
    };
    if !into.is_object() {
        *into = Value::Object(Map::new());
    }
    if let Value::Object(entries) = into {
        put(entries.entry(*key).or_insert(Value::Null), rest, value);
    }
}

/// A whole number from 0; none where it is something else. One that is too large for this computer counts as the largest there is.
pub(crate) fn whole_number(text: &str) -> Option<usize> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(usize::MAX))
}
