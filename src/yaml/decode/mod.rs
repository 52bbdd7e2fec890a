//! Decodes nodes into typed values and reports every mistake it meets.

mod values;

use std::fmt;
use std::sync::Arc;

use super::node::{Map, Node, NodeContent};
use crate::finding::{Code, Finding, Findings, yaml};
use crate::text::{Place, Source, Span};

pub(crate) use values::{Flag, KeyedEntries, KeyedValue, OneOrMany, Prose, Text};

/// The context of decoding: the source text and the findings so far.
pub(crate) struct DecodeContext<'a> {
    /// The text that the nodes were read from.
    pub(crate) source: &'a Arc<Source>,
    /// The findings so far.
    pub(crate) findings: &'a mut Findings,
}

impl DecodeContext<'_> {
    /// A place in the text.
    pub(crate) fn place(&self, span: Span) -> Place {
        self.source.place(span)
    }

    /// Reports a mistake at a place.
    pub(crate) fn report(&mut self, code: &'static Code, span: Span, words: &[&dyn fmt::Display]) {
        let place = self.place(span);
        self.findings.report(code, place, words);
    }

    /// Reports that something else was expected, or that the value is missing.
    pub(crate) fn expected(&mut self, code: &'static Code, node: &Node) {
        if node.content == NodeContent::Empty {
            self.report(&yaml::EMPTY_VALUE, node.span, &[]);
        } else {
            self.report(code, node.head(), &[&node.kind()]);
        }
    }

    /// The entries of a node that must be a map.
    pub(crate) fn map<'n>(&mut self, node: &'n Node) -> Option<&'n Map> {
        match &node.content {
            NodeContent::Map(map) => Some(map),
            NodeContent::Empty => {
                let empty = Finding::new(&yaml::EMPTY_VALUE, Some(self.place(node.span)), &[]);
                self.findings.push(empty.with_help(
                    "write its keys below it, or `{}` for none; without the key, it would not be there at all",
                ));
                None
            }
            _ => {
                self.expected(&yaml::EXPECTED_MAP, node);
                None
            }
        }
    }

    /// Reports each unknown key. Returns whether all keys are known.
    pub(crate) fn knows_keys(&mut self, map: &Map, known: &[&str]) -> bool {
        let unknown = map
            .entries
            .iter()
            .filter(|entry| !known.contains(&&*entry.key.value));
        let mut all = true;
        for entry in unknown {
            all = false;
            let place = self.place(entry.key.span);
            let finding = Finding::new(&yaml::UNKNOWN_KEY, Some(place), &[&entry.key.value]);
            self.findings.push_with(finding, |finding| {
                finding
                    .with_help(format!("the keys here are {}", listed(known)))
                    .with_nearest(&entry.key.value, known.iter().copied())
            });
        }
        all
    }

    /// Decodes the value under a key. The type decides what a missing key means.
    pub(crate) fn field<T: Decode>(
        &mut self,
        map: &Map,
        key: &'static str,
        parent: Span,
    ) -> Option<T> {
        match map.get(key) {
            Some(entry) => T::decode_under(entry.key.span, &entry.value, self),
            None => T::missing(key, parent, self),
        }
    }
}

fn listed(known: &[&str]) -> String {
    let quoted: Vec<String> = known.iter().map(|key| format!("`{key}`")).collect();
    quoted.join(", ")
}

/// A type that can be read from a node.
pub(crate) trait Decode: Sized {
    /// Reads a node. If that fails, every mistake in it is reported.
    fn decode(node: &Node, cx: &mut DecodeContext<'_>) -> Option<Self>;

    /// Reads the value under a key; most types do not look at the key.
    fn decode_under(_: Span, node: &Node, cx: &mut DecodeContext<'_>) -> Option<Self> {
        Self::decode(node, cx)
    }

    /// What a missing key means; for most types a finding at `parent`.
    fn missing(key: &'static str, parent: Span, cx: &mut DecodeContext<'_>) -> Option<Self> {
        let missing = Finding::new(&yaml::MISSING_KEY, Some(cx.place(parent)), &[&key]);
        let help = format!(
            "add `{key}: {}`, indented like the other keys here",
            Self::example()
        );
        cx.findings.push(missing.with_help(help));
        None
    }

    /// How a value can be written, for the help about a missing one.
    fn example() -> String {
        "…".to_owned()
    }

    /// Whether the key has to be there.
    fn is_needed() -> bool {
        true
    }
}
