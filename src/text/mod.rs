//! Texts that were read, and places in them.

#[cfg(any(feature = "batch", feature = "render"))]
pub(crate) mod cell;
pub(crate) mod character;
pub(crate) mod record;

use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use serde::ser::{Serialize, Serializer};

/// A file (or a text from memory) that was read, with the name that messages call it by.
#[derive(Default)]
pub struct Source {
    name: String,
    text: String,
    /// Whether a byte order mark stood before the text, which is no part of it.
    is_marked: bool,
    /// Byte offset at which every [`STEP`]th line starts, computed for the first place that is asked for.
    line_starts: OnceLock<Vec<u32>>,
}

impl Source {
    /// Names a text. `name` is what messages print, usually the path as the user wrote it.
    ///
    /// ```
    /// let source = clio_rules::Source::new("rules/manage.yaml", "product: manage\n");
    /// assert_eq!(source.name(), "rules/manage.yaml");
    /// ```
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Self::of_file(name.into(), text.into(), false)
    }

    pub(crate) fn of_file(name: String, text: String, is_marked: bool) -> Arc<Self> {
        Arc::new(Self {
            name,
            text,
            is_marked,
            ..Self::default()
        })
    }

    /// Whether a byte order mark stood before the text.
    pub(crate) fn is_marked(&self) -> bool {
        self.is_marked
    }

    /// The name that messages call this text by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The part of the text that a span covers; empty where the span lies outside of it.
    pub fn slice(&self, span: Span) -> &str {
        self.text
            .get(span.start as usize..span.end as usize)
            .unwrap_or_default()
    }

    /// A place in this text.
    pub fn place(self: &Arc<Self>, span: Span) -> Place {
        Place {
            source: Arc::clone(self),
            span,
        }
    }

    /// Line and column, both from 1, of a byte offset. Columns count characters.
    pub fn line_and_column(&self, offset: u32) -> (u32, u32) {
        let starts = self.line_starts.get_or_init(|| line_starts(&self.text));
        let before = starts.partition_point(|&start| start <= offset).max(1) - 1;
        let start = starts.get(before).copied().unwrap_or(0) as usize;
        let end = (offset as usize).min(self.text.len());
        let near = self.text.get(start..end).unwrap_or_default();
        let line = before * STEP + near.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let in_line = near.rsplit('\n').next().unwrap_or_default();
        (line as u32, in_line.chars().count() as u32 + 1)
    }
}

/// Only every 64th line start is kept: a file of nothing but line ends has too many to keep all.
const STEP: usize = 64;

fn line_starts(text: &str) -> Vec<u32> {
    let ends = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n');
    let starts = std::iter::once(0).chain(ends.map(|(at, _)| at as u32 + 1));
    starts.step_by(STEP).collect()
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Source({}, {} bytes)", self.name, self.text.len())
    }
}

/// A range of bytes in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The range from `start` up to, and without, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self {
            start: start as u32,
            end: end as u32,
        }
    }

    /// The smallest range that covers both.
    pub fn to(self, other: Self) -> Self {
        Self {
            start: self.start.min(other.start),
            end: self.end.max(other.end),
        }
    }
}

/// A value together with where it stands in its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Attaches a span to a value.
    pub fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A span in a named text: `rules/manage.yaml:12:7`.
///
/// Two places are equal when file name and span are.
#[derive(Debug, Clone, Default)]
pub struct Place {
    source: Arc<Source>,
    span: Span,
}

impl Place {
    /// The text it is a place in.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// The range of bytes.
    pub fn span(&self) -> Span {
        self.span
    }

    /// Name of the file.
    pub fn file(&self) -> &str {
        self.source.name()
    }

    /// Line, counted from 1.
    pub fn line(&self) -> u32 {
        self.source.line_and_column(self.span.start).0
    }

    /// Column in characters, counted from 1.
    pub fn column(&self) -> u32 {
        self.source.line_and_column(self.span.start).1
    }

    /// `file:line`, as answers print it.
    pub fn file_and_line(&self) -> String {
        format!("{}:{}", self.file(), self.line())
    }
}

impl PartialEq for Place {
    fn eq(&self, other: &Self) -> bool {
        self.span == other.span && self.file() == other.file()
    }
}

impl Eq for Place {}

impl Hash for Place {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.span.hash(state);
        self.file().hash(state);
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (line, column) = self.source.line_and_column(self.span.start);
        write!(f, "{}:{line}:{column}", self.file())
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests;
