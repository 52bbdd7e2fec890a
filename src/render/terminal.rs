//! The door of the terminal: every text that a template prints goes through here, and so does colour.

use std::fmt::{self, Display, Write};

use askama::Values;
use askama::filters::Escaper;

use super::harmless::write_safely;

/// Makes a text fit for a line on a terminal: nothing in it steers the terminal, begins a line or turns the direction of what
/// follows.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct TextDoor;

impl Escaper for TextDoor {
    fn write_escaped_str<W: Write>(&self, mut dest: W, text: &str) -> fmt::Result {
        if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return dest.write_str(text);
        }
        write_safely(dest, text, |_| false, |_, _| Ok(()))
    }
}

/// Sends all that is written to it through the door.
struct SafeWriter<W>(W);

impl<W: Write> Write for SafeWriter<W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        TextDoor.write_escaped_str(&mut self.0, text)
    }
}

/// A text that has gone through the door, for programs that print lines of their own.
///
/// ```
/// use clio_rules::render::fit_for_terminal;
///
/// let name = "Wren\n\u{1b}[32mallow: Wren\u{202e}";
/// assert_eq!(fit_for_terminal(name), "Wren \u{fffd}[32mallow: Wren\u{fffd}");
/// ```
pub fn fit_for_terminal(text: &str) -> String {
    SafeText(text).to_string()
}

/// A text of several lines, each of which goes through the door.
pub(crate) struct SafeLines<T>(pub(super) T);

impl<T: Display> Display for SafeLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, line) in self.0.to_string().split('\n').enumerate() {
            f.write_str(if number == 0 { "" } else { "\n" })?;
            SafeText(line).fmt(f)?;
        }
        Ok(())
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
        write!(SafeWriter(&mut *f), "{}", self.text)?;
        f.write_str(end)
    }
}

/// A label, as wide as the widest of those above and below it.
pub(crate) struct PaintedLabel<'l> {
    label: &'l str,
    width: usize,
    is_coloured: bool,
}

impl<'l> PaintedLabel<'l> {
    pub(super) fn of(label: &'l str, width: usize, values: &dyn Values) -> Self {
        Self {
            label,
            width,
            is_coloured: is_coloured(values),
        }
    }
}

impl Display for PaintedLabel<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (style, end) = label_style(self.is_coloured);
        let (label, width) = (SafeText(self.label), self.width);
        let missing = width.saturating_sub(self.label.chars().count());
        write!(f, "{style}{label}{:missing$}{end}", "")
    }
}

fn label_style(is_coloured: bool) -> (&'static str, &'static str) {
    if is_coloured { (LABEL, END) } else { ("", "") }
}

/// Lines of a label, a tab and a text, with their texts in one column.
pub(crate) struct PaintedRows {
    lines: String,
    is_coloured: bool,
}

impl PaintedRows {
    pub(super) fn of(lines: String, values: &dyn Values) -> Self {
        let is_coloured = is_coloured(values);
        Self { lines, is_coloured }
    }
}

impl Display for PaintedRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines = self.lines.trim_matches('\n');
        let labels = lines.lines().filter_map(|line| line.split_once('\t'));
        let width = labels.map(|(label, _)| label.chars().count()).max();
        let width = width.unwrap_or_default();
        let (style, end) = label_style(self.is_coloured);
        for (number, line) in lines.lines().enumerate() {
            f.write_str(if number == 0 { "" } else { "\n" })?;
            match line.split_once('\t') {
                Some((label, text)) => write!(f, "  {style}{label:width$}{end}  {text}")?,
                // A text of several lines goes on.
                None => f.write_str(line)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
