//! A text with ids in it, which Markdown shows as code.

use std::fmt::{self, Display};

/// A text in parts, some of which are ids.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::render) struct Phrase(Vec<PhrasePart>);

/// A part of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::render) struct PhrasePart {
    pub(in crate::render) text: String,
    pub(in crate::render) is_id: bool,
}

impl Phrase {
    /// A phrase that is an id.
    pub(super) fn of_id(id: impl Display) -> Self {
        Self::default().id(id)
    }

    /// Adds an id.
    pub(super) fn id(self, id: impl Display) -> Self {
        self.with(id, true)
    }

    /// Adds ids with commas between them.
    pub(super) fn ids<T: Display>(self, ids: impl IntoIterator<Item = T>) -> Self {
        let ids = ids.into_iter().enumerate();
        ids.fold(self, |phrase, (number, id)| match number {
            0 => phrase.id(id),
            _ => phrase.text(", ").id(id),
        })
    }

    /// Adds words.
    pub(super) fn text(self, text: impl Display) -> Self {
        self.with(text, false)
    }

    /// Adds what an id was, and what it is.
    pub(super) fn turned(self, id: impl Display, from: impl Display, to: impl Display) -> Self {
        self.id(id).text(": ").id(from).text(" -> ").id(to)
    }

    /// Its parts.
    pub(in crate::render) fn parts(&self) -> &[PhrasePart] {
        &self.0
    }

    fn with(mut self, text: impl Display, is_id: bool) -> Self {
        let text = text.to_string();
        if !text.is_empty() {
            self.0.push(PhrasePart { text, is_id });
        }
        self
    }
}

impl<T: Into<String>> From<T> for Phrase {
    fn from(text: T) -> Self {
        Self::default().text(text.into())
    }
}

impl Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|part| f.write_str(&part.text))
    }
}
