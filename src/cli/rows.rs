//! Rows of a label and what it says, one below the other.

use std::io::{self, Write};

use super::terminal::Terminal;

/// Characters of a name that are shown; a longer one is cut, and says so.
const LONGEST: usize = 60;

/// A text that fits a line.
pub(crate) fn short(text: &str) -> String {
    let mut chars = text.chars();
    let mut short: String = chars.by_ref().take(LONGEST).collect();
    if chars.next().is_some() {
        short.push('…');
    }
    short
}

/// Prints rows with their second parts in one column.
pub(crate) fn rows<L: AsRef<str>, V: AsRef<str>>(
    terminal: &mut Terminal,
    rows: &[(L, V)],
) -> io::Result<()> {
    let wide = |label: &L| label.as_ref().chars().count();
    let width = rows.iter().map(|(label, _)| wide(label)).max().unwrap_or(0);
    for (label, value) in rows {
        let padded = format!("{:width$}", label.as_ref());
        let label = terminal.paint.label(padded);
        writeln!(terminal, "  {label}  {}", value.as_ref())?;
    }
    Ok(())
}

/// Prints a heading, and rows below it.
pub(crate) fn section<L: AsRef<str>, V: AsRef<str>>(
    terminal: &mut Terminal,
    heading: &str,
    below: &[(L, V)],
) -> io::Result<()> {
    let heading = terminal.paint.heading(heading);
    writeln!(terminal, "\n{heading}")?;
    rows(terminal, below)
}
