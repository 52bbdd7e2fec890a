//! A text with ids in it, which Markdown shows as code.

use std::fmt::{self, Display, Write};

/// A text, some parts of which are ids. There may be millions of them, so each is one text with the ends of its parts beside it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::render) struct Phrase {
    text: String,
    /// Where each part ends, and whether it is an id.
    parts: Vec<(usize, bool)>,
}

/// A part of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) struct PhrasePart<'p> {
    pub(in crate::render) text: &'p str,
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

    /// Adds words.
    pub(super) fn text(self, text: impl Display) -> Self {
        self.with(text, false)
    }

    /// Adds what an id was, and what it is.
    pub(super) fn turned(self, id: impl Display, from: impl Display, to: impl Display) -> Self {
        self.id(id).text(": ").id(from).text(" -> ").id(to)
    }

    /// Its parts.
    pub(in crate::render) fn parts(&self) -> impl Iterator<Item = PhrasePart<'_>> {
        let mut start = 0;
        self.parts.iter().filter_map(move |(end, is_id)| {
            let text = self.text.get(start..*end)?;
            start = *end;
            Some(PhrasePart {
                text,
                is_id: *is_id,
            })
        })
    }

    fn with(mut self, text: impl Display, is_id: bool) -> Self {
        let before = self.text.len();
        // Writing to a text fails only where a value cannot be shown, and then what it wrote is kept.
        let _ = write!(self.text, "{text}");
        let end = self.text.len();
        if end > before {
            self.parts.push((end, is_id));
        }
        self
    }
}

impl<T: Into<String>> From<T> for Phrase {
    fn from(text: T) -> Self {
        let text = text.into();
        let parts = Some((text.len(), false)).filter(|(end, _)| *end > 0);
        Self {
            parts: parts.into_iter().collect(),
            text,
        }
    }
}

impl Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
