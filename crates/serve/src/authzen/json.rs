//! JSON as it is asked: a tree that borrows its texts from the body.

use std::borrow::Cow;
use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// A value of JSON. What is nested deeper than `serde_json` allows is an error, also in what nobody reads.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Json<'j> {
    /// `null`, which counts as if nothing stood here.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A number, as it is written in decimals.
    Number(Box<str>),
    /// A text.
    Text(Cow<'j, str>),
    /// A list.
    List(Vec<Json<'j>>),
    /// An object, whose keys differ.
    Object(Vec<Member<'j>>),
}

/// A key of an object with its value.
pub type Member<'j> = (Cow<'j, str>, Json<'j>);

/// What stands under a key; nothing where that is `null`.
pub fn member<'m, 'j>(members: &'m [Member<'j>], key: &str) -> Option<&'m Json<'j>> {
    let found = members.iter().find(|(known, _)| known == key);
    found
        .map(|(_, value)| value)
        .filter(|value| **value != Json::Null)
}

impl<'j> Json<'j> {
    /// Reads a body with so many levels of nesting at most; `serde_json` itself stops at 127.
    ///
    /// # Errors
    /// Where it is no JSON, is nested too deeply, or an object has a key twice.
    pub fn read(body: &'j [u8], depth: usize) -> Result<Self, serde_json::Error> {
        let mut reader = serde_json::Deserializer::from_slice(body);
        let read = JsonReader { depth }.deserialize(&mut reader)?;
        reader.end()?;
        Ok(read)
    }

    /// The members of an object; none of anything else.
    pub fn members(&self) -> Option<&[Member<'j>]> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// A single word: a text, a flag or a number.
    pub fn word(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Number(number) => Some(number),
            Self::Flag(flag) => Some(if *flag { "true" } else { "false" }),
            Self::Null | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// A text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Reads a value with so many levels of nesting at most.
#[derive(Clone, Copy)]
struct JsonReader {
    depth: usize,
}

impl JsonReader {
    /// The reader of what is nested one level deeper.
    fn deeper<E: Error>(self) -> Result<Self, E> {
        let depth = self.depth.checked_sub(1);
        let depth = depth.ok_or_else(|| E::custom("this is nested too deeply"))?;
        Ok(Self { depth })
    }
}

impl<'de> DeserializeSeed<'de> for JsonReader {
    type Value = Json<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for JsonReader {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json<'de>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Json<'de>, E> {
        Ok(Json::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json<'de>, E> {
        Ok(Json::Number(number.to_string().into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json<'de>, E> {
        Ok(Json::Number(number.to_string().into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json<'de>, E> {
        Ok(Json::Number(number.to_string().into()))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json<'de>, E> {
        Ok(Json::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<Json<'de>, A::Error> {
        let deeper = self.deeper()?;
        let mut list = Vec::new();
        while let Some(value) = all.next_element_seed(deeper)? {
            list.push(value);
        }
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut all: A) -> Result<Json<'de>, A::Error> {
        let deeper = self.deeper()?;
        let mut members = Vec::new();
        while let Some(Key(key)) = all.next_key()? {
            members.push((key, all.next_value_seed(deeper)?));
        }
        match repeated(&members) {
            Some(key) => Err(A::Error::custom(format_args!("`{key}` stands here twice"))),
            None => Ok(Json::Object(members)),
        }
    }
}

/// So few keys are compared faster than they are hashed.
const FEW: usize = 16;

/// A key that stands there twice. Readers disagree about which one counts.
fn repeated<'m>(members: &'m [Member<'_>]) -> Option<&'m str> {
    let mut keys = members.iter().map(|(key, _)| &**key);
    if members.len() <= FEW {
        let is_before = |(place, key): &(usize, &str)| {
            let before = members.iter().take(*place);
            before.into_iter().any(|(other, _)| other == key)
        };
        return keys.enumerate().find(is_before).map(|(_, key)| key);
    }
    let mut known = HashSet::new();
    keys.find(|key| !known.insert(*key))
}

/// A key, borrowed where it has no escapes.
struct Key<'j>(Cow<'j, str>);

struct KeyVisitor;

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(KeyVisitor)
    }
}

impl<'de> Visitor<'de> for KeyVisitor {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Key<'de>, E> {
        Ok(Key(Cow::Owned(text.to_owned())))
    }
}
