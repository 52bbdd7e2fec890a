//! Conditions: Rhai text in a YAML value. A place in that text can be mapped back to a place in the file.

mod written;

use std::sync::Arc;

use super::decode::{Decode, DecodeContext};
use super::node::{Node, NodeContent, Scalar, TextStyle};
use crate::finding::yaml;
use crate::text::{Place, Source, Span};

/// A condition of a rule file.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Condition {
    /// The Rhai text.
    pub(crate) text: String,
    /// Where it stands in the file, quotes or `|` included.
    pub(crate) span: Span,
    style: TextStyle,
}

impl Condition {
    /// The place in the file of a line and column, both from 1, of the condition's text.
    ///
    /// YAML joins lines and removes escapes, but it neither adds nor loses visible characters:
    /// the n-th visible character of the text is the n-th visible character of the value in the file.
    pub(crate) fn place_at(&self, source: &Arc<Source>, line: usize, column: usize) -> Place {
        let before = self.visible_before(line, column);
        let written = source.slice(self.span);
        let mut spans = written::visible(written, self.style);
        let mut last = None;
        for span in spans.by_ref().take(before) {
            last = Some(span);
        }
        if let Some(first) = spans.next() {
            return source.place(self.shifted(word_from(written, first, spans)));
        }
        let end = last.map_or(self.span.start, |last| self.shifted(last).end);
        source.place(Span { start: end, end })
    }

    fn shifted(&self, span: Span) -> Span {
        Span {
            start: self.span.start + span.start,
            end: self.span.start + span.end,
        }
    }

    fn visible_before(&self, line: usize, column: usize) -> usize {
        let mut lines = self.text.split('\n');
        let lines_before = lines.by_ref().take(line.saturating_sub(1));
        let before: usize = lines_before.map(|line| visible_count(line.chars())).sum();
        let rest = lines.next().unwrap_or_default();
        before + visible_count(rest.chars().take(column.saturating_sub(1)))
    }
}

/// The whole word that starts at a character, or that character alone.
fn word_from(written: &str, first: Span, rest: impl Iterator<Item = Span>) -> Span {
    let is_part = |span: &Span| {
        let part = written.get(span.start as usize..span.end as usize);
        part.is_some_and(|part| part.chars().all(|c| c.is_alphanumeric() || c == '_'))
    };
    let mut word = first;
    if is_part(&first) {
        for span in rest.take_while(is_part) {
            if span.start != word.end {
                break;
            }
            word.end = span.end;
        }
    }
    word
}

fn visible_count(chars: impl Iterator<Item = char>) -> usize {
    chars.filter(|&c| !written::is_blank(c)).count()
}

impl Decode for Condition {
    fn decode(node: &Node, cx: &mut DecodeContext<'_>) -> Option<Self> {
        let NodeContent::Scalar(scalar) = &node.content else {
            if node.content == NodeContent::Empty {
                cx.report(&yaml::CONDITION_EMPTY, node.span, &[]);
            } else {
                cx.expected(&yaml::EXPECTED_TEXT, node);
            }
            return None;
        };
        is_sound(scalar, node.span, cx).then(|| Self {
            text: scalar.text.clone(),
            span: node.span,
            style: scalar.style,
        })
    }
}

fn is_sound(scalar: &Scalar, span: Span, cx: &mut DecodeContext<'_>) -> bool {
    if scalar.text.trim().is_empty() {
        cx.report(&yaml::CONDITION_EMPTY, span, &[]);
        return false;
    }
    if scalar.style == TextStyle::Folded {
        cx.report(&yaml::CONDITION_FOLDED, span, &[]);
        return false;
    }
    if scalar.style != TextStyle::Literal && scalar.text.contains("//") {
        cx.report(&yaml::CONDITION_COMMENT, span, &[]);
        return false;
    }
    true
}

#[cfg(test)]
mod tests;
