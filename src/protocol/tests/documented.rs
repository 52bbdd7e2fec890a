//! The examples of `docs/protocol.md` are run: each request has the reply that stands behind it. `BLESS=1` writes the replies
//! anew.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use pretty_assertions::assert_eq;
use serde_json::{Value, json};

use super::{Example, parsed};
use crate::protocol::Request;
use crate::protocol::questions::WORDS;

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/protocol.md");
const REQUEST: &str = "```json request\n";
const REPLY: &str = "```json reply\n";
const END: &str = "```\n";

/// A reply as the document shows it: of a list only the first entry, and how many more there are.
fn shown(value: Value) -> Value {
    match value {
        Value::Array(items) if items.len() > 1 => {
            let more = format!("… {} more", items.len() - 1);
            let first = items.into_iter().next().map(shown);
            first.into_iter().chain([json!(more)]).collect()
        }
        Value::Array(items) => items.into_iter().map(shown).collect(),
        Value::Object(entries) => entries
            .into_iter()
            .map(|(key, value)| (key, shown(value)))
            .collect(),
        other => other,
    }
}

#[test]
fn every_question_has_an_example_that_is_answered_as_written() {
    let example = Example::new();
    let text = std::fs::read_to_string(PATH).unwrap();
    let (mut replayed, mut words) = (String::new(), BTreeSet::new());
    let mut rest = text.as_str();
    // What is applied counts for the rest of its section.
    let mut session = example.session();
    while let Some((before, after)) = rest.split_once(REQUEST) {
        let (request, after) = after.split_once(END).unwrap();
        let (between, after) = after.split_once(REPLY).unwrap();
        let (_, after) = after.split_once(END).unwrap();
        if before.contains("\n### ") {
            session = example.session();
        }
        if let Ok(request) = Request::from_json(request) {
            words.insert(request.body.word());
        }
        let reply = shown(parsed(&session.answer_text(request)));
        write!(
            replayed,
            "{before}{REQUEST}{request}{END}{between}{REPLY}{reply:#}\n{END}"
        )
        .unwrap();
        rest = after;
    }
    replayed.push_str(rest);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(PATH, &replayed).unwrap();
    }
    assert_eq!(
        text, replayed,
        "BLESS=1 cargo test protocol writes the replies anew"
    );
    assert_eq!(words, WORDS.iter().copied().collect());
}
