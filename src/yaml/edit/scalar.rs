//! Writes a text as a scalar that every YAML reader reads as the same text.

use std::fmt::Write;

use super::super::encoding;
use crate::text::Source;

/// Words that some YAML readers do not read as a text.
const WORDS: &[&str] = &["true", "false", "null", "yes", "no", "on", "off", "y", "n"];

/// The text as a YAML value. It is plain if that is safe everywhere, even inside brackets, and otherwise in quotes.
pub(crate) fn write_scalar(text: &str) -> String {
    if is_plain(text) {
        return text.to_owned();
    }
    if !needs_escapes(text) {
        return format!("'{}'", text.replace('\'', "''"));
    }
    let mut written = String::from('"');
    text.chars().for_each(|c| push_escaped(&mut written, c));
    written.push('"');
    written
}

/// Whether a text has to be written with escapes, which is rare.
pub(in crate::yaml) fn needs_escapes(text: &str) -> bool {
    !text.chars().all(is_quotable)
}

/// The text as a value of a file. A JSON file stays JSON.
pub(super) fn write_into(source: &Source, text: &str) -> String {
    match text {
        _ if !is_json(source.text()) => write_scalar(text),
        "true" | "false" => text.to_owned(),
        _ => write_json(text),
    }
}

/// The text as a key of a map in a file.
pub(super) fn write_key_into(source: &Source, key: &str) -> String {
    if is_json(source.text()) {
        write_json(key)
    } else {
        write_scalar(key)
    }
}

/// Whether a text starts like JSON: with a brace and a key in quotes.
fn is_json(text: &str) -> bool {
    let text = text.trim_start();
    let item = text.strip_prefix('[').map_or(text, str::trim_start);
    let inside = item.strip_prefix('{');
    inside.is_some_and(|inside| inside.trim_start().starts_with('"'))
}

fn write_json(text: &str) -> String {
    let mut written = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => written.extend(['\\', c]),
            c if is_quotable(c) => written.push(c),
            // Writing to a string cannot fail.
            c => _ = write!(written, "\\u{:04x}", u32::from(c)),
        }
    }
    written.push('"');
    written
}

fn is_plain(text: &str) -> bool {
    let is_word =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '@' | '+' | ' ');
    is_count(text)
        || (text.chars().next().is_some_and(char::is_alphabetic)
            && !text.ends_with(' ')
            && text.chars().all(is_word)
            && !WORDS.contains(&text.to_lowercase().as_str()))
}

/// Whether the text is a number in the only way that number can be written.
fn is_count(text: &str) -> bool {
    const DIGITS: usize = 15;
    text == "0"
        || (text.len() <= DIGITS
            && !text.starts_with('0')
            && !text.is_empty()
            && text.bytes().all(|b| b.is_ascii_digit()))
}

fn is_quotable(c: char) -> bool {
    encoding::is_allowed(c) && !matches!(c, '\t' | '\n' | '\r' | '\u{feff}')
}

fn push_escaped(written: &mut String, c: char) {
    match c {
        '"' | '\\' => written.extend(['\\', c]),
        '\n' => written.push_str("\\n"),
        '\r' => written.push_str("\\r"),
        '\t' => written.push_str("\\t"),
        c if is_quotable(c) => written.push(c),
        // Writing to a string cannot fail.
        c => _ = write!(written, "\\U{:08X}", u32::from(c)),
    }
}
