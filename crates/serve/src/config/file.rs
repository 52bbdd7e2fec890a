//! The file of options.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use clio_rules::{Finding, Source, Span, codes};
use serde::de::DeserializeOwned;

use super::{ConfigError, Options};

/// Bytes of a file of options or keys; more than anybody writes.
const FILE_BYTES: u64 = 1 << 20;

impl Options {
    /// Reads a file of options.
    pub(super) fn from_file(path: &Path) -> Result<Self, ConfigError> {
        let options: Self = read(path)?;
        Ok(options.beside(path.parent().unwrap_or(Path::new(""))))
    }
}

/// Reads a file of YAML, in which every key has to be known.
pub(crate) fn read<T: DeserializeOwned + Default>(path: &Path) -> Result<T, ConfigError> {
    let failed = |source| ConfigError::Read {
        path: path.to_owned(),
        source,
    };
    let mut text = String::new();
    let file = File::open(path).map_err(failed)?;
    let mut file = file.take(FILE_BYTES + 1);
    file.read_to_string(&mut text).map_err(failed)?;
    let name = path.display().to_string();
    if text.len() as u64 > FILE_BYTES {
        let words: [&dyn std::fmt::Display; 2] = [&name, &FILE_BYTES];
        return Err(ConfigError::File(Finding::new(
            &codes::FILE_TOO_LARGE,
            None,
            &words,
        )));
    }
    of_text(&name, &text)
}

/// Reads YAML; nothing, or nothing but comments, is a file without keys.
pub(crate) fn of_text<T: DeserializeOwned + Default>(
    name: &str,
    text: &str,
) -> Result<T, ConfigError> {
    let read = serde_yaml::from_str::<Option<T>>(text);
    let read = read.map_err(|error| ConfigError::File(finding(name, text, &error)));
    Ok(read?.unwrap_or_default())
}

/// The place of a mistake, and the nearest key where one is unknown.
fn finding(name: &str, text: &str, error: &serde_yaml::Error) -> Finding {
    let source = Source::new(name, text);
    let at = error.location().map_or(0, |location| location.index());
    let place = Some(source.place(Span::new(at, at)));
    let message = error.to_string();
    match unknown_key(&message) {
        Some((key, known)) => {
            Finding::new(&codes::UNKNOWN_KEY, place, &[&key]).with_nearest(key, known)
        }
        None => Finding::new(&codes::YAML_SYNTAX, place, &[&without_place(&message)]),
    }
}

/// The unknown key of a message, and the keys that are known there: serde writes both between backticks, and gives them in no other way.
fn unknown_key(message: &str) -> Option<(&str, impl Iterator<Item = &str>)> {
    let (_, rest) = message.split_once("unknown field `")?;
    let (key, rest) = rest.split_once('`')?;
    Some((key, rest.split('`').skip(1).step_by(2)))
}

/// A message without the place that the finding has already.
fn without_place(message: &str) -> &str {
    message
        .rsplit_once(" at line ")
        .map_or(message, |(message, _)| message)
}
