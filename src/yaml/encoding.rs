//! Decodes bytes into text. Anything but plain, visible UTF-8 is refused before a parser sees it.

use std::sync::Arc;

use crate::finding::{Code, Finding, Findings, characters, yaml};
use crate::text::character::{CharacterClass, CodePoint};
use crate::text::{Source, Span};

/// The byte order mark that some programs put before a text.
pub(crate) const BOM: &str = "\u{feff}";

/// The text of a file. If the file is too large, is not UTF-8 or holds characters that no text may hold, that is reported and there is no text.
pub(crate) fn decode_text(
    name: &str,
    bytes: Vec<u8>,
    limit: usize,
    findings: &mut Findings,
) -> Option<Arc<Source>> {
    if bytes.len() > limit {
        findings.push(Finding::new(
            &yaml::FILE_TOO_LARGE,
            start_of(name),
            &[&bytes.len(), &limit],
        ));
        return None;
    }
    if let Some(wide) = WideText::of(&bytes) {
        findings.push(wide.finding(name));
        return None;
    }
    let mut text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            report_not_utf8(name, error, findings);
            return None;
        }
    };
    let is_marked = text.starts_with(BOM);
    if is_marked {
        text.drain(..BOM.len());
    }
    let source = Source::of_file(name.to_owned(), text, is_marked);
    refuse_characters(&source, findings).then_some(source)
}

/// Whether a character may stand in a file at all.
pub(super) fn is_allowed(c: char) -> bool {
    flaw_of(c).is_none()
}

/// What is wrong with a character wherever it stands.
fn flaw_of(c: char) -> Option<&'static Code> {
    match CharacterClass::of(c)? {
        CharacterClass::Control if c == '\t' => None,
        CharacterClass::LineBreak if matches!(c, '\n' | '\r') => None,
        CharacterClass::LineBreak | CharacterClass::Control | CharacterClass::Noncharacter => {
            Some(&yaml::CONTROL_CHARACTER)
        }
        CharacterClass::Direction => Some(&characters::DIRECTION_CHARACTER),
        CharacterClass::Invisible | CharacterClass::Joiner => None,
    }
}

/// A text whose characters have two bytes or four, as some programs save it.
struct WideText {
    encoding: &'static str,
    /// Its first line.
    line: String,
}

impl WideText {
    /// Bytes are such a text where they start with its mark, or where every second byte of most characters is nothing, as it is of
    /// Latin letters.
    fn of(bytes: &[u8]) -> Option<Self> {
        /// Bytes that are looked at.
        const FIRST: usize = 1024;
        let bytes = bytes.get(..FIRST).unwrap_or(bytes);
        let narrow = |places: &[usize], width: usize| {
            let units = bytes.chunks_exact(width);
            let all = units.len();
            let is_narrow = |unit: &&[u8]| {
                let mut bytes = unit.iter().enumerate();
                bytes.all(|(place, byte)| (*byte == 0) == places.contains(&place))
            };
            all > 1 && units.filter(is_narrow).count() * 2 > all
        };
        let starts = |mark: &[u8]| bytes.starts_with(mark);
        if narrow(&[1, 2, 3], 4) || narrow(&[0, 1, 2], 4) {
            let letters = bytes.iter().filter(|byte| **byte != 0).copied();
            return Some(Self::new("UTF-32", letters.map(char::from)));
        }
        let unit: fn([u8; 2]) -> u16 = if starts(&[0xff, 0xfe]) || narrow(&[1], 2) {
            u16::from_le_bytes
        } else if starts(&[0xfe, 0xff]) || narrow(&[0], 2) {
            u16::from_be_bytes
        } else {
            return None;
        };
        let (pairs, _) = bytes.as_chunks::<2>();
        let letters = char::decode_utf16(pairs.iter().map(|pair| unit(*pair)));
        let letters = letters.map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER));
        Some(Self::new("UTF-16", letters))
    }

    fn new(encoding: &'static str, letters: impl Iterator<Item = char>) -> Self {
        let letters = letters.filter(|letter| *letter != '\u{feff}');
        let line = letters.take_while(|letter| *letter != '\n').take(200);
        Self {
            encoding,
            line: line.collect(),
        }
    }

    fn finding(self, name: &str) -> Finding {
        let width = self.line.chars().next().map_or(0, char::len_utf8);
        let place = Source::new(name, self.line).place(Span::new(0, width));
        let finding = Finding::new(&yaml::NOT_UTF8, Some(place), &[]);
        finding.and(&format!("but {}", self.encoding))
    }
}

