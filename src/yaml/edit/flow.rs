//! Lists in brackets.

use super::super::node::{List, Node};
use super::super::spans::skip_blank;
use super::items::Plan;
use super::{Edit, lines, write_scalar};
use crate::text::Source;

/// A list in brackets.
pub(super) fn written(items: &[&str]) -> String {
    format!("[{}]", joined(items))
}

fn joined(items: &[&str]) -> String {
    let items: Vec<String> = items.iter().map(|item| write_scalar(item)).collect();
    items.join(", ")
}

/// Edits of a list in brackets that does not end up empty.
pub(super) fn change(source: &Source, node: &Node, list: &List, plan: &Plan<'_>) -> Vec<Edit> {
    let text = source.text();
    let mut edits: Vec<Edit> = added(node, list, plan).into_iter().collect();
    let gone = list.items.iter().zip(&plan.stays).filter(|(_, stays)| !**stays);
    edits.extend(gone.map(|(item, _)| removal(text, item)));
    edits.extend(loose_comma(text, list, plan));
    edits
}

fn added(node: &Node, list: &List, plan: &Plan<'_>) -> Option<Edit> {
    if plan.added.is_empty() {
        return None;
    }
    let items = joined(&plan.added);
    Some(match last_kept(list, plan) {
        Some(last) => Edit::insert(last.span.end as usize, format!(", {items}")),
        None => Edit::insert(node.span.start as usize + 1, items),
    })
}

fn last_kept<'n>(list: &'n List, plan: &Plan<'_>) -> Option<&'n Node> {
    let kept = list.items.iter().zip(&plan.stays).filter(|(_, stays)| **stays);
    kept.last().map(|(item, _)| item)
}

/// An item goes with the comma after it and the blanks up to the next; alone on its line, with the line.
fn removal(text: &str, item: &Node) -> Edit {
    let start = item.span.start as usize;
    let end = after_comma(text, item).unwrap_or(item.span.end as usize);
    if lines::is_first(text, start) && lines::is_last(text, end) {
        return Edit::remove(lines::start(text, start), lines::next(text, end));
    }
    let rest = text.get(end..).unwrap_or_default();
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    // A comment keeps the blank that makes it one.
    let ends_line = lines::is_last(text, end);
    Edit::remove(start, if ends_line { end } else { end + blanks })
}

fn after_comma(text: &str, item: &Node) -> Option<usize> {
    let at = skip_blank(text, item.span.end as usize);
    text.get(at..)?.starts_with(',').then_some(at + 1)
}

/// When the last items go and none had a comma after it, the comma before them goes too.
fn loose_comma(text: &str, list: &List, plan: &Plan<'_>) -> Option<Edit> {
    let last = list.items.last()?;
    let kept = last_kept(list, plan)?;
    if std::ptr::eq(kept, last) || after_comma(text, last).is_some() {
        return None;
    }
    let end = after_comma(text, kept)?;
    let rest = text.get(end..).unwrap_or_default();
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let ends_line = lines::is_last(text, end);
    Some(Edit::remove(end - 1, if ends_line { end } else { end + blanks }))
}
