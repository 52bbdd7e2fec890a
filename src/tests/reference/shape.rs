//! Schemas as records: which keys stand where, which of them have to, and what kind of value each has.

use std::collections::BTreeMap;

use serde_json::Value;

/// A map with known keys, by where it stands: `roles.*.brings[]`.
pub(super) type KeyRecords = BTreeMap<String, BTreeMap<String, KeyShape>>;

/// What the schema says of a key.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct KeyShape {
    pub(super) required: bool,
    pub(super) kind: ValueForm,
    pub(super) default: Option<Value>,
}

/// What stands under a key.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ValueForm {
    Text,
    /// A text that is one of these.
    Words(Vec<String>),
    Flag,
    Condition,
    /// A map with known keys.
    Map,
    /// A map with keys that the author chooses.
    ById,
    List,
    /// One, or a list.
    OneOrMany,
    /// A text or something else.
    Either,
}

/// Every record of a schema.
pub(super) fn records(schema: &Value) -> KeyRecords {
    let mut records = KeyRecords::new();
    SchemaWalk { whole: schema }.walk(schema, "", &mut records);
    records
}

struct SchemaWalk<'s> {
    whole: &'s Value,
}

impl<'s> SchemaWalk<'s> {
    /// What may stand in a place, without references, nested choices, and nothing at all.
    fn choices(&self, node: &'s Value) -> Vec<&'s Value> {
        if let Some(reference) = node["$ref"].as_str() {
            let name = reference.rsplit('/').next().unwrap();
            return self.choices(&self.whole["$defs"][name]);
        }
        match node["anyOf"].as_array() {
            Some(choices) => choices
                .iter()
                .flat_map(|choice| self.choices(choice))
                .collect(),
            None if node["type"] == "null" => Vec::new(),
            None => vec![node],
        }
    }

    fn walk(&self, node: &'s Value, path: &str, records: &mut KeyRecords) {
        let choices = self.choices(node);
        for choice in &choices {
            if choice["items"].is_object() {
                // One of something stands where a list of it does.
                let list = if choices.len() == 1 { "[]" } else { "" };
                self.walk(&choice["items"], &format!("{path}{list}"), records);
            }
            if choice["additionalProperties"].is_object() {
                self.walk(&choice["additionalProperties"], &below(path, "*"), records);
            }
            let Some(properties) = choice["properties"].as_object() else {
                continue;
            };
            let required = |key: &str| {
                let required = choice["required"].as_array();
                required.is_some_and(|keys| keys.iter().any(|name| name == key))
            };
            let record = records.entry(path.to_owned()).or_default();
            for (key, value) in properties {
                let shape = KeyShape {
                    required: required(key),
                    kind: self.kind(value),
                    default: value.get("default").cloned(),
                };
                record.insert(key.clone(), shape);
            }
            for (key, value) in properties {
                self.walk(value, &below(path, &general(key)), records);
            }
        }
    }

    fn kind(&self, node: &'s Value) -> ValueForm {
        let is_condition = |node: &Value| node.to_string().contains("$defs/Condition\"");
        if is_condition(node) {
            return ValueForm::Condition;
        }
        match self.choices(node).as_slice() {
            [one] => kind_of(one),
            choices => match choices.iter().find(|choice| is(choice, "array")) {
                Some(list) => {
                    let items = self.choices(&list["items"]);
                    let others = choices.iter().filter(|choice| !is(choice, "array"));
                    if others.eq(items.iter()) {
                        ValueForm::OneOrMany
                    } else {
                        ValueForm::Either
                    }
                }
                None => ValueForm::Either,
            },
        }
    }
}

fn kind_of(node: &Value) -> ValueForm {
    if let Some(words) = node["enum"].as_array() {
        let words = words.iter().filter_map(Value::as_str).map(str::to_owned);
        let words: Vec<String> = words.collect();
        return if words.is_empty() {
            ValueForm::Flag
        } else {
            ValueForm::Words(words)
        };
    }
    match () {
        () if is(node, "string") => ValueForm::Text,
        () if is(node, "boolean") => ValueForm::Flag,
        () if is(node, "array") => ValueForm::List,
        () if node["properties"].is_object() => ValueForm::Map,
        () => ValueForm::ById,
    }
}

fn is(node: &Value, kind: &str) -> bool {
    match &node["type"] {
        Value::String(one) => one == kind,
        Value::Array(several) => several.iter().any(|one| one == kind),
        _ => false,
    }
}

fn below(path: &str, key: &str) -> String {
    match path {
        "" => key.to_owned(),
        _ => format!("{path}.{key}"),
    }
}

/// A key in a path: one that the author chooses is any.
fn general(key: &str) -> String {
    let (name, list) = match key.strip_suffix("[]") {
        Some(name) => (name, "[]"),
        None => (key, ""),
    };
    if !name.is_empty() && name.chars().all(char::is_uppercase) {
        format!("*{list}")
    } else {
        key.to_owned()
    }
}

/// A path as a heading writes it, `roles.ROLE.brings[]`, as records do.
pub(super) fn path_of(written: &str) -> String {
    let keys: Vec<String> = written.split('.').map(general).collect();
    keys.join(".")
}
