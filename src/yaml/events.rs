//! The parser's events with their places in bytes.

use std::borrow::Cow;

use saphyr_parser::{Event as Raw, Marker, Parser, ScalarStyle};

use super::input::{Ration, RationExhausted, RationedText};
use super::node::TextStyle;

/// What the parser met.
#[derive(Debug)]
pub(super) enum EventKind<'a> {
    /// A text; plain and empty where a value is left out.
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
    /// Something that carries nothing.
    Nothing,
    /// The end of the text.
    TextEnd,
}

/// One event.
#[derive(Debug)]
pub(super) struct Event<'a> {
    /// What it is.
    pub(super) what: EventKind<'a>,
    /// Offset of its first byte.
    pub(super) start: usize,
    /// Offset after its last byte; later than what was written for quoted and block texts.
    pub(super) end: usize,
    /// Whether a tag stands before it.
    pub(super) tagged: bool,
    /// Whether it is given a name.
    pub(super) anchored: bool,
}

/// Why there are no further events.
#[derive(Debug)]
pub(super) enum EventStop {
    /// More tokens than may be kept waiting.
    TooMany,
    /// More bytes than one text may have.
    TooLong,
    /// The text is not YAML: the parser's words, and the offset.
    Syntax(String, usize),
}

/// The events of a text, in order.
pub(super) struct Events<'a> {
    parser: Parser<'a, RationedText<'a>>,
    offsets: ByteOffsets<'a>,
    ration: Ration,
}

/// Before a JSON text: the parser then knows that its `{` starts no key and keeps no tokens waiting.
const MARKER: &str = "--- ";

impl<'a> Events<'a> {
    /// Reads a text; no more than so many tokens and bytes are kept between two events.
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

/// The parser counts characters; this cursor walks along and knows the bytes.
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

    // Events come in order, so the steps are few; now and then an end lies behind the next start.
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

/// How many bytes this many characters take: as many, where those bytes are all ASCII.
fn width<C: Iterator<Item = char>>(bytes: &[u8], count: usize, chars: impl Fn() -> C) -> usize {
    match bytes.get(..count) {
        Some(near) if near.is_ascii() => count,
        _ => chars().take(count).map(char::len_utf8).sum(),
    }
}
