//! A JSON object whose values stay as text until they are read.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::kind::JsonKind;
use super::read_error::{not_json, wrong_type};
use crate::finding::{Finding, yaml as codes};

/// The entries of an object in their order.
#[derive(Debug)]
pub(in crate::protocol) struct JsonObject<'j> {
    entries: Vec<JsonEntry<'j>>,
}

/// A key and its value.
pub(super) type JsonEntry<'j> = (Cow<'j, str>, &'j RawValue);

/// A text that is borrowed where it holds no escapes.
#[derive(serde::Deserialize)]
pub(super) struct JsonText<'j>(#[serde(borrow)] pub(super) Cow<'j, str>);

impl<'de> Deserialize<'de> for JsonObject<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ObjectVisitor;
        impl<'de> Visitor<'de> for ObjectVisitor {
            type Value = JsonObject<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut entries = Vec::with_capacity(8);
                while let Some((JsonText(key), value)) = map.next_entry()? {
                    entries.push((key, value));
                }
                Ok(JsonObject { entries })
            }
        }
        deserializer.deserialize_map(ObjectVisitor)
    }
}

impl<'j> JsonObject<'j> {
    /// Reads an object; `what` names it in messages.
    pub(in crate::protocol) fn read(json: &'j str, what: &str) -> Result<Self, Finding> {
        let read = match JsonKind::of(json) {
            JsonKind::Object => serde_json::from_str(json).map(Some),
            _ => serde_json::from_str::<IgnoredAny>(json).map(|_| None),
        };
        let read = read.map_err(|error| not_json(&error))?;
        read.ok_or_else(|| wrong_type(what, "an object", JsonKind::of(json).in_words()))
    }

    /// Whether a text is only the start of a JSON value.
    pub(in crate::protocol) fn is_started(json: &str) -> bool {
        serde_json::from_str::<IgnoredAny>(json).is_err_and(|error| error.is_eof())
    }

    /// The entries, in their order.
    pub(in crate::protocol) fn entries(&self) -> impl Iterator<Item = (&str, &'j RawValue)> {
        self.entries.iter().map(|(key, value)| (&**key, *value))
    }

    /// The first value of a key, as it was written.
    pub(in crate::protocol) fn raw(&self, key: &str) -> Option<&'j RawValue> {
        let mut entries = self.entries();
        entries
            .find(|(known, _)| *known == key)
            .map(|(_, value)| value)
    }

    /// The value of a key that may stand once.
    pub(in crate::protocol) fn once(&self, key: &str) -> Result<Option<&'j RawValue>, Finding> {
        let values = self.entries().filter(|(known, _)| *known == key);
        match values.count() {
            0 | 1 => Ok(self.raw(key)),
            _ => Err(Finding::new(&codes::DUPLICATE_KEY, None, &[&key])),
        }
    }

    /// Its entries.
    pub(super) fn into_entries(self) -> Vec<JsonEntry<'j>> {
        self.entries
    }

    /// Its entries but for some keys.
    pub(super) fn without<'o>(
        &'o self,
        keys: &'o [&str],
    ) -> impl Iterator<Item = JsonEntry<'j>> + 'o {
        let kept = self.entries.iter();
        kept.filter(|(key, _)| !keys.contains(&&**key)).cloned()
    }
}
