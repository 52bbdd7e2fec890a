//! Edits of a text by span: everything else stays byte for byte.

mod entry;
mod flow;
mod items;
mod lines;
mod remove;
mod scalar;

use crate::text::Span;

pub(crate) use entry::{set_entry, set_list_entry};
#[cfg(test)]
pub(crate) use items::set_items;
pub(crate) use lines::indent;
pub(crate) use remove::{remove_entry, remove_item};
pub(in crate::yaml) use scalar::needs_escapes;
pub(crate) use scalar::write_scalar;

/// Another text for a range of bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    /// What goes; empty where something is only added.
    pub(crate) span: Span,
    /// What comes instead.
    pub(crate) text: String,
}

impl Edit {
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
pub(crate) fn apply(text: &str, mut edits: Vec<Edit>) -> Option<String> {
    // The sort is stable: insertions at one place stay in their order, before what is replaced there.
    edits.sort_by_key(|edit| (edit.span.start, edit.span.end));
    let mut edited = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        edited.push_str(text.get(done..edit.span.start as usize)?);
        text.get(edit.span.start as usize..edit.span.end as usize)?;
        edited.push_str(&edit.text);
        done = edit.span.end as usize;
    }
    edited.push_str(text.get(done..)?);
    Some(edited)
}

#[cfg(test)]
mod tests;
