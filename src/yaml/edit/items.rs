//! Edits of lists: kept items are untouched, other items are removed with their line or comma, new items are added last.

use super::super::node::{List, Node, NodeContent};
use super::flow::ItemPlan;
use super::scalar::write_key_into;
use super::{TextEdit, entry, flow, lines, write_scalar};
use crate::text::Source;

/// Edits that give a map a list under a key.
pub(crate) fn set_list_entry(
    source: &Source,
    map: &Node,
    key: &str,
    items: &[&str],
) -> Vec<TextEdit> {
    match map.get(key) {
        Some(known) => set_items(source, known, items),
        None => entry::add(
            source,
            map,
            &format!(
                "{}: {}",
                write_key_into(source, key),
                flow::written(source, items)
            ),
        ),
    }
}

/// Edits after which a value is a list of exactly these items.
pub(crate) fn set_items(source: &Source, list: &Node, items: &[&str]) -> Vec<TextEdit> {
    match &list.content {
        NodeContent::List(known) => change(source, list, known, items),
        _ if is_only(list, items) => Vec::new(),
        _ => entry::replace(source, list, &flow::written(source, items)),
    }
}

/// Whether a single text, written without a list, is the only item wanted.
fn is_only(node: &Node, items: &[&str]) -> bool {
    matches!((node.as_text(), items), (Some(text), [item]) if text == *item)
}

fn change(source: &Source, node: &Node, list: &List, items: &[&str]) -> Vec<TextEdit> {
    let plan = ItemPlan::new(list, items);
    if !plan.changes() {
        return Vec::new();
    }
    match (items, list.flow) {
        ([], true) => entry::replace(source, node, "[]"),
        ([], false) => empty_block(source, node, list, &plan),
        (_, true) => flow::change(source, node, list, &plan),
        (_, false) => change_block(source.text(), node, list, &plan),
    }
}

pub(super) fn change_block(
    text: &str,
    node: &Node,
    list: &List,
    plan: &ItemPlan<'_>,
) -> Vec<TextEdit> {
    let starts = dashes(text, node, list);
    let mut edits = Vec::new();
    for (n, (item, stays)) in list.items.iter().zip(&plan.stays).enumerate() {
        let Some(&dash) = starts.get(n).filter(|_| !stays) else {
            continue;
        };
        let end = item.span.end as usize;
        edits.push(match starts.get(n + 1) {
            // The first dash of a list may be on the same line as the item or key that holds the list.
            Some(&next) if !lines::is_first(text, dash) => TextEdit::remove(dash, next),
            _ if !lines::is_first(text, dash) => TextEdit::remove(dash, end),
            _ => TextEdit::remove(lines::start(text, dash), lines::next(text, end)),
        });
    }
    edits.extend(append_block(text, node, list, plan));
    edits
}

/// Removes all items, keeps the comments between them, and writes `[]` behind the colon.
fn empty_block(source: &Source, node: &Node, list: &List, plan: &ItemPlan<'_>) -> Vec<TextEdit> {
    let Some(colon) = entry::colon_of_block(source.text(), node) else {
        return entry::replace(source, node, "[]");
    };
    let mut edits = change_block(source.text(), node, list, plan);
    edits.push(TextEdit::insert(colon, " []"));
    edits
}

/// The offsets of the dashes. The dash of an item is the nearest one before it, with only blanks and comments in between.
fn dashes(text: &str, node: &Node, list: &List) -> Vec<usize> {
    let mut from = node.span.start as usize;
    let mut found = Vec::with_capacity(list.items.len());
    for item in &list.items {
        found.push(super::super::spans::skip_blank(text, from));
        from = item.span.end as usize;
    }
    found
}

fn append_block(text: &str, node: &Node, list: &List, plan: &ItemPlan<'_>) -> Option<TextEdit> {
    if plan.added.is_empty() {
        return None;
    }
    let last = list.items.last()?;
    let indent = lines::indent(text, node.span.start as usize);
    let ending = lines::ending(text);
    let at = lines::next(text, last.span.end as usize);
    let added: Vec<String> = plan
        .added
        .iter()
        .map(|item| format!("{indent}- {}", write_scalar(item)))
        .collect();
    let added = added.join(ending);
    let is_last_line_open = !text.get(..at).unwrap_or_default().ends_with('\n');
    let is_last_gone = plan.stays.last() == Some(&false);
    Some(match (is_last_line_open, is_last_gone) {
        (false, _) => TextEdit::insert(at, added + ending),
        (true, false) => TextEdit::insert(at, format!("{ending}{added}")),
        (true, true) => TextEdit::insert(at, added),
    })
}