fn start_of(name: &str) -> Option<crate::text::Place> {
    Some(Source::new(name, String::new()).place(Span::default()))
}

fn report_not_utf8(name: &str, error: std::string::FromUtf8Error, findings: &mut Findings) {
    let valid = error.utf8_error().valid_up_to();
    let mut bytes = error.into_bytes();
    // The text up to the first bad byte and the rest of its line, so that the place can be drawn.
    let rest = bytes.get(valid..).unwrap_or_default();
    let line = rest.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line.get(..200).unwrap_or(line)).into_owned();
    bytes.truncate(valid);
    let mut shown = String::from_utf8(bytes).unwrap_or_default();
    shown.push_str(&line);
    let source = Source::new(name, shown);
    let place = source.place(Span::new(
        valid,
        valid + char::REPLACEMENT_CHARACTER.len_utf8(),
    ));
    findings.report(&yaml::NOT_UTF8, place, &[]);
}

/// Whether `is_it` holds for any byte. It looks at many bytes at once, so a large text takes little time.
pub(super) fn has_any(bytes: &[u8], is_it: impl Fn(u8) -> bool + Copy) -> bool {
    /// Bytes to look at before checking whether to stop.
    const TOGETHER: usize = 256;
    let some = |bytes: &[u8]| bytes.iter().fold(false, |any, byte| any | is_it(*byte));
    bytes.chunks(TOGETHER).any(some)
}

/// The first character that a file may not hold, with its offset.
fn first_refused(text: &str) -> Option<(usize, char, &'static Code)> {
    /// ASCII text needs no closer look. Where other bytes occur, this many bytes are checked closely.
    const TOGETHER: usize = 4096;
    let is_odd = |byte: u8| !matches!(byte, b' '..=b'~' | b'\t' | b'\n' | b'\r');
    let mut start = 0;
    while start < text.len() {
        let end = text.ceil_char_boundary(start + TOGETHER);
        let part = text.get(start..end).unwrap_or_default();
        if has_any(part.as_bytes(), is_odd) {
            let mut letters = part.char_indices();
            let refused = letters.find_map(|(at, c)| Some((start + at, c, flaw_of(c)?)));
            if refused.is_some() {
                return refused;
            }
        }
        start = end;
    }
    None
}

fn refuse_characters(source: &Arc<Source>, findings: &mut Findings) -> bool {
    let Some((at, c, code)) = first_refused(source.text()) else {
        return true;
    };
    let span = Span::new(at, at + c.len_utf8());
    findings.report(code, source.place(span), &[&CodePoint(c)]);
    false
}

/// The mistake in a text of one line from a file or from code, with the words for the message: the text holds an invisible
/// character, breaks a line, or nothing in it is visible. Its length is checked by the reader.
pub(crate) fn flaw_of_text(text: &str) -> Option<(&'static Code, String)> {
    let breaks_line = || text.contains(['\n', '\r']);
    flaw_of_prose(text).or_else(|| breaks_line().then(|| (&characters::LINE_BREAK, String::new())))
}

/// The same for a text that may have several lines.
pub(super) fn flaw_of_prose(text: &str) -> Option<(&'static Code, String)> {
    let is_blank = || (&yaml::EMPTY_VALUE, String::new());
    flaw_of_character(text).or_else(|| text.trim().is_empty().then(is_blank))
}

/// The same for a key. A key may be blank but not empty.
pub(crate) fn flaw_of_key(key: &str) -> Option<(&'static Code, String)> {
    let is_empty = || (&yaml::COMPLEX_KEY, "an empty text".to_owned());
    flaw_of_character(key).or_else(|| key.is_empty().then(is_empty))
}

/// A character in a text that no text may hold.
pub(super) fn flaw_of_character(text: &str) -> Option<(&'static Code, String)> {
    first_refused(text).map(|(_, c, code)| (code, CodePoint(c).to_string()))
}

#[cfg(test)]
mod tests;
