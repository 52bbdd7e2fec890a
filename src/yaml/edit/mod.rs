//! Edits of a text by span: everything else stays byte for byte.

mod entry;
mod flow;
mod items;
mod lines;
#[cfg(feature = "testing")]
mod remove;
mod scalar;

use crate::text::Span;

pub(crate) use entry::{set_entry, set_list_entry};
#[cfg(test)]
pub(crate) use items::set_items;
pub(crate) use lines::ending as line_ending;
#[cfg(feature = "testing")]
pub(crate) use lines::indent;
#[cfg(feature = "testing")]
pub(crate) use remove::{remove_entry, remove_item};
pub(in crate::yaml) use scalar::needs_escapes;
pub(crate) use scalar::write_scalar;

/// Another text for a range of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TextEdit {
    /// What goes; empty where something is only added.
    pub(crate) span: Span,
    /// What comes instead.
    pub(crate) text: String,
}

impl TextEdit {
    pub(crate) fn insert(at: usize, text: impl Into<String>) -> Self {
        Self {
            span: Span::new(at, at),
            text: text.into(),
        }
    }

    fn remove(start: usize, end: usize) -> Self {
        Self {
            span: Span::new(start, end),
            text: String::new(),
        }
    }

    pub(crate) fn replace(span: Span, text: impl Into<String>) -> Self {
        Self {
            span,
            text: text.into(),
        }
    }
}

/// The text with all edits made; none where they overlap or fall outside of it.
pub(crate) fn apply(text: &str, edits: Vec<TextEdit>) -> Option<String> {
    Some(pieces(text, &sorted(edits))?.concat())
}

/// Edits in the order of their text. Insertions at one place stay in their order, before what is replaced there.
pub(crate) fn sorted(mut edits: Vec<TextEdit>) -> Vec<TextEdit> {
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    edits
}

/// The pieces of a text after sorted edits: parts of the old one, and between them what is new. None where edits overlap or fall
/// outside of it.
pub(crate) fn pieces<'t>(text: &'t str, edits: &'t [TextEdit]) -> Option<Vec<&'t str>> {
    let mut pieces = Vec::with_capacity(2 * edits.len() + 1);
    let mut done = 0;
    for edit in edits {
        text.get(edit.span.start as usize..edit.span.end as usize)?;
        pieces.extend([text.get(done..edit.span.start as usize)?, &edit.text]);
        done = edit.span.end as usize;
    }
    pieces.push(text.get(done..)?);
    Some(pieces)
}

#[cfg(test)]
mod tests;
