//! Edits that remove one item from a list or one entry from a map.

use super::super::node::{MapEntry, Node, NodeContent};
#[cfg(feature = "testing")]
use super::flow::ItemPlan;
use super::{TextEdit, lines};
#[cfg(feature = "testing")]
use super::{flow, items};
use crate::text::Source;

/// Edits that remove one item from a list with other items.
#[cfg(feature = "testing")]
pub(crate) fn remove_item(source: &Source, list: &Node, number: usize) -> Vec<TextEdit> {
    let NodeContent::List(known) = &list.content else {
        return Vec::new();
    };
    let plan = ItemPlan {
        stays: (0..known.items.len()).map(|at| at != number).collect(),
        added: Vec::new(),
    };
    if known.flow {
        flow::change(source, list, known, &plan)
    } else {
        items::change_block(source.text(), list, known, &plan)
    }
}

/// Edits that remove one entry from a map with other entries.
pub(crate) fn remove_entry(source: &Source, map: &Node, key: &str) -> Vec<TextEdit> {
    let NodeContent::Map(known) = &map.content else {
        return Vec::new();
    };
    let entries = &known.entries;
    let Some(at) = entries.iter().position(|entry| entry.key.value == key) else {
        return Vec::new();
    };
    let before = at.checked_sub(1).and_then(|before| entries.get(before));
    let after = entries.get(at + 1);
    let gone = entries.get(at).into_iter();
    gone.filter_map(|entry| removal(source.text(), known.flow, before, entry, after))
        .collect()
}

fn removal(
    text: &str,
    flow: bool,
    before: Option<&MapEntry>,
    entry: &MapEntry,
    after: Option<&MapEntry>,
) -> Option<TextEdit> {
    let start = entry.key.span.start as usize;
    let end = end_of(entry);
    if !flow && lines::is_first(text, start) {
        return Some(TextEdit::remove(
            lines::start(text, start),
            lines::next(text, end),
        ));
    }
    match (before, after) {
        (_, Some(after)) => Some(TextEdit::remove(start, after.key.span.start as usize)),
        (Some(before), None) => Some(TextEdit::remove(end_of(before), end)),
        (None, None) => None,
    }
}

fn end_of(entry: &MapEntry) -> usize {
    entry.value.span.end.max(entry.key.span.end) as usize
}

#[cfg(test)]
mod tests;
