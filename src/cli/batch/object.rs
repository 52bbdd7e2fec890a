//! A JSON object whose keys are looked at one by one, so that no key is missed and none counts twice.

use std::borrow::Cow;
use std::fmt;

use clio_rules::{Finding, codes};
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The entries of an object in their order; values stay as they were written until they are asked for.
#[derive(Debug)]
pub(super) struct Object<'j> {
    entries: Vec<(Cow<'j, str>, &'j RawValue)>,
}

/// A text that is borrowed where it holds no escapes.
#[derive(serde::Deserialize)]
struct Text<'j>(#[serde(borrow)] Cow<'j, str>);

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::with_capacity(8);
                while let Some((Text(key), value)) = map.next_entry()? {
                    entries.push((key, value));
                }
                Ok(Object { entries })
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

impl<'j> Object<'j> {
    /// Reads an object; `what` names it in messages.
    pub(super) fn read(json: &'j str, what: &str) -> Result<Self, Finding> {
        let read = match Kind::of(json) {
            Kind::Object => serde_json::from_str(json).map(Some),
            _ => serde_json::from_str::<IgnoredAny>(json).map(|_| None),
        };
        read.map_err(|error| not_json(&error))?
            .ok_or_else(|| wrong_type(what, "an object", json))
    }

    /// Whether this is the start of something that can be read, and not all of it.
    pub(super) fn is_started(json: &str) -> bool {
        serde_json::from_str::<IgnoredAny>(json).is_err_and(|error| error.is_eof())
    }

    /// The entries, in the order of the line.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&str, &'j RawValue)> {
        self.entries.iter().map(|(key, value)| (&**key, *value))
    }

    /// The first value of a key, as it was written.
    pub(super) fn raw(&self, key: &str) -> Option<&'j RawValue> {
        self.entries()
            .find(|(known, _)| *known == key)
            .map(|(_, value)| value)
    }

    /// Refuses keys that are not among these, and those that stand twice.
    pub(super) fn has_only(&self, known: &[&str]) -> Result<(), Finding> {
        let mut seen = vec![false; known.len()];
        for (key, _) in self.entries() {
            let place = known.iter().position(|known| *known == key);
            let Some(seen) = place.and_then(|place| seen.get_mut(place)) else {
                let help = format!("the keys here are {}", known.join(", "));
                let unknown = Finding::new(&codes::UNKNOWN_KEY, None, &[&key]).with_help(help);
                return Err(unknown.with_nearest(key, known.iter().copied()));
            };
            if std::mem::replace(seen, true) {
                return Err(Finding::new(&codes::DUPLICATE_KEY, None, &[&key]));
            }
        }
        Ok(())
    }

    /// The text under a key.
    pub(super) fn text(&self, key: &str) -> Result<Option<Cow<'j, str>>, Finding> {
        self.raw(key).map(|raw| text(key, raw)).transpose()
    }

    /// The text under a key that has to be there.
    pub(super) fn needed(&self, key: &str) -> Result<Cow<'j, str>, Finding> {
        self.text(key)?.ok_or_else(|| {
            Finding::new(&codes::MISSING_KEY, None, &[&key])
                .with_help(format!("add `\"{key}\": \"…\"`"))
        })
    }

    /// The text under a key that may also be `null`, which is none.
    pub(super) fn text_or_null(&self, key: &str) -> Result<Option<Cow<'j, str>>, Finding> {
        let raw = self.raw(key);
        raw.filter(|raw| Kind::of(raw.get()) != Kind::Null)
            .map(|raw| text(key, raw))
            .transpose()
    }

    /// The value under a key: a text, or a flag without quotes.
    pub(super) fn value(&self, key: &str) -> Result<Option<Cow<'j, str>>, Finding> {
        self.raw(key).map(|raw| value(key, raw)).transpose()
    }

    /// The objects of the list under a key.
    pub(super) fn objects(&self, key: &str) -> Result<Vec<&'j RawValue>, Finding> {
        let Some(raw) = self.raw(key) else {
            return Ok(Vec::new());
        };
        match Kind::of(raw.get()) {
            Kind::List => serde_json::from_str(raw.get()).map_err(|error| not_json(&error)),
            _ => Err(wrong_type(&quoted(key), "a list", raw.get())),
        }
    }
}

/// A value: a text, or a flag without quotes.
pub(super) fn value<'j>(key: &str, raw: &'j RawValue) -> Result<Cow<'j, str>, Finding> {
    match Kind::of(raw.get()) {
        Kind::Flag => Ok(Cow::Borrowed(raw.get())),
        Kind::Text => text(key, raw),
        _ => Err(wrong_type(&quoted(key), "a text or a flag", raw.get())),
    }
}

fn text<'j>(key: &str, raw: &'j RawValue) -> Result<Cow<'j, str>, Finding> {
    match Kind::of(raw.get()) {
        Kind::Text => serde_json::from_str::<Text<'j>>(raw.get())
            .map(|Text(text)| text)
            .map_err(|error| not_json(&error)),
        _ => Err(wrong_type(&quoted(key), "a text", raw.get())),
    }
}

fn quoted(key: &str) -> String {
    format!("`{key}`")
}

fn not_json(error: &serde_json::Error) -> Finding {
    // The line is known; its column helps, its place in a document of one line does not.
    let said = error.to_string();
    let said = said.split(" at line ").next().unwrap_or_default();
    Finding::new(
        &codes::NOT_JSON,
        None,
        &[&format!("{said} at column {}", error.column())],
    )
}

fn wrong_type(what: &str, wanted: &str, json: &str) -> Finding {
    Finding::new(
        &codes::WRONG_TYPE,
        None,
        &[&what, &wanted, &Kind::of(json).in_words()],
    )
}

/// The kinds of JSON value, told by their first character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Object,
    List,
    Text,
    Flag,
    Null,
    Number,
}

impl Kind {
    fn of(json: &str) -> Self {
        match json.trim_ascii_start().as_bytes().first() {
            Some(b'{') => Self::Object,
            Some(b'[') => Self::List,
            Some(b'"') => Self::Text,
            Some(b't' | b'f') => Self::Flag,
            Some(b'n') => Self::Null,
            _ => Self::Number,
        }
    }

    fn in_words(self) -> &'static str {
        match self {
            Self::Object => "an object",
            Self::List => "a list",
            Self::Text => "a text",
            Self::Flag => "a flag",
            Self::Null => "null",
            Self::Number => "a number",
        }
    }
}
