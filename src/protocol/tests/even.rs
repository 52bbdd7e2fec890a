//! Replies are even: nothing is null, lists are always there, a place is one text.

use serde_json::Value;

use super::{Example, REFUSED, REQUESTS, parsed};
use crate::protocol::schema::reply_schema;

/// Every value in a value, with the key it stands under.
fn walk<'v>(key: &'v str, value: &'v Value, look: &mut dyn FnMut(&'v str, &'v Value)) {
    look(key, value);
    match value {
        Value::Array(items) => items.iter().for_each(|item| walk(key, item, look)),
        Value::Object(entries) => entries
            .iter()
            .for_each(|(key, value)| walk(key, value, look)),
        _ => {}
    }
}

/// The keys of a reply that are not in its request.
fn answer_keys(request: &str, reply: &str) -> Value {
    let mut reply = parsed(reply);
    if let Ok(Value::Object(request)) = serde_json::from_str(request) {
        for key in request.keys() {
            reply.as_object_mut().unwrap().remove(key);
        }
    }
    reply
}

#[test]
fn no_reply_has_a_null() {
    let example = Example::new();
    for json in REQUESTS.iter().chain(REFUSED) {
        let reply = answer_keys(json, &example.session().answer_text(json));
        walk("", &reply, &mut |key, value| {
            assert!(!value.is_null(), "{key} in {reply}")
        });
    }
}

#[test]
fn a_place_is_one_text() {
    let example = Example::new();
    let mut places = 0;
    for json in REQUESTS {
        let reply = answer_keys(json, &example.session().answer_text(json));
        walk("", &reply, &mut |key, value| {
            if key != "place" {
                return;
            }
            places += 1;
            let place = value.as_str().unwrap();
            let (_, line) = place.rsplit_once(':').unwrap();
            assert!(line.parse::<u32>().is_ok(), "{place}");
        });
    }
    assert!(places > 100);
}

/// Whether a schema is that of a list.
fn is_list(schema: &Value) -> bool {
    let kind = &schema["type"];
    kind == "array"
        || kind
            .as_array()
            .is_some_and(|kinds| kinds.contains(&"array".into()))
}

#[test]
fn lists_are_always_there_and_nothing_may_be_null() {
    let schema = reply_schema();
    let mut lists = 0;
    let look = &mut |key: &str, value: &Value| {
        let may_be_null = value["type"]
            .as_array()
            .is_some_and(|all| all.contains(&"null".into()));
        assert!(!may_be_null || key == "target", "{key}: {value}");
        let Some(properties) = value.get("properties").and_then(Value::as_object) else {
            return;
        };
        let required = value["required"].as_array();
        for (key, property) in properties {
            // What is asked is repeated as it was asked.
            if is_list(property) && !["parts", "changes", "only"].contains(&&**key) {
                lists += 1;
                let is_required = required.is_some_and(|all| all.contains(&key.as_str().into()));
                assert!(is_required, "the list {key} may be left out of {value}");
            }
        }
    };
    for (name, part) in schema["$defs"].as_object().unwrap() {
        walk(name, part, look);
    }
    walk("", &schema["oneOf"], look);
    assert!(lists > 10);
}
