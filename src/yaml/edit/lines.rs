//! The lines around an offset.

/// The offset at which the line of `at` starts.
pub(super) fn start(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    before.rfind('\n').map_or(0, |newline| newline + 1)
}

/// The offset after the line of `at`, its end of line included.
pub(super) fn next(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    rest.find('\n')
        .map_or(text.len(), |newline| at + newline + 1)
}

/// The line ending that this text uses.
pub(crate) fn ending(text: &str) -> &'static str {
    match text.find('\n') {
        Some(at) if text.get(..at).is_some_and(|line| line.ends_with('\r')) => "\r\n",
        _ => "\n",
    }
}

/// As many blanks as there are characters before `at` in its line.
pub(crate) fn indent(text: &str, at: usize) -> String {
    let before = text.get(start(text, at)..at).unwrap_or_default();
    " ".repeat(before.chars().count())
}

/// Whether only blanks stand before `at` in its line.
pub(super) fn is_first(text: &str, at: usize) -> bool {
    let before = text.get(start(text, at)..at).unwrap_or_default();
    before.chars().all(|c| c == ' ' || c == '\t')
}

/// Whether nothing but blanks and a comment follows in the line of `at`.
pub(super) fn is_last(text: &str, at: usize) -> bool {
    let rest = text
        .get(at..next(text, at))
        .unwrap_or_default()
        .trim_start_matches([' ', '\t']);
    rest.is_empty() || rest.starts_with(['\n', '\r', '#'])
}
