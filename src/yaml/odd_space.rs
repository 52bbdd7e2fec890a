//! Spaces that look like ordinary ones, where YAML wants those.

use std::sync::Arc;

use crate::finding::{Finding, yaml};
use crate::text::character::CodePoint;
use crate::text::{Source, Span};

/// Whether a character is a space to people and not to YAML.
fn is_odd(c: char) -> bool {
    c.is_whitespace() && !c.is_ascii()
}

/// The finding of a text that starts with an odd space at an offset where its line does.
pub(super) fn in_front_of(source: &Arc<Source>, at: usize) -> Option<Finding> {
    let (before, rest) = source.text().split_at_checked(at)?;
    let c = rest.chars().next().filter(|c| is_odd(*c))?;
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.chars()
        .all(|c| c == ' ')
        .then(|| finding(source, at, c))
}

/// The finding of an odd space in the line of an offset, or in one of the two above it, that explains why YAML cannot go on there.
pub(super) fn near(source: &Arc<Source>, at: usize) -> Option<Finding> {
    let text = source.text();
    let at = text.floor_char_boundary(at);
    let (before, rest) = text.split_at_checked(at)?;
    let end = at + rest.find('\n').unwrap_or(rest.len());
    let start = before
        .rmatch_indices('\n')
        .nth(2)
        .map_or(0, |(at, _)| at + 1);
    let mut next = start;
    let lines = text.get(start..end)?.split_inclusive('\n').map(|line| {
        let at = next;
        next += line.len();
        (at, line)
    });
    let mut found =
        lines.filter_map(|(at, line)| in_line(line).map(|(inside, c)| (at + inside, c)));
    found.next().map(|(at, c)| finding(source, at, c))
}

/// The first odd space of a line in its indentation, or behind a `-` that starts it or a `:`.
fn in_line(line: &str) -> Option<(usize, char)> {
    line.char_indices().find(|&(at, c)| {
        let before = line.get(..at).unwrap_or_default();
        let indentation = before.trim_start();
        is_odd(c) && (indentation.is_empty() || indentation == "-" || before.ends_with(':'))
    })
}

fn finding(source: &Arc<Source>, at: usize, c: char) -> Finding {
    let place = source.place(Span::new(at, at + c.len_utf8()));
    Finding::new(&yaml::ODD_SPACE, Some(place), &[&CodePoint(c)])
}
