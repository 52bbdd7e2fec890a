//! JSON that is put together key by key.

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
