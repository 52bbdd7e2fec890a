//! The JSON Schemas of requests and replies, from the types that read and write them.

use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::error::ErrorReply;
use super::questions::schemas;
use super::request::{VERSION, needs_ask};

/// A schema of an object, by its words.
pub(super) type SchemaEntries = Map<String, Value>;

/// The schema of all requests: one alternative for each question.
pub(crate) fn request_schema() -> Value {
    let mut generator = SchemaGenerator::default();
    let questions = schemas(&mut generator);
    let all = questions.into_iter().map(|(word, [request, _])| {
        let mut schema = request;
        enter(&mut schema, around(word), Vec::new());
        ask(word, &mut schema);
        schema
    });
    let mut schema = root("clio-rules request", all.collect(), &mut generator);
    without_other_keys(&mut schema);
    schema
}

/// The schema of all replies: one alternative for each question, and one for errors.
pub(crate) fn reply_schema() -> Value {
    let mut generator = SchemaGenerator::default();
    let questions = schemas(&mut generator);
    let all = questions.into_iter().map(|(word, [request, reply])| {
        let mut schema = request;
        let mut reply = reply;
        let properties = take_map(&mut reply, "properties");
        enter(&mut schema, properties, required(&reply));
        let yes = json!({"type": "boolean", "description": "Yes or no, as the exit code of the command says."});
        enter(&mut schema, Map::from_iter([("yes".to_owned(), yes)]), vec![json!("yes")]);
        enter(&mut schema, around(word), Vec::new());
        ask(word, &mut schema);
        schema
    });
    let mut all: Vec<_> = all.collect();
    all.push(inline::<ErrorReply>(&mut generator));
    root("clio-rules reply", all, &mut generator)
}

fn root(title: &str, all: Vec<SchemaEntries>, generator: &mut SchemaGenerator) -> Value {
    let mut root = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "oneOf": all,
        "$defs": generator.take_definitions(true),
    });
    without_null("", &mut root);
    for_readers(&mut root);
    root
}

/// Turns docstrings into descriptions for readers who do not know Rust.
fn for_readers(schema: &mut Value) {
    match schema {
        Value::Array(all) => all.iter_mut().for_each(for_readers),
        Value::Object(entries) => {
            if let Some(Value::String(description)) = entries.get_mut("description") {
                *description = without_rust(description);
            }
            entries.values_mut().for_each(for_readers);
        }
        _ => {}
    }
}

/// The text of a docstring up to its example or its first heading. Of links, their words are left.
fn without_rust(docstring: &str) -> String {
    let end = ["\n\n```", "\n\n# "]
        .iter()
        .filter_map(|mark| docstring.find(mark))
        .min();
    let mut rest = docstring
        .get(..end.unwrap_or(docstring.len()))
        .unwrap_or(docstring);
    let mut text = String::with_capacity(rest.len());
    while let Some((before, link)) = rest.split_once('[') {
        text.push_str(before);
        let Some((words, after)) = link.split_once(']') else {
            text.push('[');
            rest = link;
            continue;
        };
        // In a docstring, brackets outside of code are links. Code keeps its brackets.
        let is_code = before.matches('`').count() % 2 == 1;
        let target = after
            .strip_prefix('(')
            .and_then(|after| after.split_once(')'));
        if is_code {
            text.push('[');
            rest = link;
        } else {
            text.push_str(words);
            rest = target.map_or(after, |(_, after)| after);
        }
    }
    text.push_str(rest);
    text
}

/// The schema of a type, with its keys in it and not elsewhere.
pub(super) fn inline<T: JsonSchema>(generator: &mut SchemaGenerator) -> SchemaEntries {
    let schema = T::json_schema(generator).to_value();
    let elsewhere = schema.get("$ref").and_then(Value::as_str);
    let name = elsewhere.and_then(|path| path.rsplit('/').next());
    let found = name.and_then(|name| generator.definitions().get(name).cloned());
    match found.unwrap_or(schema) {
        Value::Object(schema) => schema,
        _ => SchemaEntries::new(),
    }
}

/// Removes `null` from a schema: an optional key is left out and never null. Only the target of a request may be null.
fn without_null(key: &str, schema: &mut Value) {
    match schema {
        Value::Array(all) => all.iter_mut().for_each(|one| without_null(key, one)),
        Value::Object(entries) => {
            if key != "target" {
                no_null(entries);
            }
            for (key, schema) in entries {
                without_null(key, schema);
            }
        }
        _ => {}
    }
}

/// Forbids unknown keys. Readers of replies ignore unknown keys, so that replies can gain keys.
fn without_other_keys(schema: &mut Value) {
    match schema {
        Value::Array(all) => all.iter_mut().for_each(without_other_keys),
        Value::Object(entries) => {
            if entries.get("properties").is_some_and(Value::is_object) {
                entries.insert("additionalProperties".to_owned(), json!(false));
            }
            entries.values_mut().for_each(without_other_keys);
        }
        _ => {}
    }
}

fn no_null(schema: &mut SchemaEntries) {
    if schema.get("default").is_some_and(Value::is_null) {
        schema.remove("default");
    }
    if let Some(Value::Array(kinds)) = schema.get_mut("type") {
        kinds.retain(|kind| kind != "null");
        if let [only] = kinds.as_slice() {
            let only = only.clone();
            schema.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(any)) = schema.get_mut("anyOf") {
        any.retain(|one| one.get("type").is_none_or(|kind| kind != "null"));
    }
}

fn take_map(schema: &mut SchemaEntries, key: &str) -> SchemaEntries {
    match schema.remove(key) {
        Some(Value::Object(map)) => map,
        _ => Map::new(),
    }
}

fn required(schema: &SchemaEntries) -> Vec<Value> {
    let required = schema.get("required").and_then(Value::as_array);
    required.cloned().unwrap_or_default()
}

/// Adds keys. `needed` are the required ones.
fn enter(schema: &mut SchemaEntries, properties: SchemaEntries, needed: Vec<Value>) {
    let mut known = take_map(schema, "properties");
    known.extend(properties);
    let mut all = required(schema);
    all.extend(needed);
    schema.insert("properties".to_owned(), Value::Object(known));
    schema.insert("required".to_owned(), Value::Array(all));
}

/// The keys around a question.
fn around(word: &str) -> SchemaEntries {
    let keys = [
        (
            "ask",
            json!({"description": "Which question it is.", "const": word}),
        ),
        (
            "id",
            json!({"description": "Anything; it comes back with the reply."}),
        ),
        (
            "v",
            json!({"description": "The version of the protocol.", "const": VERSION}),
        ),
    ];
    keys.into_iter()
        .map(|(key, schema)| (key.to_owned(), schema))
        .collect()
}

/// Requires `ask`, unless a key shows which question it is.
fn ask(word: &str, schema: &mut SchemaEntries) {
    if needs_ask(word) {
        enter(schema, Map::new(), vec![json!("ask")]);
    }
}
