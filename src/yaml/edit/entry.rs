//! Edits of maps: replace one value in place, or add one entry after the last.

use super::super::node::{Map, Node, NodeContent};
use super::scalar::{write_into, write_key_into};
use super::{TextEdit, lines};
use crate::text::Source;

/// Edits that give a map a text under a key.
pub(crate) fn set_entry(source: &Source, map: &Node, key: &str, value: &str) -> Vec<TextEdit> {
    match map.get(key) {
        Some(known) if known.as_text() == Some(value) => Vec::new(),
        Some(known) => replace(source, known, &write_into(source, value)),
        None => add(
            source,
            map,
            &format!(
                "{}: {}",
                write_key_into(source, key),
                write_into(source, value)
            ),
        ),
    }
}

/// Edits that replace one value by another.
pub(super) fn replace(source: &Source, node: &Node, value: &str) -> Vec<TextEdit> {
    let text = source.text();
    let (start, end) = (node.span.start as usize, node.span.end as usize);
    if node.content == NodeContent::Empty && start == end {
        return vec![fill(text, start, value)];
    }
    match colon_of_block(text, node) {
        // On a line of its own the value might not be indented far enough, so it goes behind the colon.
        Some(colon) => vec![
            TextEdit::insert(colon, format!(" {value}")),
            TextEdit::remove(lines::start(text, start), lines::next(text, end)),
        ],
        None => vec![TextEdit::replace(node.span, value)],
    }
}

/// Adds a value to a key or dash that has none.
fn fill(text: &str, at: usize, value: &str) -> TextEdit {
    let before = text.get(..at).unwrap_or_default();
    let after = text.get(at..).unwrap_or_default();
    let lead = if before.ends_with([':', '-']) {
        " "
    } else {
        ": "
    };
    let tail = if after.is_empty() || after.starts_with([' ', '\t', '\n', '\r', ',', ']', '}']) {
        ""
    } else {
        " "
    };
    TextEdit::insert(at, format!("{lead}{value}{tail}"))
}

/// A list or map may start on the line below its key. This is the offset after the colon of that key.
pub(super) fn colon_of_block(text: &str, node: &Node) -> Option<usize> {
    let start = node.span.start as usize;
    let is_block = match &node.content {
        NodeContent::List(list) => !list.flow,
        NodeContent::Map(map) => !map.flow,
        _ => false,
    };
    let stands_alone = is_block && lines::is_first(text, start);
    colon_above(text, start).filter(|_| stands_alone)
}

/// Goes up past blank lines and comments to the first line that ends with a colon.
fn colon_above(text: &str, at: usize) -> Option<usize> {
    let mut line_start = lines::start(text, at);
    while line_start > 0 {
        line_start = lines::start(text, line_start - 1);
        if lines::is_last(text, line_start) {
            continue;
        }
        let line = text.get(line_start..lines::next(text, line_start))?;
        let colons = line
            .match_indices(':')
            .map(|(colon, _)| line_start + colon + 1);
        let mut ends = colons.filter(|&after| lines::is_last(text, after));
        return ends.next();
    }
    None
}

pub(super) fn add(source: &Source, map: &Node, entry: &str) -> Vec<TextEdit> {
    match &map.content {
        NodeContent::Empty => replace(source, map, &format!("{{{entry}}}")),
        NodeContent::Map(known) if known.flow => add_flow(source, map, known, entry),
        NodeContent::Map(known) => add_block(source.text(), map, known, entry)
            .into_iter()
            .collect(),
        NodeContent::Scalar(_) | NodeContent::List(_) => Vec::new(),
    }
}

fn add_flow(source: &Source, map: &Node, known: &Map, entry: &str) -> Vec<TextEdit> {
    if !source.slice(map.span).starts_with('{') {
        // `[a: b]` holds a map that cannot take another entry.
        return vec![TextEdit::replace(
            map.span,
            format!("{{{}, {entry}}}", source.slice(map.span)),
        )];
    }
    let edit = match known.entries.last() {
        None => TextEdit::insert(map.span.start as usize + 1, entry),
        Some(last) => TextEdit::insert(last.value.span.end as usize, format!(", {entry}")),
    };
    vec![edit]
}

fn add_block(text: &str, map: &Node, known: &Map, entry: &str) -> Option<TextEdit> {
    let first = known.entries.first()?;
    let last = known.entries.last()?;
    let indent = lines::indent(text, first.key.span.start as usize);
    let end = (last.value.span.end)
        .max(last.key.span.end)
        .max(map.span.end) as usize;
    let at = lines::next(text, end);
    let ending = lines::ending(text);
    Some(
        if text.get(..at).is_some_and(|before| before.ends_with('\n')) {
            TextEdit::insert(at, format!("{indent}{entry}{ending}"))
        } else {
            TextEdit::insert(at, format!("{ending}{indent}{entry}"))
        },
    )
}
