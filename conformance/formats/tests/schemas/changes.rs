//! Changes of a file in one place: another value, a key less, a key more, an item twice.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::seeds::Seed;

/// A file with one change.
pub(crate) struct ChangedFile {
    /// Which file was changed.
    pub(crate) seed: usize,
    /// The path to what was changed, where indices are `#` and free names `*`.
    pub(crate) path: String,
    /// What is different, in words.
    pub(crate) what: String,
    pub(crate) value: Value,
}

/// How many places with the same path are changed: one may be special in a way that its path does not show.
const PLACES: usize = 2;

/// Every change of some files. Of places with the same path, a few stand for all.
pub(crate) fn of(seeds: &[Seed], keys: &BTreeSet<String>) -> Vec<ChangedFile> {
    let mut seen: BTreeMap<(String, &str), usize> = BTreeMap::new();
    let mut changes = Vec::new();
    for (seed, file) in seeds.iter().enumerate() {
        for pointer in pointers(&file.value) {
            let path = path_of(&pointer, keys);
            let old = file.value.pointer(&pointer).unwrap();
            let count = seen.entry((path.clone(), kind(old))).or_default();
            *count += 1;
            if *count > PLACES {
                continue;
            }
            for (what, new) in changed(old) {
                let mut value = file.value.clone();
                *value.pointer_mut(&pointer).unwrap() = new;
                changes.push(ChangedFile {
                    seed,
                    what: format!("{pointer} {what}"),
                    path: path.clone(),
                    value,
                });
            }
        }
    }
    changes
}

/// The keys that a schema names. All other keys are names that authors choose.
pub(crate) fn keys_of(schema: &Value) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let mut left = vec![schema];
    while let Some(schema) = left.pop() {
        match schema {
            Value::Array(all) => left.extend(all),
            Value::Object(entries) => {
                if let Some(properties) = entries.get("properties").and_then(Value::as_object) {
                    keys.extend(properties.keys().cloned());
                }
                left.extend(entries.values());
            }
            _ => {}
        }
    }
    keys
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "flag",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(_) => "map",
    }
}

/// The pointer to every place in a value.
fn pointers(value: &Value) -> Vec<String> {
    let mut all = vec![String::new()];
    let inside: Vec<(String, &Value)> = match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(at, item)| (at.to_string(), item))
            .collect(),
        Value::Object(entries) => {
            let escaped = |key: &str| key.replace('~', "~0").replace('/', "~1");
            entries
                .iter()
                .map(|(key, value)| (escaped(key), value))
                .collect()
        }
        _ => Vec::new(),
    };
    for (key, value) in inside {
        all.extend(
            pointers(value)
                .into_iter()
                .map(|rest| format!("/{key}{rest}")),
        );
    }
    all
}

fn path_of(pointer: &str, keys: &BTreeSet<String>) -> String {
    let parts = pointer.split('/').map(|part| match part {
        "" => "",
        part if part.bytes().all(|it| it.is_ascii_digit()) => "#",
        part if keys.contains(part) => part,
        _ => "*",
    });
    parts.collect::<Vec<_>>().join("/")
}

/// What is put in the place of every value.
fn values() -> [Value; 11] {
    [
        Value::Null,
        json!(true),
        json!(false),
        json!(7),
        json!(""),
        json!("zebra"),
        json!("true"),
        json!([]),
        json!({}),
        json!(["zebra"]),
        json!({"zebra": "zebra"}),
    ]
}

/// Each change of one value: in words, and the value after it.
fn changed(old: &Value) -> Vec<(String, Value)> {
    let mut all: Vec<_> = values()
        .into_iter()
        .chain([json!([old]), json!({"zebra": old})])
        .filter(|new| new != old)
        .map(|new| (format!("becomes {}", short(&new)), new))
        .collect();
    match old {
        Value::Object(entries) => {
            let without = |key: &String| {
                let mut rest: Map<String, Value> = entries.clone();
                rest.remove(key);
                (format!("loses {key}"), Value::Object(rest))
            };
            all.extend(entries.keys().map(without));
            let mut more = entries.clone();
            more.insert("zebra".to_owned(), json!("zebra"));
            all.push(("gains zebra".to_owned(), Value::Object(more)));
        }
        Value::Array(items) => {
            for item in items
                .first()
                .into_iter()
                .chain(&[json!("zebra"), Value::Null])
            {
                let more = [items.as_slice(), std::slice::from_ref(item)].concat();
                all.push((format!("gains {}", short(item)), Value::Array(more)));
            }
            if let [only] = items.as_slice() {
                all.push(("is no list".to_owned(), only.clone()));
            }
        }
        _ => {}
    }
    all
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    text.chars().take(60).collect()
}
