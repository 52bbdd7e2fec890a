//! What every door has in common: characters that no form lets through, and a way to replace some characters of a text.

use std::fmt::{self, Write};

/// What stands for a character that nobody can see, or that turns the direction of the text behind it.
pub(super) fn harmless(c: char) -> char {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if turns || (c.is_control() && !matches!(c, '\n' | '\t')) {
        char::REPLACEMENT_CHARACTER
    } else {
        c
    }
}

/// Writes a text: what is special goes through `put`, and whatever no form lets through is replaced.
pub(super) fn write_safely<W: Write>(
    mut dest: W,
    text: &str,
    is_special: impl Fn(char) -> bool,
    put: impl Fn(&mut W, char) -> fmt::Result,
) -> fmt::Result {
    let stops = |c: char| is_special(c) || harmless(c) != c;
    let mut rest = text;
    while let Some((before, from)) = rest.find(stops).and_then(|at| rest.split_at_checked(at)) {
        dest.write_str(before)?;
        let mut chars = from.chars();
        match chars.next() {
            Some(c) if is_special(c) => put(&mut dest, c)?,
            Some(c) => dest.write_char(harmless(c))?,
            None => {}
        }
        rest = chars.as_str();
    }
    dest.write_str(rest)
}
