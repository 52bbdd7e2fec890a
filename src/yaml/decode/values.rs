//! The basic types of values in files.

use std::ops::Deref;

use super::super::encoding::{flaw_of_prose, flaw_of_text};
use super::super::node::{Node, NodeContent, TextStyle};
use super::{Decode, DecodeContext};
use crate::finding::{Code, yaml};
use crate::text::{Span, Spanned};

/// A text of one line that is not empty, as it was written.
pub(crate) type Text = Spanned<String>;

/// A text that is not empty and may have several lines.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Prose(Text);

/// A plain `true` or `false`.
pub(crate) type Flag = Spanned<bool>;

/// One item, or a list of them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OneOrMany<T>(pub(crate) Vec<T>);

/// A map with keys that the author chooses, in the order of the file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct KeyedEntries<T>(pub(crate) Vec<(Text, T)>);

impl Decode for Text {
    fn decode(node: &Node, cx: &mut DecodeContext<'_>) -> Option<Self> {
        sound_text(node, flaw_of_text, cx)
    }

    fn example() -> String {
        "a text".to_owned()
    }
}

impl Decode for Prose {
    fn decode(node: &Node, cx: &mut DecodeContext<'_>) -> Option<Self> {
        sound_text(node, flaw_of_prose, cx).map(Self)
    }

    fn example() -> String {
        "a sentence".to_owned()
    }
}

impl Deref for Prose {
    type Target = Text;

    fn deref(&self) -> &Text {
        &self.0
    }
}

fn sound_text(
    node: &Node,
    flaw: fn(&str) -> Option<(&'static Code, String)>,
    cx: &mut DecodeContext<'_>,
) -> Option<Text> {
    let NodeContent::Scalar(scalar) = &node.content else {
        cx.expected(&yaml::EXPECTED_TEXT, node);
        return None;
    };
    if let Some((code, word)) = flaw(&scalar.text) {
        cx.report(code, node.span, &[&word]);
        return None;
    }
    Some(Text::new(scalar.text.clone(), node.span))
}

impl Decode for Flag {
    fn decode(node: &Node, cx: &mut DecodeContext<'_>) -> Option<Self> {
        let word = match &node.content {
            NodeContent::Scalar(scalar) if scalar.style == TextStyle::Plain => {
                Some(scalar.text.as_str())
            }
            _ => None,
        };
        match word {
            Some("true") => Some(Self::new(true, node.span)),
            Some("false") => Some(Self::new(false, node.span)),
            _ => {
                cx.expected(&yaml::EXPECTED_FLAG, node);
                None
            }
        }
    }

    fn example() -> String {
        "true".to_owned()
    }
}

impl<T: Decode> Decode for Option<T> {
    fn decode(node: &Node, cx: &mut DecodeContext<'_>) -> Option<Self> {
        T::decode(node, cx).map(Some)
    }

    fn decode_under(key: Span, node: &Node, cx: &mut DecodeContext<'_>) -> Option<Self> {
        T::decode_under(key, node, cx).map(Some)
    }

    fn missing(_: &'static str, _: Span, _: &mut DecodeContext<'_>) -> Option<Self> {
        Some(None)
    }

    fn is_needed() -> bool {
        false
    }
}

/// A value together with the place of its key.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct KeyedValue<T> {
    pub(crate) key: Span,
    pub(crate) value: T,
}

impl<T: Decode> Decode for KeyedValue<T> {
    fn decode(node: &Node, cx: &mut DecodeContext<'_>) -> Option<Self> {
        Self::decode_under(node.head(), node, cx)
    }

    fn decode_under(key: Span, node: &Node, cx: &mut DecodeContext<'_>) -> Option<Self> {
        T::decode(node, cx).map(|value| Self { key, value })
    }

    fn example() -> String {
        T::example()
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(node: &Node, cx: &mut DecodeContext<'_>) -> Option<Self> {
        T::decode(node, cx).map(Self::new)
    }

    fn missing(key: &'static str, parent: Span, cx: &mut DecodeContext<'_>) -> Option<Self> {
        T::missing(key, parent, cx).map(Self::new)
    }

    fn example() -> String {
        T::example()
    }

    fn is_needed() -> bool {
        T::is_needed()
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(node: &Node, cx: &mut DecodeContext<'_>) -> Option<Self> {
        match &node.content {
            NodeContent::List(list) => all(list.items.iter().map(|item| T::decode(item, cx))),
            _ => {
                cx.expected(&yaml::EXPECTED_LIST, node);
                None
            }
        }
    }

    fn example() -> String {
        format!("[{}]", T::example())
    }
}

impl<T: Decode> Decode for OneOrMany<T> {
    fn decode(node: &Node, cx: &mut DecodeContext<'_>) -> Option<Self> {
        match &node.content {
            NodeContent::List(_) => Vec::decode(node, cx).map(Self),
            _ => T::decode(node, cx).map(|one| Self(vec![one])),
        }
    }

    fn example() -> String {
        T::example()
    }
}

impl<T: Decode> Decode for KeyedEntries<T> {
    fn decode(node: &Node, cx: &mut DecodeContext<'_>) -> Option<Self> {
        let map = cx.map(node)?;
        let entries = map.entries.iter().map(|entry| {
            let value = T::decode(&entry.value, cx)?;
            Some((entry.key.clone(), value))
        });
        all(entries).map(Self)
    }

    fn example() -> String {
        format!("{{ id: {} }}", T::example())
    }
}

/// All items, or nothing if any item failed. It always visits every item, so that every mistake is reported.
fn all<T>(parts: impl Iterator<Item = Option<T>>) -> Option<Vec<T>> {
    let mut whole = Some(Vec::new());
    for part in parts {
        match (&mut whole, part) {
            (Some(done), Some(part)) => done.push(part),
            _ => whole = None,
        }
    }
    whole
}
