//! The close reader: turns events into a tree or a stream of nodes, within limits.

mod build;

use std::sync::Arc;

use super::events::{Event, EventKind, EventStop, Events};
use super::node::{Node, NodeContent, Scalar, TextStyle};
use super::quick::read_usual;
use super::{conflict, encoding, odd_space, second, spans, syntax};
use crate::finding::{Code, Finding, Findings, yaml};
use crate::limits::Limits;
use crate::text::{Place, Source, Span};
use build::NodeBuilder;

/// Called with each item of a streamed list.
type OnItem<'a> = &'a mut dyn FnMut(Node, &mut Findings);

/// Reads a whole rule or fixture file, then checks that a second YAML reader reads the same.
///
/// Returns `None`, with findings, if the file is refused.
pub(crate) fn read(source: &Arc<Source>, limits: &Limits, findings: &mut Findings) -> Option<Node> {
    let root = read_once(source, limits, findings)?;
    second::agrees(source, &root, findings).then_some(root)
}

/// Reads a whole file that may be long. It takes one quick sweep if the file is in usual style and the second reader is
/// known to read the same.
pub(crate) fn read_long(
    source: &Arc<Source>,
    limits: &Limits,
    findings: &mut Findings,
) -> Option<Node> {
    read_usual(source.text(), limits)
        .filter(second::is_sure_to_agree)
        .or_else(|| read(source, limits, findings))
}

/// Reads a whole file without the second reader, for texts on which both are known to agree.
pub(crate) fn read_once(
    source: &Arc<Source>,
    limits: &Limits,
    findings: &mut Findings,
) -> Option<Node> {
    YamlReader::new(source, limits, findings, None).run()
}

/// Reads a firm file, whose root is a map: the items of the list under `streamed` are handed over one
/// by one and then dropped. The root comes back with that list empty.
pub(crate) fn read_streamed(
    source: &Arc<Source>,
    streamed: &str,
    limits: &Limits,
    findings: &mut Findings,
    on_item: &mut dyn FnMut(Node, &mut Findings),
) -> Option<Node> {
    let root = YamlReader::new(source, limits, findings, Some((streamed, on_item))).run()?;
    if matches!(root.content, NodeContent::Map(_)) {
        return Some(root);
    }
    findings.report(
        &yaml::EXPECTED_MAP,
        source.place(root.head()),
        &[&root.kind()],
    );
    None
}

#[cfg(test)]
thread_local! {
    static EVENTS: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Events read on this thread so far: a measure of work that is the same on every machine.
#[cfg(test)]
pub(crate) fn events_read() -> usize {
    EVENTS.get()
}

/// Why reading stopped.
struct ReadingStopped;

struct YamlReader<'a> {
    source: &'a Arc<Source>,
    text: &'a str,
    limits: &'a Limits,
    findings: &'a mut Findings,
    events: Events<'a>,
    builder: NodeBuilder,
    stream: Option<(&'a str, OnItem<'a>)>,
    /// Events of the current streamed item, and all other events.
    item_events: usize,
    other_events: usize,
    all_events: usize,
    documents: usize,
    refused: bool,
    /// Whether a space that is none to YAML was found. What else is wrong comes from it.
    has_odd_space: bool,
}

impl<'a> YamlReader<'a> {
    fn new(
        source: &'a Arc<Source>,
        limits: &'a Limits,
        findings: &'a mut Findings,
        stream: Option<(&'a str, OnItem<'a>)>,
    ) -> Self {
        Self {
            source,
            text: source.text(),
            limits,
            findings,
            events: Events::new(source.text(), limits.events, limits.text_bytes),
            builder: NodeBuilder::default(),
            stream,
            item_events: 0,
            other_events: 0,
            all_events: 0,
            documents: 0,
            refused: false,
            has_odd_space: false,
        }
    }

    fn run(mut self) -> Option<Node> {
        loop {
            let event = match self.events.next() {
                Ok(event) => event,
                Err(stop) => return self.give_up(&stop),
            };
            if matches!(event.what, EventKind::TextEnd) {
                return self.finish();
            }
            self.take(event).ok()?;
            if self.findings.errors() > self.limits.errors {
                return None;
            }
        }
    }

