//! Requests are strict: every key of every question, misspelt, given twice, and of another kind.

use serde_json::{Value, json};

use super::REQUESTS;
use crate::Finding;
use crate::protocol::Request;

fn refused(json: &str) -> Finding {
    match Request::from_json(json) {
        Ok(request) => panic!("{json} is read as {request:?}"),
        Err(finding) => finding,
    }
}

/// An object as text, so that a key can stand twice.
fn text(entries: &[(String, Value)]) -> String {
    let entries: Vec<String> = entries
        .iter()
        .map(|(key, value)| format!("{}:{value}", json!(key)))
        .collect();
    format!("{{{}}}", entries.join(","))
}

/// What may be anything, or has keys of any name.
const FREE: [&str; 6] = ["id", "facts", "old", "new", "promises", "fixtures"];

/// Every object in a request whose keys are known, as the way to it.
fn objects(json: &str) -> Vec<String> {
    fn below(way: &str, value: &Value, ways: &mut Vec<String>) {
        match value {
            Value::Object(entries) => {
                ways.push(way.to_owned());
                for (key, value) in entries
                    .iter()
                    .filter(|(key, _)| !FREE.contains(&key.as_str()))
                {
                    below(&format!("{way}/{key}"), value, ways);
                }
            }
            Value::Array(items) => {
                for (number, value) in items.iter().enumerate() {
                    below(&format!("{way}/{number}"), value, ways);
                }
            }
            _ => {}
        }
    }
    let mut ways = Vec::new();
    below("", &super::parsed(json), &mut ways);
    ways
}

/// The request with other entries in one of its objects.
fn with(json: &str, way: &str, change: impl Fn(&mut Vec<(String, Value)>)) -> String {
    let mut whole = super::parsed(json);
    let object = whole.pointer_mut(way).unwrap();
    let mut entries: Vec<(String, Value)> =
        object.as_object().unwrap().clone().into_iter().collect();
    change(&mut entries);
    let mark = "the object that is changed";
    *object = json!(mark);
    whole
        .to_string()
        .replace(&json!(mark).to_string(), &text(&entries))
}

#[test]
fn a_misspelt_key_is_named_with_the_nearest() {
    let mut tried = 0;
    for json in REQUESTS {
        for way in objects(json) {
            let object = super::parsed(json).pointer(&way).unwrap().clone();
            for key in object.as_object().unwrap().keys() {
                let near = format!("{key}x");
                let misspelt = with(json, &way, |entries| {
                    entries.push((near.clone(), json!("x")))
                });
                let finding = refused(&misspelt);
                assert_eq!(finding.code().name(), "unknown-key", "{misspelt}");
                let help = finding.help().unwrap();
                assert!(
                    help.contains(&format!("did you mean `{key}`")) || key.len() < 3,
                    "{misspelt}: {help}"
                );
                tried += 1;
            }
        }
    }
    assert!(tried > 60);
}

#[test]
fn a_key_that_stands_twice_is_named() {
    for json in REQUESTS {
        for way in objects(json) {
            let object = super::parsed(json).pointer(&way).unwrap().clone();
            for (key, value) in object.as_object().unwrap() {
                let twice = with(json, &way, |entries| {
                    entries.push((key.clone(), value.clone()))
                });
                let finding = refused(&twice);
                assert_eq!(finding.code().name(), "duplicate-key", "{twice}");
                assert!(finding.message().contains(&format!("`{key}`")), "{twice}");
            }
        }
    }
}

#[test]
fn a_value_of_another_kind_is_named() {
    let kinds = [
        json!(7.5),
        json!([]),
        json!({"x": 1}),
        json!("word"),
        json!(true),
        json!(null),
    ];
    let mut refusals = 0;
    for json in REQUESTS {
        for way in objects(json) {
            let object = super::parsed(json).pointer(&way).unwrap().clone();
            for key in object
                .as_object()
                .unwrap()
                .keys()
                .filter(|key| *key != "id")
            {
                for kind in &kinds {
                    let other = with(json, &way, |entries| {
                        for entry in entries.iter_mut().filter(|(known, _)| known == key) {
                            entry.1 = kind.clone();
                        }
                    });
                    match Request::from_json(&other) {
                        // What may be of several kinds: a value or a fact is a text or a flag, a target may be null,
                        // and an empty list is refused when the question is asked.
                        Ok(_) => assert!(
                            kind.is_string()
                                || ["parts", "changes", "only"].contains(&&**key)
                                    && kind.is_array()
                                || key == "value" && kind.is_boolean()
                                || key == "target" && kind.is_null(),
                            "{other}"
                        ),
                        Err(finding) => {
                            refusals += 1;
                            let code = finding.code().name();
                            let known = ["wrong-type", "unknown-question", "unknown-version"];
                            assert!(known.contains(&code), "{other}: {finding}");
                            let is_inside = FREE.contains(&key.as_str()) && kind.is_object();
                            assert!(
                                code != "wrong-type"
                                    || is_inside
                                    || finding.message().contains(key.as_str()),
                                "{other}: {finding}"
                            );
                        }
                    }
                }
            }
        }
    }
    assert!(refusals > 200);
}

#[test]
fn a_fact_that_stands_twice_is_named() {
    let finding = refused(r#"{"ask":"who_can","action":"a","facts":{"b":true,"\u0062":"c"}}"#);
    assert_eq!(finding.message(), "`b` stands here a second time");
}
