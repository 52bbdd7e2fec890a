//! Builds nodes from the pieces of the quick reader: the same nodes and places as from the close reader.

use std::borrow::Cow;

use super::super::node::{List, Map, MapEntry, Node, NodeContent, Scalar, TextStyle};
use super::{OpenLayout, Piece, QuickReader};
use crate::text::{Span, Spanned};

/// Room for the keys of a usual map.
const MOST_KEYS: usize = 64;

impl QuickReader<'_> {
    /// The next whole value. Returns `None` if the reader gives up, if there is no value, or if it has too many pieces.
    pub(crate) fn node(&mut self, mut pieces: usize) -> Option<Node> {
        let piece = self.next()?;
        self.node_of(piece, &mut pieces)
    }

    fn node_of(&mut self, piece: Piece<'_>, left: &mut usize) -> Option<Node> {
        *left = left.checked_sub(1)?;
        match piece {
            Piece::Text(text, is_plain) => Some(self.scalar_node(text, is_plain)),
            Piece::MapStart => self.map_node(left),
            Piece::ListStart => self.list_node(left),
            Piece::End => None,
        }
    }

    fn scalar_node(&self, text: Cow<'_, str>, is_plain: bool) -> Node {
        let span = self.span();
        let style = match self.text.as_bytes().get(self.last.start) {
            _ if is_plain => TextStyle::Plain,
            Some(b'\'') => TextStyle::SingleQuoted,
            _ => TextStyle::DoubleQuoted,
        };
        let text = text.into_owned();
        Node {
            span,
            content: NodeContent::Scalar(Scalar { text, style }),
        }
    }

    fn map_node(&mut self, left: &mut usize) -> Option<Node> {
        let (start, flow) = self.opened()?;
        let mut entries = Vec::new();
        loop {
            let key = match self.next()? {
                Piece::Text(key, _) => Spanned::new(key.into_owned(), self.span()),
                Piece::End => break,
                Piece::MapStart | Piece::ListStart => return None,
            };
            // Maps of usual files are short. The close reader reports a duplicate key.
            let is_new = entries
                .iter()
                .all(|entry: &MapEntry| entry.key.value != key.value);
            if entries.len() > MOST_KEYS || !is_new {
                return None;
            }
            let piece = self.next()?;
            let value = self.node_of(piece, left)?;
            *left = left.checked_sub(1)?;
            entries.push(MapEntry { key, value });
        }
        let last = entries.last().map(|entry| entry.value.span.end);
        let span = self.closed(start, flow, last);
        let content = NodeContent::Map(Map { entries, flow });
        Some(Node { span, content })
    }

    fn list_node(&mut self, left: &mut usize) -> Option<Node> {
        let (start, flow) = self.opened()?;
        let mut items = Vec::new();
        loop {
            match self.next()? {
                Piece::End => break,
                piece => items.push(self.node_of(piece, left)?),
            }
        }
        let last = items.last().map(|item: &Node| item.span.end);
        let span = self.closed(start, flow, last);
        let content = NodeContent::List(List { items, flow });
        Some(Node { span, content })
    }

    /// Where the list or map starts that was just opened, and whether it is in brackets.
    fn opened(&self) -> Option<(usize, bool)> {
        match self.open.last()? {
            OpenLayout::Block(_) | OpenLayout::Dashes(_) => Some((self.at, false)),
            OpenLayout::Braces | OpenLayout::Brackets => Some((self.at.checked_sub(1)?, true)),
        }
    }

    /// The bytes of the list or map that was just closed: in lines up to the end of its last part, in brackets with both brackets.
    fn closed(&self, start: usize, flow: bool, last: Option<u32>) -> Span {
        let end = match last {
            Some(end) if !flow => end as usize,
            _ => self.last.end,
        };
        Span::new(start, end)
    }

    /// The bytes of the latest text.
    pub(crate) fn span(&self) -> Span {
        Span::new(self.last.start, self.last.end)
    }
}
