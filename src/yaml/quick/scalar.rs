//! Scalars: plain texts, quoted texts and keys.

use std::borrow::Cow;

use super::super::{edit, encoding};
use super::{Piece, QuickReader};

/// The most bytes of one text. A longer text cannot be a key and is rarely a name.
const LONGEST: usize = 1_000;

impl<'t> QuickReader<'t> {
    /// A value on one line. In brackets, a comma ends it. In JSON, only numbers and flags have no quotes.
    pub(super) fn scalar(&mut self, is_flow: bool) -> Option<Piece<'t>> {
        let start = self.at;
        let (text, is_plain) = match self.peek()? {
            b'"' => (self.double_quoted()?, false),
            b'\'' if !self.is_json => (self.single_quoted()?, false),
            _ => (Cow::Borrowed(self.plain(is_flow)?), true),
        };
        // Blanks after a plain text are skipped together with it.
        let end = if is_plain {
            start + text.len()
        } else {
            self.at
        };
        self.last = start..end;
        (text.len() <= LONGEST && is_usual(&text)).then_some(Piece::Text(text, is_plain))
    }

    /// A key without quotes, its colon, and the blank or line end after it.
    pub(super) fn bare_key(&mut self) -> Option<Piece<'t>> {
        let end = self.key_end()?;
        let key = self.text.get(self.at..end)?;
        self.last = self.at..end;
        self.at = end + 1;
        Some(Piece::Text(Cow::Borrowed(key), true))
    }

    /// Whether a key without quotes is next.
    pub(super) fn is_key(&self) -> bool {
        self.key_end().is_some()
    }

    fn key_end(&self) -> Option<usize> {
        let rest = self.rest();
        let is_part = |byte: &&u8| matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_');
        let length = rest.iter().take_while(is_part).count();
        let is_apart = matches!(rest.get(length..)?, [b':', b' ' | b'\n' | b'\r', ..]);
        (is_apart && (1..LONGEST).contains(&length)).then_some(self.at + length)
    }

    fn plain(&mut self, is_flow: bool) -> Option<&'t str> {
        let rest = self.rest();
        let starts_well =
            |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80;
        if !rest.first().is_some_and(starts_well) {
            return None;
        }
        let length = rest
            .iter()
            .take_while(|byte| is_plain(**byte, is_flow))
            .count();
        let is_over = match rest.get(length) {
            None | Some(b'\n' | b'\r') => !is_flow || self.is_json,
            Some(b',' | b']' | b'}') => is_flow,
            Some(b'#') => !is_flow && rest.get(length.wrapping_sub(1)) == Some(&b' '),
            _ => false,
        };
        let text = self.text.get(self.at..self.at + length)?;
        self.at += length;
        let text = text.trim_end_matches(' ');
        (is_over && self.stands_for_itself(text)).then_some(text)
    }

    /// Whether a plain text stands for itself. In JSON, only numbers and flags are plain.
    fn stands_for_itself(&self, text: &str) -> bool {
        let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        text != "null" && (!self.is_json || matches!(text, "true" | "false") || is_number(text))
    }

    fn single_quoted(&mut self) -> Option<Cow<'t, str>> {
        self.skip(b'\'')?;
        let start = self.at;
        let mut doubled = false;
        loop {
            let is_inside = |byte: &&u8| !matches!(byte, b'\'' | b'\n' | b'\r');
            self.at += self.rest().iter().take_while(is_inside).count();
            let text = self.text.get(start..self.at)?;
            self.skip(b'\'')?;
            if self.skip(b'\'').is_some() {
                doubled = true;
            } else if doubled {
                return Some(Cow::Owned(text.replace("''", "'")));
            } else {
                return Some(Cow::Borrowed(text));
            }
        }
    }

    fn double_quoted(&mut self) -> Option<Cow<'t, str>> {
        self.skip(b'"')?;
        let first = self.at;
        let mut whole = Cow::Borrowed("");
        while self.at - first < self.longest {
            let start = self.at;
            let is_inside = |byte: &&u8| !matches!(byte, b'"' | b'\\' | b'\n' | b'\r');
            self.at += self.rest().iter().take_while(is_inside).count();
            let part = self.text.get(start..self.at)?;
            if whole.is_empty() {
                whole = Cow::Borrowed(part);
            } else {
                whole.to_mut().push_str(part);
            }
            if self.skip(b'"').is_some() {
                return Some(whole);
            }
            // The escape is checked first: if it is not known, the part before it is not copied, however long it is.
            let escaped = self.escaped()?;
            whole.to_mut().push(escaped);
        }
        None
    }

    /// The character of an escape in double quotes. Returns `None` for rare escapes and for characters that a file may not hold.
    fn escaped(&mut self) -> Option<char> {
        let digits = match self.rest() {
            [b'\\', b'"' | b'\\' | b'/', ..] => 0,
            [b'\\', b'x', ..] => 2,
            [b'\\', b'u', ..] => 4,
            _ => return None,
        };
        self.at += 2;
        if digits == 0 {
            let byte = self.text.as_bytes().get(self.at - 1)?;
            return Some(char::from(*byte));
        }
        let code = self.text.get(self.at..self.at + digits)?;
        self.at += digits;
        let is_hex = code.bytes().all(|byte| byte.is_ascii_hexdigit());
        let c = char::from_u32(u32::from_str_radix(code, 16).ok()?)?;
        (is_hex && !c.is_whitespace() && encoding::is_allowed(c) && c != '\u{feff}').then_some(c)
    }
}

/// Whether this program writes a valid text in a way that the quick reader can read.
pub(crate) fn is_usually_written(text: &str) -> bool {
    text.len() <= LONGEST && !edit::needs_escapes(text)
}

/// Whether a text is not blank and holds only allowed characters.
fn is_usual(text: &str) -> bool {
    let is_seen = |byte: u8| matches!(byte, b' '..=b'~');
    let is_in_english = text.bytes().fold(true, |all, byte| all & is_seen(byte));
    match text.as_bytes().first() {
        Some(b'!'..=b'~') if is_in_english => true,
        _ => !text.trim().is_empty() && text.chars().all(encoding::is_allowed),
    }
}

/// Whether a byte of a plain text is part of the text and has no other meaning.
fn is_plain(byte: u8, is_flow: bool) -> bool {
    match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b' ' | 0x80.. => true,
        b'-' | b'.' | b'@' | b'+' | b'/' | b'\'' | b'(' | b')' | b'&' | b';' => true,
        b',' => !is_flow,
        _ => false,
    }
}
