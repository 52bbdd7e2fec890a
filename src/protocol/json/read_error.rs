//! Errors of reading: from serde, and as findings.

use std::fmt::{self, Display};

use serde::de::{self, Expected, Unexpected};

use crate::finding::{Finding, line, yaml as codes};

/// Why a type cannot be read from a value. The caller adds the name of the value.
#[derive(Debug)]
pub(super) enum JsonReadError {
    /// A value of another kind than the wanted one.
    Kind { wanted: String, given: &'static str },
    /// A key that is not among those that there are.
    Key {
        key: String,
        known: &'static [&'static str],
    },
    /// Everything else, complete.
    Found(Box<Finding>),
}

impl JsonReadError {
    /// The finding, of a value with this name.
    pub(super) fn of(self, what: &str) -> Finding {
        match self {
            Self::Kind { wanted, given } => wrong_type(what, &wanted, given),
            Self::Key { key, known } => unknown_key(&key, known),
            Self::Found(finding) => *finding,
        }
    }

    /// The same, with the name of the value it is about.
    pub(super) fn at(self, what: &str) -> Self {
        Self::Found(Box::new(self.of(what)))
    }
}

impl From<Finding> for JsonReadError {
    fn from(finding: Finding) -> Self {
        Self::Found(Box::new(finding))
    }
}

/// An unknown key. The help names the known ones and the nearest.
pub(in crate::protocol) fn unknown_key(key: &str, known: &[&str]) -> Finding {
    let help = format!("the keys here are {}", known.join(", "));
    let unknown = Finding::new(&codes::UNKNOWN_KEY, None, &[&key]).with_help(help);
    unknown.with_nearest(key, known.iter().copied())
}

/// A value of another kind.
pub(super) fn wrong_type(what: &str, wanted: &str, given: &str) -> Finding {
    Finding::new(&line::WRONG_TYPE, None, &[&what, &wanted, &given])
}

/// A text that is not JSON.
pub(super) fn not_json(error: &serde_json::Error) -> Finding {
    // A request is one line: its column helps, its place in a document does not.
    let message = error.to_string();
    let reason = message.split(" at line ").next().unwrap_or_default();
    let reason = format!("{reason} at column {}", error.column());
    Finding::new(&line::NOT_JSON, None, &[&reason])
}

impl Display for JsonReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Kind { wanted, given } => write!(f, "{wanted} is wanted, not {given}"),
            Self::Key { key, .. } => write!(f, "there is no key `{key}`"),
            Self::Found(finding) => finding.fmt(f),
        }
    }
}

impl std::error::Error for JsonReadError {}

impl de::Error for JsonReadError {
    fn custom<T: Display>(message: T) -> Self {
        Self::Kind {
            wanted: message.to_string(),
            given: "something else",
        }
    }

    fn invalid_type(given: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Self::Kind {
            wanted: wanted.to_string(),
            given: in_words(&given),
        }
    }

    fn invalid_value(given: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Self::invalid_type(given, wanted)
    }

    fn unknown_field(key: &str, known: &'static [&'static str]) -> Self {
        Self::Key {
            key: key.to_owned(),
            known,
        }
    }

    fn missing_field(key: &'static str) -> Self {
        let missing = Finding::new(&codes::MISSING_KEY, None, &[&key]);
        missing.with_help(format!("add `\"{key}\": \"…\"`")).into()
    }

    fn duplicate_field(key: &'static str) -> Self {
        Finding::new(&codes::DUPLICATE_KEY, None, &[&key]).into()
    }
}

fn in_words(given: &Unexpected<'_>) -> &'static str {
    match given {
        Unexpected::Bool(_) => "a flag",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) | Unexpected::Float(_) => "a number",
        Unexpected::Str(_) | Unexpected::Char(_) => "a text",
        Unexpected::Seq => "a list",
        Unexpected::Map => "an object",
        _ => "null",
    }
}