    fn give_up(self, stop: &EventStop) -> Option<Node> {
        let finding = match stop {
            // The parser has its own limit on nested brackets. It may reach that limit first because it looks ahead.
            EventStop::Syntax(info, at) if info.contains("recursion limit") => Finding::new(
                &yaml::TOO_DEEP,
                Some(self.source.place(Span::new(*at, *at))),
                &[&self.limits.depth],
            ),
            EventStop::Syntax(..) if self.has_odd_space => return None,
            EventStop::Syntax(info, at) => conflict::conflict(self.source)
                .or_else(|| odd_space::near(self.source, *at))
                .unwrap_or_else(|| syntax::finding(self.source, info, *at)),
            EventStop::TooMany => Finding::new(
                &yaml::TOO_MANY_EVENTS,
                Some(self.behind_the_last()),
                &[&self.limits.events, &"events"],
            ),
            EventStop::TooLong => Finding::new(
                &yaml::TEXT_TOO_LONG,
                Some(self.behind_the_last()),
                &[&self.limits.text_bytes],
            ),
        };
        self.findings.push(finding);
        None
    }

    /// The place after the last event.
    fn behind_the_last(&self) -> Place {
        let at = self.builder.last_end();
        self.source.place(Span::new(at, at))
    }

    fn finish(self) -> Option<Node> {
        let root = self.builder.into_root();
        match root {
            _ if self.refused => None,
            Some(node) if node.content != NodeContent::Empty => Some(node),
            _ => {
                self.findings
                    .report(&yaml::EMPTY_FILE, self.source.place(Span::default()), &[]);
                None
            }
        }
    }

    fn take(&mut self, event: Event<'a>) -> Result<(), ReadingStopped> {
        self.count(&event)?;
        self.refuse_marks(&event);
        match event.what {
            EventKind::Document => return self.open_document(event.start),
            EventKind::ListStart => self.open(&event, true)?,
            EventKind::MapStart => self.open(&event, false)?,
            EventKind::End => self.close(event.start),
            EventKind::Alias => self.alias(&event),
            EventKind::Scalar(..) => self.scalar(event),
            EventKind::Nothing | EventKind::TextEnd => {}
        }
        Ok(())
    }

    fn count(&mut self, event: &Event<'_>) -> Result<(), ReadingStopped> {
        let limits = self.limits;
        let (spent, limit, name) = if self.builder.is_in_streamed() {
            let spent = &mut self.item_events;
            (spent, limits.events_per_user, "events_per_user")
        } else {
            (&mut self.other_events, limits.events, "events")
        };
        *spent += 1;
        self.all_events += 1;
        #[cfg(test)]
        EVENTS.set(EVENTS.get() + 1);
        let (limit, name) = if *spent > limit {
            (limit, name)
        } else if self.stream.is_some() && self.all_events > limits.firm_events {
            (limits.firm_events, "firm_events")
        } else {
            return Ok(());
        };
        self.refuse(
            &yaml::TOO_MANY_EVENTS,
            Span::new(event.start, event.start),
            &[&limit, &name],
        );
        Err(ReadingStopped)
    }

    fn refuse(&mut self, code: &'static Code, span: Span, words: &[&dyn std::fmt::Display]) {
        self.refused = true;
        self.findings.report(code, self.source.place(span), words);
    }

    fn refuse_marks(&mut self, event: &Event<'_>) {
        if !event.tagged && !event.anchored {
            return;
        }
        let word = syntax::word_at(self.text, event.start);
        let span = Span::new(event.start, event.start + word.len());
        let code = if event.tagged {
            &yaml::YAML_TAG
        } else {
            &yaml::YAML_ANCHOR
        };
        self.refuse(code, span, &[&word]);
    }

    fn open_document(&mut self, at: usize) -> Result<(), ReadingStopped> {
        self.documents += 1;
        if self.documents > 1 {
            self.refuse(&yaml::SECOND_DOCUMENT, Span::new(at, at), &[]);
            return Err(ReadingStopped);
        }
        self.refuse_directives(at);
        Ok(())
    }

