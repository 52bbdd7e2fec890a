//! Corrects the parser's spans: those of quoted, block and missing texts are not exact.

use super::events::Event;
use super::node::TextStyle;
use crate::text::Span;

/// The bytes of a scalar. `from` is where the node before it ended.
pub(super) fn of_scalar(
    text: &str,
    event: &Event<'_>,
    value: &str,
    style: TextStyle,
    from: usize,
) -> Span {
    match style {
        TextStyle::Plain if value.is_empty() => {
            let at = after_marker(text, from).unwrap_or(from);
            Span::new(at, at)
        }
        TextStyle::Plain => Span::new(event.start, event.end),
        TextStyle::SingleQuoted | TextStyle::DoubleQuoted => Span::new(
            event.start,
            quoted_end(text, event.start, style).unwrap_or(event.end),
        ),
        TextStyle::Literal | TextStyle::Folded => of_block(text, event, value, from),
    }
}

/// A `|` or `>` text, from its indicator to the end of its last line.
fn of_block(text: &str, event: &Event<'_>, value: &str, from: usize) -> Span {
    let header = after_marker(text, from).unwrap_or(from);
    let header = skip_blank(text, header);
    let rest = text.get(header..event.end).unwrap_or_default();
    if !rest.starts_with(['|', '>']) {
        return Span::new(event.start, event.end.max(event.start));
    }
    let indicators = rest.find(|c: char| !matches!(c, '|' | '>' | '+' | '-' | '0'..='9'));
    let header_end = header + indicators.unwrap_or(rest.len());
    let content_end = header + rest.trim_end_matches([' ', '\t', '\n', '\r']).len();
    let is_blank = value.chars().all(|c| c == '\n');
    Span::new(
        header,
        if is_blank {
            header_end
        } else {
            content_end.max(header_end)
        },
    )
}

/// Where a list starts. For a list that is not indented, the parser reports an offset after the first dash.
pub(super) fn of_dash(text: &str, start: usize, from: usize) -> usize {
    let dash = skip_blank(text, after_marker(text, from).unwrap_or(from));
    let rest = text.get(dash..).unwrap_or_default();
    let is_dash = rest
        .strip_prefix('-')
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']));
    if dash < start && (is_dash || rest.starts_with('[')) {
        dash
    } else {
        start
    }
}

/// The offset after the next `:`, `-` or `?`. It skips blanks and comments.
fn after_marker(text: &str, from: usize) -> Option<usize> {
    let at = skip_blank(text, from);
    let next = text.get(at..)?.chars().next()?;
    // In `{a, b: c}` the key `a` has no colon. The comma belongs to the next entry.
    matches!(next, ':' | '-' | '?').then_some(at + 1)
}

/// The offset of the next character that is neither blank nor part of a comment.
pub(super) fn skip_blank(text: &str, from: usize) -> usize {
    let mut rest = text.get(from..).unwrap_or_default();
    loop {
        rest = rest.trim_start_matches([' ', '\t', '\n', '\r']);
        if !rest.starts_with('#') {
            return text.len() - rest.len();
        }
        let line = rest.find(['\n', '\r']).unwrap_or(rest.len());
        rest = rest.get(line..).unwrap_or_default();
    }
}

/// The offset after the closing quote of a text that starts at `start`.
fn quoted_end(text: &str, start: usize, style: TextStyle) -> Option<usize> {
    let inside = text.get(start + 1..)?;
    let mut bytes = inside.bytes().enumerate().peekable();
    while let Some((at, byte)) = bytes.next() {
        match (style, byte) {
            (TextStyle::DoubleQuoted, b'\\') => {
                bytes.next();
            }
            (TextStyle::DoubleQuoted, b'"') => return Some(start + 1 + at + 1),
            (TextStyle::SingleQuoted, b'\'')
                if bytes.peek().is_some_and(|&(_, next)| next == b'\'') =>
            {
                bytes.next();
            }
            (TextStyle::SingleQuoted, b'\'') => return Some(start + 1 + at + 1),
            _ => {}
        }
    }
    None
}
