//! The visible characters of a scalar as it is written in the file.

use super::super::node::TextStyle;
use crate::text::Span;

/// Characters that YAML may add, drop or join.
pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// The spans of a scalar's visible characters, in order; an escape is one character.
pub(super) fn visible(written: &str, style: TextStyle) -> impl Iterator<Item = Span> {
    let content = content(written, style);
    let mut rest = written.get(content.clone()).unwrap_or_default();
    let mut at = content.start;
    std::iter::from_fn(move || {
        loop {
            let (width, is_visible) = next(rest, style)?;
            let start = at;
            rest = rest.get(width..).unwrap_or_default();
            at += width;
            if is_visible {
                return Some(Span::new(start, at));
            }
        }
    })
}

/// The bytes between the quotes, or after the line with the `|`.
fn content(written: &str, style: TextStyle) -> std::ops::Range<usize> {
    match style {
        TextStyle::Plain => 0..written.len(),
        TextStyle::SingleQuoted | TextStyle::DoubleQuoted => 1..written.len().saturating_sub(1),
        TextStyle::Literal | TextStyle::Folded => {
            let header = written.find(['\n', '\r']).unwrap_or(written.len());
            header..written.len()
        }
    }
}

/// How many bytes the next character takes, and whether it is visible.
fn next(rest: &str, style: TextStyle) -> Option<(usize, bool)> {
    let c = rest.chars().next()?;
    match (style, c) {
        (TextStyle::SingleQuoted, '\'') => Some((rest.len().min(2), true)),
        (TextStyle::DoubleQuoted, '\\') => Some(escape(rest)),
        _ => Some((c.len_utf8(), !is_blank(c))),
    }
}

/// The length of an escape, counted from its backslash.
fn escape(rest: &str) -> (usize, bool) {
    let Some(letter) = rest.chars().nth(1) else {
        return (1, true);
    };
    let digits = match letter {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => {
            return (
                1 + letter.len_utf8(),
                !is_blank(letter) && !matches!(letter, 'n' | 'r' | 't'),
            );
        }
    };
    let code = rest
        .get(2..2 + digits)
        .and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let is_visible = !code.and_then(char::from_u32).is_some_and(is_blank);
    ((2 + digits).min(rest.len()), is_visible)
}
