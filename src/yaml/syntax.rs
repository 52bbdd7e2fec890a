//! Turns the parser's messages into plain words.

use std::sync::Arc;

use crate::finding::{Finding, yaml};
use crate::text::{Source, Span};

/// Parts of the parser's messages, each with our message and a help line.
const WORDS: &[(&str, &str, &str)] = &[
    (
        "mapping values are not allowed",
        "a `: ` stands where no key can be",
        "put a text that holds `: ` in quotes",
    ),
    (
        "invalid indentation in quoted scalar",
        "the text in quotes that starts here goes on in a line that is not indented",
        "close the quote, or indent the lines of the text",
    ),
    (
        "illegal placement of ':'",
        "a `:` stands inside brackets, or a bracket above is not closed",
        "close the bracket, or put a text that holds `:` in quotes",
    ),
    (
        "simple key expect",
        "this line is no `key: value`",
        "write a key, a colon and a space, or indent the line like the ones above it",
    ),
    (
        "did not find expected key",
        "this line does not fit the ones above it",
        "check how far it is indented",
    ),
    (
        "did not find expected '-'",
        "this line does not fit the list above it",
        "start it with `- `, indented like the other items",
    ),
    (
        "invalid indentation",
        "this line is indented less than what it belongs to",
        "indent it like the lines above it",
    ),
    (
        "wrongly indented",
        "this line is indented differently from the first one of its text",
        "indent all lines of a text alike",
    ),
    (
        "valid YAML whitespace",
        "a tab stands where a space should",
        "put a space instead",
    ),
    (
        "tab",
        "a tab stands where YAML wants spaces",
        "indent with spaces",
    ),
    (
        "unexpected end of stream",
        "a quote is opened here and never closed",
        "close the text with the same quote",
    ),
    (
        "invalid trailing content",
        "something follows the closing quote",
        "put the whole text in quotes, or double a quote inside it",
    ),
    (
        "found unexpected document indicator",
        "a text in quotes holds a line `---` or `...`",
        "close the quote before that line",
    ),
    (
        "',' or ']'",
        "a list in brackets is not closed, or a comma is missing",
        "write `[a, b]`",
    ),
    (
        "',' or '}'",
        "a map in braces is not closed, or a comma is missing",
        "write `{a: b, c: d}`",
    ),
    (
        "misplaced bracket",
        "a bracket is closed that was never opened",
        "remove it, or put the text in quotes",
    ),
    (
        "unexpected character",
        "a text cannot start with this character",
        "put the text in quotes",
    ),
    (
        "escape",
        "a backslash in double quotes starts no known escape",
        "double the backslash, or use single quotes",
    ),
    (
        "block sequence entries are not allowed",
        "a list cannot start here",
        "put its first `- ` on a line of its own",
    ),
    (
        "only valid inside a block",
        "a `- ` stands inside brackets",
        "put the text in quotes",
    ),
    (
        "comment",
        "a comment needs a space before its `#`",
        "put a space before the `#`, or the text in quotes",
    ),
    (
        "recursion limit",
        "brackets are nested too deeply",
        "nest less",
    ),
    (
        "expected <document start>",
        "something follows the end of what can be read here",
        "check how far this line is indented",
    ),
    (
        "node content",
        "a value is missing here",
        "write one, or put the text in quotes",
    ),
    (
        "end of plain scalar",
        "a value is missing here",
        "write one, or put the text in quotes",
    ),
];

/// The finding for a message of the parser about an offset.
pub(super) fn finding(source: &Arc<Source>, info: &str, at: usize) -> Finding {
    let marks = [
        ("anchor", &yaml::YAML_ALIAS),
        ("tag", &yaml::YAML_TAG),
        ("TAG", &yaml::YAML_TAG),
        ("directive", &yaml::YAML_DIRECTIVE),
    ];
    if let Some((_, code)) = marks.into_iter().find(|(part, _)| info.contains(part)) {
        let word = word_at(source.text(), at);
        let place = source.place(Span::new(at, at + word.len()));
        return Finding::new(code, Some(place), &[&word]);
    }
    let at = if info.contains("simple key expect") {
        line_without_colon(source.text(), at)
    } else {
        at
    };
    let next = source.text().get(at..).and_then(|rest| rest.chars().next());
    let width = next.map_or(0, char::len_utf8);
    let place = Some(source.place(Span::new(at, at + width)));
    match WORDS.iter().find(|(part, _, _)| info.contains(part)) {
        Some((_, message, help)) => {
            Finding::new(&yaml::YAML_SYNTAX, place, &[message]).with_help(*help)
        }
        None => Finding::new(&yaml::YAML_SYNTAX, place, &[&info]),
    }
}

/// The parser notices a missing colon only at the next line. This finds the line of the key: the nearest line
/// above that is neither blank nor a comment.
fn line_without_colon(text: &str, at: usize) -> usize {
    let before = text.get(..at).unwrap_or_default();
    let this_line = before.rfind('\n').map_or(0, |end| end + 1);
    if !before
        .get(this_line..)
        .unwrap_or_default()
        .trim()
        .is_empty()
    {
        return at;
    }
    let mut end = this_line;
    for line in before
        .get(..this_line)
        .unwrap_or_default()
        .split_inclusive('\n')
        .rev()
    {
        let start = end - line.len();
        let words = line.trim();
        if !words.is_empty() && !words.starts_with('#') {
            return start + line.len() - line.trim_start().len();
        }
        end = start;
    }
    at
}

/// The word at an offset, up to the next blank and cut to the length that a message shows.
pub(super) fn word_at(text: &str, at: usize) -> &str {
    const LONGEST: usize = 100;
    let rest = text.get(at..).unwrap_or_default();
    let is_end = |&(n, (_, c)): &(usize, (usize, char))| {
        n == LONGEST || matches!(c, ' ' | '\t' | '\n' | '\r')
    };
    let end = rest
        .char_indices()
        .enumerate()
        .find(is_end)
        .map_or(rest.len(), |(_, (end, _))| end);
    rest.get(..end).unwrap_or_default()
}
