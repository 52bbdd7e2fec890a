//! Where a rule file can be changed one small step at a time.
//!
//! The file was read and linked before, so its shape is valid. A missing entry has no drafts.

mod changes;
mod clause;
mod condition;
mod declared;

use super::draft::MutantDrafts;
use super::operator::Operator;
use crate::text::Span;
use crate::yaml::{MapEntry, Node, NodeContent, remove_entry, remove_item};

/// The text for nothing in the line of a draft.
pub(super) const GONE: &str = "nothing";

/// The names of a product, which can replace each other.
pub(super) struct DeclaredNames {
    pub(super) roles: Vec<String>,
    /// Settings with their values.
    pub(super) settings: Vec<(String, Vec<String>)>,
    pub(super) changes: Vec<String>,
    /// The values of every input that is not a flag.
    pub(super) words: Vec<Vec<String>>,
}

impl DeclaredNames {
    /// Ids of the settings.
    fn setting_ids(&self) -> Vec<String> {
        self.settings.iter().map(|(id, _)| id.clone()).collect()
    }

    /// The values of a setting.
    fn values(&self, setting: &Node) -> &[String] {
        let mut settings = self.settings.iter();
        let known = settings.find(|(id, _)| setting.as_text() == Some(id));
        known.map_or(&[], |(_, values)| values)
    }

    /// The replacements for a value in a script: the other values of every input that has it.
    pub(super) fn others(&self, word: &str) -> Vec<String> {
        let with = self
            .words
            .iter()
            .filter(|words| words.iter().any(|known| known == word));
        let mut others: Vec<String> = Vec::new();
        for other in with.flatten().filter(|other| *other != word) {
            if !others.contains(other) {
                others.push(other.clone());
            }
        }
        others
    }
}

/// Writes the drafts of one rule file.
pub(super) struct DraftWriter<'d, 's> {
    pub(super) drafts: &'d mut MutantDrafts<'s>,
    pub(super) known: &'d DeclaredNames,
}

impl DraftWriter<'_, '_> {
    /// Writes the drafts of a whole file, except its conflicts and properties: they decide nothing.
    pub(super) fn file(&mut self, file: &Node) {
        self.declared(file);
        for (_, refusal) in entries(file.get("refusals")) {
            self.refusal(refusal);
        }
        for group in items(file.get("actions")) {
            self.group(group);
        }
        self.changes(file);
    }

    /// Removes an entry.
    fn entry_dropped(&mut self, operator: Operator, map: &Node, key: &str) {
        if let Some(entry) = entry(map, key) {
            let span = entry.key.span.to(entry.value.span);
            let edits = remove_entry(self.drafts.source, map, key);
            self.drafts.add(operator, span, GONE, edits);
        }
    }

    /// Removes each item of a list, or the whole entry if it has only one.
    fn items_dropped(&mut self, operator: Operator, map: &Node, key: &str) {
        match map.get(key) {
            Some(list) if items(Some(list)).len() > 1 => {
                self.each_dropped(operator, list, |item| Some(item.span));
            }
            Some(_) => self.entry_dropped(operator, map, key),
            None => {}
        }
    }

    /// Removes the items of a list, each alone, but not the only one. `shown` is what the report shows of an item. Without
    /// it, the item stays.
    fn each_dropped(
        &mut self,
        operator: Operator,
        list: &Node,
        shown: impl Fn(&Node) -> Option<Span>,
    ) {
        let all = items(Some(list));
        for (number, item) in all.iter().enumerate().filter(|_| all.len() > 1) {
            if let Some(span) = shown(item) {
                let edits = remove_item(self.drafts.source, list, number);
                self.drafts.add(operator, span, GONE, edits);
            }
        }
    }

    /// Replaces a text by each of these that differs.
    fn swapped<'o>(
        &mut self,
        operator: Operator,
        node: &Node,
        others: impl IntoIterator<Item = &'o str>,
    ) {
        let Some(text) = node.as_text() else { return };
        for other in others.into_iter().filter(|other| *other != text) {
            self.drafts.replace(operator, node.span, other);
        }
    }

    /// Flips a flag.
    fn flipped(&mut self, operator: Operator, node: Option<&Node>) {
        if let Some(node) = node {
            let other = match node.as_text() {
                Some("true") => "false",
                Some("false") => "true",
                _ => return,
            };
            self.drafts.replace(operator, node.span, other);
        }
    }
}

/// The items of a list; a single value stands for a list of one.
pub(super) fn items(node: Option<&Node>) -> &[Node] {
    match node.map(|node| (&node.content, node)) {
        Some((NodeContent::List(list), _)) => &list.items,
        Some((_, node)) => std::slice::from_ref(node),
        None => &[],
    }
}

/// The keys of a map with their values.
pub(super) fn entries(node: Option<&Node>) -> impl Iterator<Item = (&str, &Node)> {
    let map = node.and_then(|node| match &node.content {
        NodeContent::Map(map) => Some(map),
        _ => None,
    });
    let entries = map.into_iter().flat_map(|map| &map.entries);
    entries.map(|entry| (entry.key.value.as_str(), &entry.value))
}

/// The texts of a list.
pub(super) fn texts(node: Option<&Node>) -> Vec<String> {
    let texts = items(node).iter().filter_map(Node::as_text);
    texts.map(str::to_owned).collect()
}

fn entry<'n>(map: &'n Node, key: &str) -> Option<&'n MapEntry> {
    match &map.content {
        NodeContent::Map(map) => map.get(key),
        _ => None,
    }
}

fn is_flow(map: &Node) -> bool {
    matches!(&map.content, NodeContent::Map(map) if map.flow)
}

/// The empty range before a position.
fn before(span: Span) -> usize {
    span.start as usize
}
