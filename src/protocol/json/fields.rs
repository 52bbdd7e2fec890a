//! A deserializer that knows the name of each value, so that errors can name it.

use std::borrow::Cow;
use std::collections::HashSet;

use serde::de::value::CowStrDeserializer;
use serde::de::{DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};
use serde_json::value::RawValue;

use super::kind::JsonKind;
use super::object::{JsonEntry, JsonObject, JsonText};
use super::read_error::{JsonReadError, not_json, unknown_key};
use crate::finding::{Finding, yaml as codes};

/// Reads the entries of an object into a type, except the keys around it.
pub(in crate::protocol) fn read_fields<'j, T: Deserialize<'j>>(
    object: &JsonObject<'j>,
    around: &[&str],
) -> Result<T, Finding> {
    let entries: Vec<JsonEntry<'j>> = object.without(around).collect();
    T::deserialize(ObjectDeserializer(entries)).map_err(|wrong| match wrong {
        JsonReadError::Key { key, known } => unknown_key(&key, &[around, known].concat()),
        wrong => wrong.of("a request"),
    })
}

/// Deserializes an object from its entries.
struct ObjectDeserializer<'j>(Vec<JsonEntry<'j>>);

impl<'de> Deserializer<'de> for ObjectDeserializer<'de> {
    type Error = JsonReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonReadError> {
        visitor.visit_map(EntryAccess::of(self.0, None))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        keys: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, JsonReadError> {
        visitor.visit_map(EntryAccess::of(self.0, Some(keys)))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// Gives the entries of an object one by one, each with the name of its key.
struct EntryAccess<'j> {
    entries: std::vec::IntoIter<JsonEntry<'j>>,
    /// The entry whose value comes next.
    value: Option<(String, &'j RawValue)>,
    /// The known keys. `None` for a map with any keys.
    keys: Option<&'static [&'static str]>,
    /// The keys so far of a map with any keys. A type with known keys reports duplicates by itself.
    seen: HashSet<String>,
}

impl<'j> EntryAccess<'j> {
    fn of(entries: Vec<JsonEntry<'j>>, keys: Option<&'static [&'static str]>) -> Self {
        Self {
            entries: entries.into_iter(),
            value: None,
            keys,
            seen: HashSet::new(),
        }
    }
}

impl<'de> MapAccess<'de> for EntryAccess<'de> {
    type Error = JsonReadError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, JsonReadError> {
        let Some((key, value)) = self.entries.next() else {
            return Ok(None);
        };
        match self.keys {
            Some(known) if !known.contains(&&*key) => {
                let key = key.into_owned();
                return Err(JsonReadError::Key { key, known });
            }
            None if !self.seen.insert(key.to_string()) => {
                return Err(Finding::new(&codes::DUPLICATE_KEY, None, &[&key]).into());
            }
            _ => {}
        }
        self.value = Some((key.to_string(), value));
        let key: CowStrDeserializer<'de, JsonReadError> = key.into_deserializer();
        seed.deserialize(key).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(
        &mut self,
        seed: V,
    ) -> Result<V::Value, JsonReadError> {
        let (key, json) = self
            .value
            .take()
            .unwrap_or_else(|| (String::new(), RawValue::NULL));
        let what = format!("`{key}`");
        let value = ValueDeserializer { key: &key, json };
        seed.deserialize(value).map_err(|wrong| wrong.at(&what))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len())
    }
}

/// Deserializes a value, and knows the key it stands under.
#[derive(Clone, Copy)]
struct ValueDeserializer<'k, 'j> {
    key: &'k str,
    json: &'j RawValue,
}

impl<'j> ValueDeserializer<'_, 'j> {
    fn kind(self) -> JsonKind {
        JsonKind::of(self.json.get())
    }

    /// An error where the value is of another kind.
    fn is(self, kind: JsonKind) -> Result<Self, JsonReadError> {
        if self.kind() == kind {
            return Ok(self);
        }
        Err(JsonReadError::Kind {
            wanted: kind.in_words().to_owned(),
            given: self.kind().in_words(),
        })
    }

    fn read<T: Deserialize<'j>>(self) -> Result<T, JsonReadError> {
        let read = serde_json::from_str(self.json.get());
        read.map_err(|error| not_json(&error).into())
    }

    fn map<V: Visitor<'j>>(
        self,
        visitor: V,
        keys: Option<&'static [&'static str]>,
    ) -> Result<V::Value, JsonReadError> {
        let object: JsonObject<'j> = self.is(JsonKind::Object)?.read()?;
        visitor.visit_map(EntryAccess::of(object.into_entries(), keys))
    }

    fn text<V: Visitor<'j>>(self, visitor: V) -> Result<V::Value, JsonReadError> {
        let JsonText(text) = self.is(JsonKind::Text)?.read()?;
        match text {
            Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn list<V: Visitor<'j>>(self, visitor: V) -> Result<V::Value, JsonReadError> {
        let items: Vec<&'j RawValue> = self.is(JsonKind::List)?.read()?;
        visitor.visit_seq(ItemAccess {
            // The items of `parts` are called `part`.
            key: self.key.strip_suffix('s').unwrap_or(self.key),
            items: items.into_iter(),
            number: 0,
        })
    }
}

impl<'de> Deserializer<'de> for ValueDeserializer<'_, 'de> {
    type Error = JsonReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonReadError> {
        match self.kind() {
            JsonKind::Object => self.map(visitor, None),
            JsonKind::List => self.list(visitor),
            JsonKind::Text => self.text(visitor),
            JsonKind::Flag => visitor.visit_bool(self.read()?),
            JsonKind::Null => visitor.visit_unit(),
            JsonKind::Number => match self.read::<u64>() {
                Ok(number) => visitor.visit_u64(number),
                Err(_) => visitor.visit_f64(self.read()?),
            },
        }
    }

    /// An optional key is left out, and never null.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonReadError> {
        visitor.visit_some(self)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonReadError> {
        self.text(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonReadError> {
        self.text(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonReadError> {
        self.list(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, JsonReadError> {
        self.map(visitor, None)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        keys: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, JsonReadError> {
        self.map(visitor, Some(keys))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, JsonReadError> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct tuple tuple_struct enum
        identifier ignored_any
    }
}

/// Gives the items of a list one by one.
struct ItemAccess<'k, 'j> {
    key: &'k str,
    items: std::vec::IntoIter<&'j RawValue>,
    number: usize,
}

impl<'de> SeqAccess<'de> for ItemAccess<'_, 'de> {
    type Error = JsonReadError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, JsonReadError> {
        let Some(json) = self.items.next() else {
            return Ok(None);
        };
        self.number += 1;
        let (key, number) = (self.key, self.number);
        let read = seed.deserialize(ValueDeserializer { key, json });
        read.map(Some).map_err(|wrong| {
            let finding = wrong.of(&format!("a {key}"));
            finding.and(&format!("in {key} {number}")).into()
        })
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}
