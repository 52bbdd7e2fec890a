//! What a YAML text holds: a tree of nodes, each with its place.

use crate::text::{Span, Spanned};

/// A value together with its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    /// The bytes it covers: quotes, brackets and the `|` of a block text included, comments not.
    pub(crate) span: Span,
    /// Its content.
    pub(crate) content: NodeContent,
}

/// The kinds of value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum NodeContent {
    /// One text.
    Scalar(Scalar),
    /// Several values in order.
    List(List),
    /// Values by key, in the order of the file.
    Map(Map),
    /// A key or dash without a value, or a plain `~` or `null`.
    Empty,
}

/// A text as it was written, not yet a number, a flag or a name.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scalar {
    /// The text without quotes and escapes.
    pub(crate) text: String,
    /// How it was written.
    pub(crate) style: TextStyle,
}

/// The ways in which YAML writes a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TextStyle {
    /// `text`
    Plain,
    /// `'text'`
    SingleQuoted,
    /// `"text"`
    DoubleQuoted,
    /// `|`, line by line.
    Literal,
    /// `>`, lines joined.
    Folded,
}

/// The items of a list.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct List {
    /// In the order of the file.
    pub(crate) items: Vec<Node>,
    /// Whether it is written `[a, b]` rather than with dashes.
    pub(crate) flow: bool,
}

/// The entries of a map.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Map {
    /// In the order of the file.
    pub(crate) entries: Vec<MapEntry>,
    /// Whether it is written `{a: b}` rather than line by line.
    pub(crate) flow: bool,
}

/// A key with its value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MapEntry {
    /// The key, without quotes.
    pub(crate) key: Spanned<String>,
    /// Its value.
    pub(crate) value: Node,
}

impl Node {
    /// The text of a scalar.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.content {
            NodeContent::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// The value under a key of a map.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match &self.content {
            NodeContent::Map(map) => map.get(key).map(|entry| &entry.value),
            _ => None,
        }
    }

    /// The span that messages point at: the first key or item of a collection.
    pub(crate) fn head(&self) -> Span {
        match &self.content {
            NodeContent::Map(map) => map
                .entries
                .first()
                .map_or(self.span, |entry| entry.key.span),
            NodeContent::List(list) => list.items.first().map_or(self.span, Self::head),
            NodeContent::Scalar(_) | NodeContent::Empty => self.span,
        }
    }

    /// The kind of node, in words for a message.
    pub(crate) fn kind(&self) -> &'static str {
        match &self.content {
            NodeContent::Scalar(_) => "a text",
            NodeContent::List(_) => "a list",
            NodeContent::Map(_) => "keys with values",
            NodeContent::Empty => "nothing",
        }
    }
}

impl Map {
    /// The entry with this key.
    pub(crate) fn get(&self, key: &str) -> Option<&MapEntry> {
        self.entries.iter().find(|entry| entry.key.value == key)
    }
}
