//! The schemas say what the types do: every request and reply fits, and what is refused fits none.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Example, REFUSED, REQUESTS, parsed};
use crate::protocol::Request;
use crate::protocol::schema::{reply_schema, request_schema};

/// Whether a value fits a schema, of the words that our schemas use.
fn fits(root: &Value, schema: &Value, value: &Value) -> bool {
    let Some(schema) = schema.as_object() else {
        return schema != &Value::Bool(false);
    };
    schema.iter().all(|(word, rule)| match word.as_str() {
        "$ref" => {
            let path = rule.as_str().unwrap().trim_start_matches('#');
            fits(root, root.pointer(path).unwrap(), value)
        }
        "type" => match rule {
            Value::Array(kinds) => kinds.iter().any(|kind| is(kind, value)),
            kind => is(kind, value),
        },
        "const" => rule == value,
        "enum" => rule.as_array().unwrap().contains(value),
        "oneOf" => {
            let fitting = rule.as_array().unwrap().iter();
            fitting.filter(|one| fits(root, one, value)).count() == 1
        }
        "anyOf" => rule
            .as_array()
            .unwrap()
            .iter()
            .any(|one| fits(root, one, value)),
        "items" => value
            .as_array()
            .is_none_or(|all| all.iter().all(|one| fits(root, rule, one))),
        "required" => value.as_object().is_none_or(|value| {
            let mut keys = rule.as_array().unwrap().iter();
            keys.all(|key| value.contains_key(key.as_str().unwrap()))
        }),
        "properties" => value.as_object().is_none_or(|value| {
            let mut entries = value.iter();
            entries.all(|(key, value)| rule.get(key).is_none_or(|rule| fits(root, rule, value)))
        }),
        "additionalProperties" => value.as_object().is_none_or(|value| {
            let known = schema.get("properties");
            let mut others = value
                .iter()
                .filter(|(key, _)| known.is_none_or(|known| known.get(key.as_str()).is_none()));
            others.all(|(_, value)| fits(root, rule, value))
        }),
        "minItems" => value
            .as_array()
            .is_none_or(|all| all.len() as u64 >= rule.as_u64().unwrap()),
        "maxItems" => value
            .as_array()
            .is_none_or(|all| all.len() as u64 <= rule.as_u64().unwrap()),
        "minimum" => value
            .as_f64()
            .is_none_or(|number| number >= rule.as_f64().unwrap()),
        "maximum" => value
            .as_f64()
            .is_none_or(|number| number <= rule.as_f64().unwrap()),
        "title" | "description" | "default" | "format" | "$schema" | "$defs" => true,
        other => panic!("no schema of ours says `{other}`"),
    })
}

fn is(kind: &Value, value: &Value) -> bool {
    match kind.as_str().unwrap() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        other => panic!("no kind `{other}`"),
    }
}

#[test]
fn requests_and_replies_fit_their_schemas() {
    let (requests, replies) = (request_schema(), reply_schema());
    let example = Example::new();
    let world = example.world();
    for json in REQUESTS {
        assert!(fits(&requests, &requests, &parsed(json)), "{json}");
        let request = Request::from_json(json).unwrap();
        let typed = serde_json::to_value(&request).unwrap();
        assert!(fits(&requests, &requests, &typed), "{typed}");
        let reply = parsed(&world.answer_text(json));
        assert!(fits(&replies, &replies, &reply), "{reply}");
    }
    for json in REFUSED {
        let reply = parsed(&world.answer_text(json));
        assert!(fits(&replies, &replies, &reply), "{reply}");
    }
}

#[test]
fn what_is_no_request_fits_no_schema() {
    let requests = request_schema();
    for json in [
        r#"{"user":"wren"}"#,
        r#"{"user":"wren","action":"create_bill","tarqet":"wren"}"#,
        r#"{"user":7,"action":"create_bill"}"#,
        r#"{"ask":"who_kan","action":"create_bill"}"#,
        r#"{"action":"create_bill"}"#,
        r#"{"user":"tomas","parts":[{"change":"grant","user":"tomas"}]}"#,
        r#"{"user":"wren","action":"create_bill","product":null}"#,
        r#"{"ask":"who_can","user":"wren","action":"create_bill"}"#,
        r#"{"ask":"where_can","action":"edit_user_profile"}"#,
        r#"{"ask":"where_can","user":"wren","action":"edit_user_profile","target":"wren"}"#,
        r#"{"v":2,"user":"wren","action":"create_bill"}"#,
    ] {
        assert!(!fits(&requests, &requests, &parsed(json)), "{json}");
        assert!(Request::from_json(json).is_err(), "{json}");
    }
}

/// A reply holds both, so that none may say what the other says.
#[test]
fn no_key_is_both_asked_and_answered() {
    use crate::protocol::questions::schemas;
    let mut generator = schemars::SchemaGenerator::default();
    for (word, both) in schemas(&mut generator) {
        let keys = both.map(|schema| {
            let properties = schema.get("properties").and_then(Value::as_object);
            let properties = properties.cloned().unwrap_or_default();
            properties
                .into_iter()
                .map(|(key, _)| key)
                .collect::<BTreeSet<_>>()
        });
        let [asked, answered] = keys;
        let both: Vec<&String> = asked.intersection(&answered).collect();
        assert!(both.is_empty(), "{word}: {both:?}");
        for key in ["v", "id", "ask", "yes", "error", "line"] {
            assert!(
                !asked.contains(key) && !answered.contains(key),
                "{word}: {key}"
            );
        }
    }
}

/// Every description in a schema.
fn descriptions<'s>(schema: &'s Value, found: &mut Vec<&'s str>) {
    match schema {
        Value::Array(all) => all.iter().for_each(|one| descriptions(one, found)),
        Value::Object(entries) => {
            found.extend(entries.get("description").and_then(Value::as_str));
            entries.values().for_each(|one| descriptions(one, found));
        }
        _ => {}
    }
}

#[test]
fn descriptions_are_for_people_who_write_no_rust() {
    for schema in [request_schema(), reply_schema()] {
        let mut all = Vec::new();
        descriptions(&schema, &mut all);
        assert!(all.len() > 50, "{}", all.len());
        for description in all {
            for mark in ["```", "](", "[`", "crate::", "\n# "] {
                assert!(!description.contains(mark), "{mark} in: {description}");
            }
            assert!(!description.trim().is_empty());
        }
    }
}
