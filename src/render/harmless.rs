//! What every door has in common: a way to replace some characters of a text.

use std::fmt::{self, Write};

use crate::text::character::harmless;

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
