use std::sync::Arc;

use pretty_assertions::assert_eq;

use crate::finding::Findings;
use crate::limits::Limits;
use crate::text::Source;
use crate::yaml::{Condition, Decode, DecodeContext, Flag, KeyedEntries, OneOrMany, Text, read};

record! {
    /// A shelf.
    #[cfg_attr(feature = "schema", schemars(title = "Shelf"))]
    pub(crate) struct Shelf {
        /// What it is called.
        title: Text,
        when: Option<Condition>,
        r#where: Option<Text>,
        open: Option<Flag>,
        tags: Option<OneOrMany<Text>>,
        books: Option<Vec<Text>>,
        rooms: Option<KeyedEntries<Box<Room>>>,
    }
}

record! {
    /// A room.
    pub(crate) struct Room {
        title: Text,
    }
}

fn decode(text: &str) -> (Option<Shelf>, String) {
    let mut findings = Findings::new();
    let source = Source::new("f", text);
    let node = read(&source, &Limits::default(), &mut findings);
    let mut cx = DecodeContext {
        source: &source,
        findings: &mut findings,
    };
    let shelf = node.and_then(|node| Shelf::decode(&node, &mut cx));
    (shelf, findings.to_string())
}

#[test]
fn fields_are_keys_and_options_may_be_missing() {
    let text = "title: 'a b'\nwhere: here\nopen: true\ntags: x\nrooms:\n  b: {title: B}\n  a: {title: A}\n";
    let (shelf, findings) = decode(text);
    assert_eq!(findings, "");
    let shelf = shelf.unwrap();
    assert_eq!(shelf.title.value, "a b");
    assert_eq!(
        shelf.r#where.map(|text| text.value),
        Some("here".to_owned())
    );
    assert!(
        shelf.open.is_some_and(|open| open.value) && shelf.when.is_none() && shelf.books.is_none()
    );
    assert_eq!(shelf.tags.map(|tags| tags.0.len()), Some(1));
    let rooms: Vec<_> = shelf
        .rooms
        .unwrap()
        .0
        .into_iter()
        .map(|(key, room)| (key.value, room.title.value))
        .collect();
    assert_eq!(
        rooms,
        [
            ("b".to_owned(), "B".to_owned()),
            ("a".to_owned(), "A".to_owned())
        ]
    );
    assert_eq!(
        Shelf::KEYS,
        ["title", "when", "where", "open", "tags", "books", "rooms"]
    );
}

#[test]
fn all_mistakes_are_reported_in_one_run() {
    let text = "titel: x\nwhen:\nopen: 'true'\ntags: [a, [b]]\nbooks: a\nrooms:\n  a: {}\n  b: text\n  c:\n";
    let (shelf, findings) = decode(text);
    assert_eq!(shelf, None);
    let expected = "\
f:1:1: error[unknown-key]: there is no key `titel` here; did you mean `title`?
f:1:1: error[missing-key]: the key `title` is missing here; add `title: a text`, indented like the other keys here
f:2:6: error[condition-empty]: this condition is empty; write a condition, or remove the key
f:3:7: error[expected-flag]: `true` or `false` should stand here, not a text; write `true` or `false`, without quotes
f:4:12: error[expected-text]: a text should stand here, not a list; write one word, or a text in quotes
f:5:8: error[expected-list]: a list should stand here, not a text; write `[a, b]`, or lines that start with `- `
f:7:6: error[missing-key]: the key `title` is missing here; add `title: a text`, indented like the other keys here
f:8:6: error[expected-map]: keys with values should stand here, not a text; write `key: value`, one in each line
f:9:5: error[empty-value]: a value is missing here; write its keys below it, or `{}` for none; without the key, it would not be there at all";
    assert_eq!(findings, expected);
}

#[test]
fn an_unknown_key_without_a_near_one_lists_the_known_ones() {
    let (_, findings) = decode("title: x\nrooms: {a: {title: b, zzzzzzzz: c}}\n");
    assert_eq!(
        findings,
        "f:2:23: error[unknown-key]: there is no key `zzzzzzzz` here; the keys here are `title`"
    );
}

#[test]
fn a_place_of_a_record_is_its_map() {
    let text = "title: a\nrooms:\n  a:\n    title: b\n";
    let (shelf, _) = decode(text);
    let shelf = shelf.unwrap();
    let source: Arc<Source> = Source::new("f", text);
    assert_eq!(source.slice(shelf.span), text.trim_end());
    assert_eq!(
        shelf
            .rooms
            .map(|rooms| source.slice(rooms.0[0].1.span).to_owned()),
        Some("title: b".to_owned())
    );
}

#[cfg(feature = "schema")]
#[test]
fn the_schema_has_the_keys_of_the_file() {
    let schema = serde_json::to_value(schemars::schema_for!(Shelf)).unwrap();
    let keys: Vec<_> = schema["properties"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    let mut known: Vec<_> = Shelf::KEYS.iter().map(|key| (*key).to_owned()).collect();
    let mut keys_sorted = keys;
    keys_sorted.sort();
    known.sort();
    assert_eq!(keys_sorted, known);
    assert_eq!(schema["additionalProperties"], serde_json::json!(false));
    assert_eq!(schema["required"], serde_json::json!(["title"]));
    assert_eq!(schema["title"], serde_json::json!("Shelf"));
    assert_eq!(
        schema["properties"]["title"]["description"],
        serde_json::json!("What it is called.")
    );
}
