//! The second reader: another YAML crate reads the same text, and the two results are compared.

use std::borrow::Cow;
use std::sync::Arc;

use serde_yaml::Value;

use super::node::{List, Map, MapEntry, Node, NodeContent, TextStyle};
use crate::finding::{Finding, Findings, yaml};
use crate::text::{Source, Span};

/// The first place at which the two readers differ.
struct ReaderDifference {
    span: Span,
    ours: String,
    theirs: String,
}

/// Whether the second reader reads the same as ours. A difference is reported.
pub(super) fn agrees(source: &Arc<Source>, root: &Node, findings: &mut Findings) -> bool {
    let difference = match serde_yaml::from_str::<Value>(source.text()) {
        Ok(value) => compare(root, &value),
        Err(error) => Some(refusal(source, root, &error)),
    };
    let Some(ReaderDifference { span, ours, theirs }) = difference else {
        return true;
    };
    let finding = Finding::new(
        &yaml::YAML_AMBIGUOUS,
        Some(source.place(span)),
        &[&ours, &theirs],
    );
    findings.push(finding);
    false
}

/// Whether the second reader is sure to read the same as ours from a text in usual style. It may differ on a plain text that
/// looks like a number, a flag or an empty value.
pub(super) fn is_sure_to_agree(node: &Node) -> bool {
    match &node.content {
        NodeContent::Empty => false,
        NodeContent::Scalar(scalar) => scalar.style != TextStyle::Plain || is_word(&scalar.text),
        NodeContent::List(list) => list.items.iter().all(is_sure_to_agree),
        NodeContent::Map(map) => {
            let is_sure =
                |entry: &MapEntry| is_word(&entry.key.value) && is_sure_to_agree(&entry.value);
            map.entries.iter().all(is_sure)
        }
    }
}

/// Whether every reader reads a plain text as a text, or as a flag written `true` or `false`.
fn is_word(text: &str) -> bool {
    let starts_well = text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_');
    let has_a_meaning = ["null", "true", "false"]
        .iter()
        .any(|word| word.eq_ignore_ascii_case(text));
    matches!(text, "true" | "false") || starts_well && !has_a_meaning
}

fn refusal(source: &Source, root: &Node, error: &serde_yaml::Error) -> ReaderDifference {
    let at = error
        .location()
        .map_or(root.span.start as usize, |location| location.index());
    let text = source.text();
    let at = (0..=at.min(text.len()))
        .rev()
        .find(|&at| text.is_char_boundary(at))
        .unwrap_or(0);
    let width = text
        .get(at..)
        .and_then(|rest| rest.chars().next())
        .map_or(0, char::len_utf8);
    ReaderDifference {
        span: Span::new(at, at + width),
        ours: "YAML".to_owned(),
        theirs: format!("not YAML: {}", without_place(&error.to_string())),
    }
}

/// The finding has its own place.
fn without_place(message: &str) -> &str {
    message
        .split_once(" at line ")
        .map_or(message, |(message, _)| message)
}

fn compare(node: &Node, value: &Value) -> Option<ReaderDifference> {
    match (&node.content, value) {
        (NodeContent::Empty, Value::Null) => None,
        (NodeContent::Scalar(scalar), value)
            if text_of(value).is_some_and(|text| text == scalar.text) =>
        {
            None
        }
        (NodeContent::List(list), Value::Sequence(values)) => compare_items(node, list, values),
        (NodeContent::Map(map), Value::Mapping(values)) => compare_entries(node, map, values),
        _ => Some(differ(node, value)),
    }
}

fn compare_items(node: &Node, list: &List, values: &[Value]) -> Option<ReaderDifference> {
    if list.items.len() != values.len() {
        return Some(lengths(node, list.items.len(), values.len()));
    }
    list.items
        .iter()
        .zip(values)
        .find_map(|(item, value)| compare(item, value))
}

fn compare_entries(
    node: &Node,
    map: &Map,
    values: &serde_yaml::Mapping,
) -> Option<ReaderDifference> {
    if map.entries.len() != values.len() {
        return Some(lengths(node, map.entries.len(), values.len()));
    }
    map.entries
        .iter()
        .zip(values)
        .find_map(|(entry, (key, value))| {
            if text_of(key).is_some_and(|key| key == entry.key.value) {
                return compare(&entry.value, value);
            }
            let ours = entry.key.value.clone();
            Some(ReaderDifference {
                span: entry.key.span,
                ours,
                theirs: shown(key),
            })
        })
}

fn lengths(node: &Node, ours: usize, theirs: usize) -> ReaderDifference {
    let count = |n: usize| format!("{n} parts");
    ReaderDifference {
        span: node.head(),
        ours: count(ours),
        theirs: count(theirs),
    }
}

fn differ(node: &Node, value: &Value) -> ReaderDifference {
    let ours = node.as_text().unwrap_or(node.kind()).to_owned();
    ReaderDifference {
        span: node.head(),
        ours,
        theirs: shown(value),
    }
}

/// A text, a number or a flag as text.
fn text_of(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        Value::Number(number) => Some(Cow::Owned(number.to_string())),
        Value::Bool(flag) => Some(Cow::Borrowed(if *flag { "true" } else { "false" })),
        _ => None,
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Sequence(_) => "a list".to_owned(),
        Value::Mapping(_) => "keys with values".to_owned(),
        Value::Tagged(tagged) => format!("a tag {}", tagged.tag),
        other => text_of(other).unwrap_or_default().into_owned(),
    }
}

#[cfg(test)]
mod tests;