    fn refuse_directives(&mut self, until: usize) {
        let mut at = 0;
        let before = self.text.get(..until).unwrap_or_default();
        for line in before.split_inclusive('\n') {
            if line.starts_with('%') {
                let word = line.trim_end();
                self.refuse(
                    &yaml::YAML_DIRECTIVE,
                    Span::new(at, at + word.len()),
                    &[&word],
                );
            }
            at += line.len();
        }
    }

    fn open(&mut self, event: &Event<'_>, list: bool) -> Result<(), ReadingStopped> {
        if self.builder.depth() >= self.limits.depth {
            let span = Span::new(event.start, event.start);
            self.refuse(&yaml::TOO_DEEP, span, &[&self.limits.depth]);
            return Err(ReadingStopped);
        }
        let streamed = self.stream.as_ref().map(|(key, _)| *key);
        self.builder.open(self.text, event.start, list, streamed);
        Ok(())
    }

    fn close(&mut self, at: usize) {
        let Some(node) = self.builder.close(self.text, at) else {
            return;
        };
        self.refuse_duplicates(&node);
        self.place(node);
    }

    fn alias(&mut self, event: &Event<'_>) {
        let span = Span::new(event.start, event.end);
        let word = self.source.slice(span).to_owned();
        self.refuse(&yaml::YAML_ALIAS, span, &[&word]);
        self.place(Node {
            span,
            content: NodeContent::Empty,
        });
    }

    fn scalar(&mut self, event: Event<'a>) {
        let start = event.start;
        let EventKind::Scalar(text, style) = &event.what else {
            return;
        };
        let span = spans::of_scalar(self.text, &event, text, *style, self.builder.last_end());
        if let Some((code, word)) = encoding::flaw_of_character(text) {
            self.refuse(code, span, &[&word]);
        }
        if *style == TextStyle::Plain && !self.has_odd_space {
            self.refuse_odd_space(start);
        }
        let is_empty = *style == TextStyle::Plain && matches!(&**text, "" | "~" | "null");
        if is_empty && !self.builder.wants_key() {
            // A tag or an anchor without a value comes before an empty text of its own.
            let span = if event.tagged || event.anchored {
                Span::new(start, start)
            } else {
                span
            };
            return self.place(Node {
                span,
                content: NodeContent::Empty,
            });
        }
        if let EventKind::Scalar(text, style) = event.what {
            let text = text.into_owned();
            self.place(Node {
                span,
                content: NodeContent::Scalar(Scalar { text, style }),
            });
        }
    }

    fn refuse_odd_space(&mut self, at: usize) {
        if let Some(finding) = odd_space::in_front_of(self.source, at) {
            self.refused = true;
            self.has_odd_space = true;
            self.findings.push(finding);
        }
    }

    fn place(&mut self, node: Node) {
        if self.builder.wants_key() {
            self.refuse_key(&node);
        }
        let Some(item) = self.builder.place(node) else {
            return;
        };
        self.item_events = 0;
        if let (false, Some((_, on_item))) = (self.refused, &mut self.stream) {
            on_item(item, self.findings);
        }
    }

    fn refuse_key(&mut self, node: &Node) {
        match &node.content {
            NodeContent::Scalar(scalar)
                if scalar.text == "<<" && scalar.style == TextStyle::Plain =>
            {
                self.refuse(&yaml::MERGE_KEY, node.span, &[]);
            }
            NodeContent::Scalar(scalar) => {
                if let Some((code, word)) = encoding::flaw_of_key(&scalar.text) {
                    self.refuse(code, node.span, &[&word]);
                }
            }
            _ => self.refuse(&yaml::COMPLEX_KEY, node.head(), &[&node.kind()]),
        }
    }

    fn refuse_duplicates(&mut self, node: &Node) {
        let NodeContent::Map(map) = &node.content else {
            return;
        };
        for (first, again) in build::duplicates(&map.entries) {
            self.refused = true;
            let place = Some(self.source.place(again.span));
            let finding = Finding::new(&yaml::DUPLICATE_KEY, place, &[&again.value]);
            self.findings
                .push(finding.with_label(self.source.place(first.span), "the first one"));
        }
    }
}

#[cfg(test)]
mod tests;
