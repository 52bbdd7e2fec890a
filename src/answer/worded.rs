//! Values in JSON: flags without quotes, everything else as text.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use serde::ser::{Serialize, Serializer};

/// A value by its word: a text, or a flag. JSON writes flags without quotes; both forms can be read.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct ValueWord(pub String);

impl From<&str> for ValueWord {
    fn from(word: &str) -> Self {
        Self(word.to_owned())
    }
}

impl std::ops::Deref for ValueWord {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Serialize for ValueWord {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for ValueWord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize(deserializer).map(Self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for ValueWord {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "ValueWord".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "A value: a text, or a flag without quotes.",
            "type": ["string", "boolean"],
        })
    }
}

pub(crate) fn serialize<S: Serializer>(word: &str, serializer: S) -> Result<S::Ok, S::Error> {
    match word {
        "true" => serializer.serialize_bool(true),
        "false" => serializer.serialize_bool(false),
        word => serializer.serialize_str(word),
    }
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    struct ValueWordVisitor;
    impl Visitor<'_> for ValueWordVisitor {
        type Value = String;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text or a flag")
        }

        fn visit_bool<E: Error>(self, flag: bool) -> Result<String, E> {
            Ok(flag.to_string())
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
            Ok(text.to_owned())
        }

        fn visit_unit<E: Error>(self) -> Result<String, E> {
            Err(E::invalid_type(Unexpected::Unit, &self))
        }
    }
    deserializer.deserialize_any(ValueWordVisitor)
}

/// Whether a count is left out of JSON.
#[allow(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde passes a reference"
)]
pub(crate) fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// A text that may be `null`, which is read as `None`.
pub(crate) fn text_or_null<'de, T: From<String>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    struct TextOrNullVisitor<T>(PhantomData<T>);
    impl<T: From<String>> Visitor<'_> for TextOrNullVisitor<T> {
        type Value = Option<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Option<T>, E> {
            Ok(Some(text.to_owned().into()))
        }

        fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
            Ok(None)
        }
    }
    deserializer.deserialize_any(TextOrNullVisitor(PhantomData))
}
