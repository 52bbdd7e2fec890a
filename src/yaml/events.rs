//! The parser's events with their places in bytes.

use std::borrow::Cow;

use saphyr_parser::{Event as Raw, Marker, Parser, ScalarStyle};

use super::input::{Ration, RationExhausted, RationedText};
use super::node::TextStyle;

/// The kinds of events.
#[derive(Debug)]
pub(super) enum EventKind<'a> {
    /// A text. A missing value is a plain, empty text.
    Scalar(Cow<'a, str>, TextStyle),
    /// The start of a list.
    ListStart,
    /// The start of a map.
    MapStart,
    /// The end of the innermost list or map.
    End,
    /// A reference to a named value.
    Alias,
    /// The start of a document.
    Document,
    /// An event without meaning for us.
    Nothing,
    /// The end of the text.
    TextEnd,
}

/// One event.
#[derive(Debug)]
pub(super) struct Event<'a> {
    /// The kind of event.
    pub(super) what: EventKind<'a>,
    /// Offset of its first byte.
    pub(super) start: usize,
    /// Offset after its last byte. For quoted and block texts, the parser reports it too late.
    pub(super) end: usize,
    /// Whether a tag stands before it.
    pub(super) tagged: bool,
    /// Whether it has an anchor, which gives it a name.
    pub(super) anchored: bool,
}

/// Why the parser stopped.
#[derive(Debug)]
pub(super) enum EventStop {
    /// The parser had to keep too many tokens in memory.
    TooMany,
    /// More bytes than one text may have.
    TooLong,
    /// The text is not YAML: the parser's message and the offset.
    Syntax(String, usize),
}

/// The events of a text, in order.
pub(super) struct Events<'a> {
    parser: Parser<'a, RationedText<'a>>,
    offsets: ByteOffsets<'a>,
    ration: Ration,
}

/// Put before a JSON text. The parser then knows that the text's `{` starts no key, and keeps no tokens in memory.
const MARKER: &str = "--- ";

impl<'a> Events<'a> {
    /// Reads a text. The limits say how many tokens and bytes the parser may keep between two events.
    pub(super) fn new(text: &'a str, tokens: usize, bytes: usize) -> Self {
        let ration = Ration::new(tokens, bytes);
        let json = text.trim_start();
        let (prefix, body) = if json.starts_with(['{', '[']) {
            (MARKER, json)
        } else {
            ("", text)
        };
        let base = text.len() - body.len();
        Self {
            parser: Parser::new(RationedText::new(prefix, body, ration.clone())),
            offsets: ByteOffsets::new(body, base, prefix.len()),
            ration,
        }
    }

    /// The next event.
    pub(super) fn next(&mut self) -> Result<Event<'a>, EventStop> {
        let next = self.parser.next_event();
        match self.ration.used_up() {
            Some(RationExhausted::Bytes) => return Err(EventStop::TooLong),
            Some(RationExhausted::Indicators) => return Err(EventStop::TooMany),
            None => {}
        }
        self.ration.refill();
        let (raw, span) = match next {
            None => (Raw::StreamEnd, saphyr_parser::Span::default()),
            Some(Ok(event)) => event,
            Some(Err(error)) => {
                return Err(EventStop::Syntax(
                    error.info().to_owned(),
                    self.offsets.byte(error.marker()),
                ));
            }
        };
        let (tagged, anchored) = marks(&raw);
        let start = self.offsets.byte(&span.start);
        let end = self.offsets.byte(&span.end);
        Ok(Event {
            what: what(raw),
            start,
            end,
            tagged,
            anchored,
        })
    }
}

fn marks(raw: &Raw<'_>) -> (bool, bool) {
    match raw {
        Raw::Scalar(_, _, anchor, tag)
        | Raw::SequenceStart(anchor, tag)
        | Raw::MappingStart(anchor, tag) => (tag.is_some(), *anchor > 0),
        _ => (false, false),
    }
}

fn what(raw: Raw<'_>) -> EventKind<'_> {
    match raw {
        Raw::Scalar(text, style, _, _) => EventKind::Scalar(text, style_of(style)),
        Raw::SequenceStart(..) => EventKind::ListStart,
        Raw::MappingStart(..) => EventKind::MapStart,
        Raw::SequenceEnd | Raw::MappingEnd => EventKind::End,
        Raw::Alias(_) => EventKind::Alias,
        Raw::DocumentStart(_) => EventKind::Document,
        Raw::StreamEnd => EventKind::TextEnd,
        Raw::Nothing | Raw::StreamStart | Raw::DocumentEnd => EventKind::Nothing,
    }
}

fn style_of(style: ScalarStyle) -> TextStyle {
    match style {
        ScalarStyle::Plain => TextStyle::Plain,
        ScalarStyle::SingleQuoted => TextStyle::SingleQuoted,
        ScalarStyle::DoubleQuoted => TextStyle::DoubleQuoted,
        ScalarStyle::Literal => TextStyle::Literal,
        ScalarStyle::Folded => TextStyle::Folded,
    }
}

/// Turns the parser's character counts into byte offsets by walking through the text.
struct ByteOffsets<'a> {
    text: &'a str,
    /// Bytes before `text`.
    base: usize,
    /// Characters that the parser saw before `text`.
    prefix: usize,
    ascii: bool,
    chars: usize,
    bytes: usize,
}

impl<'a> ByteOffsets<'a> {
    fn new(text: &'a str, base: usize, prefix: usize) -> Self {
        Self {
            text,
            base,
            prefix,
            ascii: text.is_ascii(),
            chars: 0,
            bytes: 0,
        }
    }

    fn byte(&mut self, marker: &Marker) -> usize {
        let wanted = marker.index().saturating_sub(self.prefix);
        if self.ascii {
            return self.base + wanted.min(self.text.len());
        }
        self.walk_to(wanted);
        self.base + self.bytes
    }

    // Events come in order, so the cursor moves little. Sometimes an event ends after the next one starts.
    fn walk_to(&mut self, wanted: usize) {
        let (before, after) = self
            .text
            .split_at_checked(self.bytes)
            .unwrap_or((self.text, ""));
        if wanted >= self.chars {
            self.bytes += width(after.as_bytes(), wanted - self.chars, || after.chars());
        } else {
            let back = self.chars - wanted;
            let near = before
                .as_bytes()
                .get(before.len().saturating_sub(back)..)
                .unwrap_or_default();
            self.bytes -= width(near, back, || before.chars().rev());
        }
        self.chars = wanted;
    }
}

/// How many bytes this many characters take. In ASCII text, every character is one byte.
fn width<C: Iterator<Item = char>>(bytes: &[u8], count: usize, chars: impl Fn() -> C) -> usize {
    match bytes.get(..count) {
        Some(near) if near.is_ascii() => count,
        _ => chars().take(count).map(char::len_utf8).sum(),
    }
}
