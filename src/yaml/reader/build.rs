//! Builds nodes from the inside out.

use hashbrown::HashMap;

use super::super::node::{List, Map, MapEntry, Node, NodeContent};
use super::super::spans;
use crate::text::{Span, Spanned};

/// The open collections and the finished nodes.
#[derive(Debug, Default)]
pub(super) struct NodeBuilder {
    open: Vec<OpenNode>,
    root: Option<Node>,
    /// Where the node, key or opening bracket before the current one ended.
    last_end: usize,
}

/// A list or map that is not closed yet.
#[derive(Debug)]
struct OpenNode {
    start: usize,
    /// `[` or `{` stands at `start`.
    bracket: bool,
    flow: bool,
    streamed: bool,
    end: usize,
    parts: OpenItems,
}

#[derive(Debug)]
enum OpenItems {
    List(Vec<Node>),
    Map(Vec<MapEntry>, Option<Spanned<String>>),
}

impl NodeBuilder {
    /// How many collections are open.
    pub(super) fn depth(&self) -> usize {
        self.open.len()
    }

    /// Where the last node, key or opening bracket ended.
    pub(super) fn last_end(&self) -> usize {
        self.last_end
    }

    /// The finished tree.
    pub(super) fn into_root(self) -> Option<Node> {
        self.root
    }

    /// Whether the next node belongs to an item of the streamed list.
    pub(super) fn is_in_streamed(&self) -> bool {
        self.open.get(1).is_some_and(|open| open.streamed)
    }

    /// Whether the next node is a key.
    pub(super) fn wants_key(&self) -> bool {
        matches!(
            self.open.last(),
            Some(OpenNode {
                parts: OpenItems::Map(_, None),
                ..
            })
        )
    }

    /// Opens a collection; `streamed` is the key of the root whose list is handed over item by item.
    pub(super) fn open(&mut self, text: &str, start: usize, list: bool, streamed: Option<&str>) {
        let start = if list {
            spans::of_dash(text, start, self.last_end)
        } else {
            start
        };
        let bracket = text
            .get(start..)
            .is_some_and(|rest| rest.starts_with(if list { '[' } else { '{' }));
        let flow = bracket || self.open.last().is_some_and(|open| open.flow);
        let streamed = list && self.open.len() == 1 && streamed.is_some() && self.key() == streamed;
        let parts = if list {
            OpenItems::List(Vec::new())
        } else {
            OpenItems::Map(Vec::new(), None)
        };
        self.last_end = start + usize::from(bracket);
        self.open.push(OpenNode {
            start,
            bracket,
            flow,
            streamed,
            end: self.last_end,
            parts,
        });
    }

    /// Closes the innermost collection; `at` is where the parser saw its end.
    pub(super) fn close(&mut self, text: &str, at: usize) -> Option<Node> {
        let open = self.open.pop()?;
        let closed = text
            .get(at..)
            .is_some_and(|rest| rest.starts_with([']', '}']));
        let end = if open.bracket && closed {
            at + 1
        } else {
            open.end
        };
        let content = match open.parts {
            OpenItems::List(items) => NodeContent::List(List {
                items,
                flow: open.flow,
            }),
            OpenItems::Map(entries, _) => NodeContent::Map(Map {
                entries,
                flow: open.flow,
            }),
        };
        Some(Node {
            span: Span::new(open.start, end.max(open.start)),
            content,
        })
    }

    /// Puts a node into its collection. Returns it if it is an item of the streamed list.
    pub(super) fn place(&mut self, node: Node) -> Option<Node> {
        self.last_end = self.last_end.max(node.span.end as usize);
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return None;
        };
        open.end = open.end.max(node.span.end as usize);
        match &mut open.parts {
            OpenItems::List(_) if open.streamed => return Some(node),
            OpenItems::List(items) => items.push(node),
            OpenItems::Map(entries, key) => match key.take() {
                None => *key = Some(as_key(node)),
                Some(key) => entries.push(MapEntry { key, value: node }),
            },
        }
        None
    }

    fn key(&self) -> Option<&str> {
        match self.open.last() {
            Some(OpenNode {
                parts: OpenItems::Map(_, Some(key)),
                ..
            }) => Some(&key.value),
            _ => None,
        }
    }
}

fn as_key(node: Node) -> Spanned<String> {
    let span = node.span;
    match node.content {
        NodeContent::Scalar(scalar) => Spanned::new(scalar.text, span),
        // It is refused already. Building goes on so that the rest is checked as well.
        _ => Spanned::new(String::new(), span),
    }
}

/// Duplicate keys, each with the first key of the same name.
pub(super) fn duplicates(entries: &[MapEntry]) -> Vec<(&Spanned<String>, &Spanned<String>)> {
    const FEW: usize = 12;
    let keys = entries
        .iter()
        .map(|entry| &entry.key)
        .filter(|key| !key.value.is_empty());
    if entries.len() <= FEW {
        let first = |key: &Spanned<String>| {
            entries
                .iter()
                .map(|e| &e.key)
                .find(|k| k.value == key.value)
        };
        return keys
            .filter_map(|key| first(key).map(|first| (first, key)))
            .filter(|(first, key)| !std::ptr::eq(*first, *key))
            .collect();
    }
    let mut seen: HashMap<&str, &Spanned<String>> = HashMap::with_capacity(entries.len());
    keys.filter_map(|key| {
        let first = *seen.entry(&key.value).or_insert(key);
        (!std::ptr::eq(first, key)).then_some((first, key))
    })
    .collect()
}
