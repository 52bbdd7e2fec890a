//! Edits of a text by span. Everything outside the spans stays byte for byte.

mod entry;
mod flow;
mod items;
mod lines;
mod remove;
mod scalar;

use crate::text::Span;

pub(crate) use entry::set_entry;
#[cfg(test)]
pub(crate) use items::set_items;
pub(crate) use items::set_list_entry;
pub(crate) use lines::ending as line_ending;
#[cfg(feature = "testing")]
pub(crate) use lines::indent;
pub(crate) use remove::remove_entry;
#[cfg(feature = "testing")]
pub(crate) use remove::remove_item;
pub(in crate::yaml) use scalar::needs_escapes;
pub(crate) use scalar::write_scalar;

/// Replaces a range of bytes by another text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TextEdit {
    /// The bytes to remove; empty if the edit only adds text.
    pub(crate) span: Span,
    /// The new text.
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

/// The text with all edits made. Returns `None` if edits overlap or lie outside the text.
pub(crate) fn apply(text: &str, edits: Vec<TextEdit>) -> Option<String> {
    Some(pieces(text, &sorted(edits))?.concat())
}

/// Edits sorted by place. Insertions at one place keep their order and come before a replacement at that place.
pub(crate) fn sorted(mut edits: Vec<TextEdit>) -> Vec<TextEdit> {
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    edits
}

/// The pieces of a text after sorted edits: parts of the old text with the new texts between them. Returns `None` if edits
/// overlap or lie outside the text.
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
