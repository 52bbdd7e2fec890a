//! The door of Markdown: every text that a template puts into it goes through here.

use std::fmt::{self, Display, Write};

use askama::filters::Escaper;

use super::harmless::write_safely;
use crate::text::character::harmless;

/// What Markdown, or the HTML in it, takes for its own.
const SPECIAL: &str = "\\`*_[]<>#|&";

/// Makes a text fit for a line or a cell: nothing in it is taken for Markdown or HTML, and it stays on its line.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct MarkdownDoor;

impl Escaper for MarkdownDoor {
    fn write_escaped_str<W: Write>(&self, dest: W, text: &str) -> fmt::Result {
        // An underscore within a word and the end of an arrow are nothing to Markdown.
        let mut dest = dest;
        let mut before = ' ';
        let mut letters = text.chars().peekable();
        while let Some(c) = letters.next() {
            let is_inside = |next: &char| before.is_alphanumeric() && next.is_alphanumeric();
            match c {
                '_' if letters.peek().is_some_and(is_inside) => dest.write_char(c)?,
                '>' if before == '-' => dest.write_char(c)?,
                c if SPECIAL.contains(c) => write!(dest, "\\{c}")?,
                c => dest.write_char(harmless(c))?,
            }
            before = c;
        }
        Ok(())
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
