//! The door of the terminal: every text that a template prints goes through here, and so does colour.

use std::borrow::Cow;
use std::fmt::{self, Display, Write};

use askama::Values;
use askama::filters::Escaper;

use super::harmless::write_safely;

/// Makes a text fit for a terminal: nothing in it steers the terminal or turns the direction of what follows.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct TextDoor;

impl Escaper for TextDoor {
    fn write_escaped_str<W: Write>(&self, dest: W, text: &str) -> fmt::Result {
        write_safely(dest, text, |_| false, |_, _| Ok(()))
    }
}

/// A text that has gone through the door.
struct SafeText<'t>(&'t str);

impl Display for SafeText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        TextDoor.write_escaped_str(f, self.0)
    }
}

/// Colours as the terminal wants them.
pub(super) const YES: &str = "\u{1b}[1m\u{1b}[32m";
pub(super) const NO: &str = "\u{1b}[1m\u{1b}[31m";
pub(super) const HEADING: &str = "\u{1b}[1m";
pub(super) const LABEL: &str = "\u{1b}[2m";
const END: &str = "\u{1b}[0m";

/// The name under which templates find whether there are colours.
pub(super) const COLOURED: &str = "coloured";

/// A text in a colour, or in none.
pub(crate) struct PaintedText<T> {
    style: &'static str,
    text: T,
}

impl<T: Display> PaintedText<T> {
    /// A text in this colour, where colours are wanted.
    pub(super) fn of(style: &'static str, text: T, values: &dyn Values) -> Self {
        let style = if is_coloured(values) { style } else { "" };
        Self { style, text }
    }
}

fn is_coloured(values: &dyn Values) -> bool {
    askama::get_value::<bool>(values, COLOURED).is_ok_and(|coloured| *coloured)
}

impl<T: Display> Display for PaintedText<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = if self.style.is_empty() { "" } else { END };
        f.write_str(self.style)?;
        SafeText(&self.text.to_string()).fmt(f)?;
        f.write_str(end)
    }
}

/// Rows of a label and a text, one below the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Rows<'r>(Vec<(Cow<'r, str>, Cow<'r, str>)>);

impl<'r, L: Into<Cow<'r, str>>, T: Into<Cow<'r, str>>> FromIterator<(L, T)> for Rows<'r> {
    fn from_iter<I: IntoIterator<Item = (L, T)>>(rows: I) -> Self {
        let rows = rows.into_iter();
        Self(
            rows.map(|(label, text)| (label.into(), text.into()))
                .collect(),
        )
    }
}

impl<'r> Rows<'r> {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn iter(&self) -> std::slice::Iter<'_, (Cow<'r, str>, Cow<'r, str>)> {
        self.0.iter()
    }
}

/// Rows, or a reference to them.
pub(crate) trait AsRows {
    fn rows(&self) -> &Rows<'_>;
}

impl AsRows for Rows<'_> {
    fn rows(&self) -> &Rows<'_> {
        self
    }
}

impl<R: AsRows> AsRows for &R {
    fn rows(&self) -> &Rows<'_> {
        R::rows(self)
    }
}

/// Rows with their texts in one column.
pub(crate) struct PaintedRows<R> {
    rows: R,
    is_coloured: bool,
}

impl<R: AsRows> PaintedRows<R> {
    pub(super) fn of(rows: R, values: &dyn Values) -> Self {
        let is_coloured = is_coloured(values);
        Self { rows, is_coloured }
    }
}

impl<R: AsRows> Display for PaintedRows<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wide = |label: &str| label.chars().count();
        let rows = self.rows.rows();
        let width = rows.iter().map(|(label, _)| wide(label)).max();
        let width = width.unwrap_or_default();
        let (style, end) = if self.is_coloured {
            (LABEL, END)
        } else {
            ("", "")
        };
        for (number, (label, text)) in rows.iter().enumerate() {
            let line = if number == 0 { "" } else { "\n" };
            let room = width - wide(label);
            write!(
                f,
                "{line}  {style}{}{:room$}{end}  {}",
                SafeText(label),
                "",
                SafeText(text)
            )?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
