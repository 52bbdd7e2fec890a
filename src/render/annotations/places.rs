//! Where an annotation belongs.

use crate::Place;

/// A file, and a range of it. Lines and columns count from 1, columns in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AnnotationPlace {
    pub(super) file: String,
    pub(super) line: u32,
    /// None where only the line is known.
    pub(super) column: Option<u32>,
    /// Line and column behind the last character; none where only the start is known.
    pub(super) end: Option<(u32, u32)>,
}

impl AnnotationPlace {
    /// Of `file:line`.
    pub(super) fn of_line(text: &str) -> Option<Self> {
        let (file, line) = text.rsplit_once(':')?;
        Some(Self {
            file: file.to_owned(),
            line: line.parse().ok()?,
            column: None,
            end: None,
        })
    }

    /// Of `file:line:column`.
    pub(super) fn of_column(text: &str) -> Option<Self> {
        let (text, column) = text.rsplit_once(':')?;
        Some(Self {
            column: Some(column.parse().ok()?),
            ..Self::of_line(text)?
        })
    }
}

impl From<&Place> for AnnotationPlace {
    fn from(place: &Place) -> Self {
        let (source, span) = (place.source(), place.span());
        let (line, column) = source.line_and_column(span.start);
        Self {
            file: place.file().to_owned(),
            line,
            column: Some(column),
            end: Some(source.line_and_column(span.end.max(span.start))),
        }
    }
}
