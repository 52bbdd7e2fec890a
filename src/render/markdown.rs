//! The door of Markdown: every text that a template puts into it goes through here.

use std::fmt::{self, Display, Write};

use askama::filters::Escaper;

use super::harmless::write_safely;

/// What Markdown, or the HTML in it, takes for its own.
const SPECIAL: &str = "\\`*_[]<>#|&";

/// Makes a text fit for a line or a cell: nothing in it is taken for Markdown or HTML, and it stays on its line.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct MarkdownDoor;

impl Escaper for MarkdownDoor {
    fn write_escaped_str<W: Write>(&self, dest: W, text: &str) -> fmt::Result {
        write_safely(
            dest,
            text,
            |c| SPECIAL.contains(c),
            |dest, c| write!(dest, "\\{c}"),
        )
    }
}

/// An id in a code span, which nothing in it can end.
pub(crate) struct CodeSpan<T>(pub(super) T);

impl<T: Display> Display for CodeSpan<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_special = |c| matches!(c, '`' | '|');
        f.write_char('`')?;
        write_safely(&mut *f, &self.0.to_string(), is_special, |dest, _| {
            dest.write_char(' ')
        })?;
        f.write_char('`')
    }
}

#[cfg(test)]
mod tests;
