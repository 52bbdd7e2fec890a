//! The door of GitHub's workflow commands: every text that a template puts into one goes through here.

use std::fmt::{self, Display, Write};

use askama::filters::Escaper;

use super::harmless::write_safely;

/// Makes a text fit for the message of a command: it stays in its line, so that it starts no command of its own.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct GithubDoor;

impl Escaper for GithubDoor {
    fn write_escaped_str<W: Write>(&self, dest: W, text: &str) -> fmt::Result {
        write_safely(dest, text, |c| matches!(c, '%' | '\r' | '\n'), put)
    }
}

/// A property of a command, which neither a comma nor a colon in it can end.
pub(crate) struct CommandProperty<T>(pub(super) T);

impl<T: Display> Display for CommandProperty<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_special = |c| matches!(c, '%' | '\r' | '\n' | ':' | ',');
        write_safely(f, &self.0.to_string(), is_special, put)
    }
}

/// As GitHub's own library writes it.
fn put<W: Write>(dest: &mut W, c: char) -> fmt::Result {
    write!(dest, "%{:02X}", u32::from(c))
}

#[cfg(test)]
mod tests;
