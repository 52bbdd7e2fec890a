//! Lists in brackets.

use std::collections::BTreeSet;

use super::super::node::{List, Node, NodeContent};
use super::super::spans::skip_blank;
use super::scalar::write_into;
use super::{TextEdit, lines};
use crate::text::Source;

/// Which items stay, by position, and which items are new.
pub(super) struct ItemPlan<'a> {
    pub(super) stays: Vec<bool>,
    pub(super) added: Vec<&'a str>,
}

impl<'a> ItemPlan<'a> {
    pub(super) fn new(list: &List, items: &[&'a str]) -> Self {
        let mut added = items.to_vec();
        let stays = list
            .items
            .iter()
            .map(|item| {
                let wanted = added.iter().position(|wanted| is_item(item, wanted));
                wanted.map(|at| added.remove(at)).is_some()
            })
            .collect();
        Self { stays, added }
    }

    pub(super) fn changes(&self) -> bool {
        !self.added.is_empty() || self.stays.iter().any(|stays| !stays)
    }
}

/// Whether an item is a text, or a map that would be written so in braces, with its keys in their order.
fn is_item(item: &Node, wanted: &str) -> bool {
    let NodeContent::Map(map) = &item.content else {
        return item.as_text() == Some(wanted);
    };
    let texts = map.entries.iter().map(|entry| {
        let value = entry.value.as_text()?;
        Some(format!("{}: {value}", entry.key.value))
    });
    let texts: Option<BTreeSet<String>> = texts.collect();
    let texts: Vec<String> = texts.into_iter().flatten().collect();
    format!("{{ {} }}", texts.join(", ")) == wanted
}

/// A list in brackets.
pub(super) fn written(source: &Source, items: &[&str]) -> String {
    format!("[{}]", joined(source, items))
}

fn joined(source: &Source, items: &[&str]) -> String {
    let written: Vec<String> = items.iter().map(|item| write_into(source, item)).collect();
    written.join(", ")
}

/// Edits of a list in brackets that does not end up empty.
pub(super) fn change(
    source: &Source,
    node: &Node,
    list: &List,
    plan: &ItemPlan<'_>,
) -> Vec<TextEdit> {
    let text = source.text();
    let mut edits: Vec<TextEdit> = added(source, node, list, plan).into_iter().collect();
    let gone = list
        .items
        .iter()
        .zip(&plan.stays)
        .filter(|(_, stays)| !**stays);
    edits.extend(gone.map(|(item, _)| removal(text, item)));
    edits.extend(loose_comma(text, list, plan));
    edits
}

fn added(source: &Source, node: &Node, list: &List, plan: &ItemPlan<'_>) -> Option<TextEdit> {
    if plan.added.is_empty() {
        return None;
    }
    let items = joined(source, &plan.added);
    Some(match last_kept(list, plan) {
        Some(last) => TextEdit::insert(last.span.end as usize, format!(", {items}")),
        None => TextEdit::insert(node.span.start as usize + 1, items),
    })
}

fn last_kept<'n>(list: &'n List, plan: &ItemPlan<'_>) -> Option<&'n Node> {
    let mut kept = list
        .items
        .iter()
        .zip(&plan.stays)
        .filter(|(_, stays)| **stays);
    kept.next_back().map(|(item, _)| item)
}

/// Removes an item with its comma and the blanks up to the next item. If the item is alone on its line, the line goes.
fn removal(text: &str, item: &Node) -> TextEdit {
    let start = item.span.start as usize;
    let comma = after_comma(text, item);
    let end = comma.unwrap_or(item.span.end as usize);
    if lines::is_first(text, start) && lines::is_last(text, end) {
        return TextEdit::remove(lines::start(text, start), lines::next(text, end));
    }
    TextEdit::remove(start, comma.map_or(end, |comma| before_next(text, comma)))
}

/// The offset of the text after a comma. A comment keeps the blank before its `#`, without which it is no comment.
fn before_next(text: &str, comma: usize) -> usize {
    if lines::is_last(text, comma) {
        return comma;
    }
    let rest = text.get(comma..).unwrap_or_default();
    comma + rest.len() - rest.trim_start_matches([' ', '\t']).len()
}

fn after_comma(text: &str, item: &Node) -> Option<usize> {
    let at = skip_blank(text, item.span.end as usize);
    text.get(at..)?.starts_with(',').then_some(at + 1)
}

/// If the last items are removed and no comma followed them, the comma before them is removed too.
fn loose_comma(text: &str, list: &List, plan: &ItemPlan<'_>) -> Option<TextEdit> {
    let last = list.items.last()?;
    let kept = last_kept(list, plan)?;
    if std::ptr::eq(kept, last) || after_comma(text, last).is_some() {
        return None;
    }
    let comma = after_comma(text, kept)?;
    Some(TextEdit::remove(comma - 1, before_next(text, comma)))
}
