//! The door of pages: every text that a template puts into HTML, or into a style sheet, goes through here.

use std::fmt::{self, Write};

use askama::filters::Escaper;

use super::harmless::write_safely;

/// Makes a text fit for HTML: nothing in it is a tag, and nothing turns the direction of what follows.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct HtmlDoor;

impl Escaper for HtmlDoor {
    fn write_escaped_str<W: Write>(&self, dest: W, text: &str) -> fmt::Result {
        let is_special = |c| matches!(c, '&' | '<' | '>' | '"' | '\'' | '\n' | '\t');
        write_safely(dest, text, is_special, |dest, c| {
            dest.write_str(match c {
                // A page shows both as a space.
                '\n' => "\n",
                '\t' => "\t",
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                _ => "&#39;",
            })
        })
    }
}

/// Makes a text fit to stand between double quotes in a style sheet: it can end neither the text nor the sheet.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct StyleDoor;

impl Escaper for StyleDoor {
    fn write_escaped_str<W: Write>(&self, dest: W, text: &str) -> fmt::Result {
        let is_special = |c| matches!(c, '"' | '\\' | '<' | '&' | '\n');
        write_safely(dest, text, is_special, |dest, c| {
            write!(dest, "\\{:x} ", u32::from(c))
        })
    }
}

#[cfg(test)]
mod tests;
