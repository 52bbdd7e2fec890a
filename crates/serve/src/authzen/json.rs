//! JSON as it is asked: a tree that borrows its texts from the body, and stands in memory that is given back at once.

use std::cell::RefCell;
use std::collections::HashSet;
use std::fmt;

use bumpalo::Bump;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// A value of JSON. What is nested deeper than `serde_json` allows is an error, also in what nobody reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Json<'j> {
    /// `null`, which counts as if nothing stood here.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A number, as it is written in decimals.
    Number(&'j str),
    /// A text.
    Text(&'j str),
    /// A list.
    List(&'j [Json<'j>]),
    /// An object, whose keys differ.
    Object(&'j [Member<'j>]),
}

/// A key of an object with its value.
pub type Member<'j> = (&'j str, Json<'j>);

/// What stands under a key; nothing where that is `null`.
pub fn member<'m, 'j>(members: &'m [Member<'j>], key: &str) -> Option<&'m Json<'j>> {
    let found = members.iter().find(|(known, _)| *known == key);
    found
        .map(|(_, value)| value)
        .filter(|value| **value != Json::Null)
}

/// Where the values of a body stand: it lives as long as they are looked at.
#[derive(Debug, Default)]
pub struct JsonMemory {
    bump: Bump,
}

impl<'j> Json<'j> {
    /// Reads a body with so many levels of nesting at most; `serde_json` itself stops at 127.
    ///
    /// # Errors
    /// Where it is no JSON, is nested too deeply, or an object has a key twice.
    pub fn read(
        body: &'j [u8],
        memory: &'j JsonMemory,
        depth: usize,
    ) -> Result<Self, serde_json::Error> {
        // Looked at once as a whole, and not again for each text.
        let body = std::str::from_utf8(body).map_err(serde_json::Error::custom)?;
        let mut reader = serde_json::Deserializer::from_str(body);
        let open = OpenValues::default();
        let json = JsonReader {
            memory,
            open: &open,
            depth,
        };
        let read = json.deserialize(&mut reader)?;
        reader.end()?;
        Ok(read)
    }

    /// The members of an object; none of anything else.
    pub fn members(&self) -> Option<&'j [Member<'j>]> {
        match self {
            Self::Object(members) => Some(members),
            _ => None,
        }
    }

    /// A single word: a text, a flag or a number.
    pub fn word(&self) -> Option<&'j str> {
        match *self {
            Self::Text(text) | Self::Number(text) => Some(text),
            Self::Flag(flag) => Some(if flag { "true" } else { "false" }),
            Self::Null | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// A text.
    pub fn text(&self) -> Option<&'j str> {
        match *self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// The values of lists and objects that are not at their end yet: those of what is nested stand behind those around it.
#[derive(Default)]
struct OpenValues<'j> {
    values: RefCell<Vec<Json<'j>>>,
    members: RefCell<Vec<Member<'j>>>,
}

/// Reads a value with so many levels of nesting at most.
#[derive(Clone, Copy)]
struct JsonReader<'r, 'j> {
    memory: &'j JsonMemory,
    open: &'r OpenValues<'j>,
    depth: usize,
}

impl<'j> JsonReader<'_, 'j> {
    /// The reader of what is nested one level deeper.
    fn deeper<E: Error>(self) -> Result<Self, E> {
        let depth = self.depth.checked_sub(1);
        let depth = depth.ok_or_else(|| E::custom("this is nested too deeply"))?;
        Ok(Self { depth, ..self })
    }

    fn kept(self, text: &str) -> &'j str {
        self.memory.bump.alloc_str(text)
    }
}

/// What was read since `from`, put where it stays.
fn closed<'j, T: Copy>(memory: &'j JsonMemory, open: &RefCell<Vec<T>>, from: usize) -> &'j [T] {
    let mut open = open.borrow_mut();
    let kept = memory
        .bump
        .alloc_slice_copy(open.get(from..).unwrap_or_default());
    open.truncate(from);
    kept
}

impl<'j> DeserializeSeed<'j> for JsonReader<'_, 'j> {
    type Value = Json<'j>;

    fn deserialize<D: Deserializer<'j>>(self, deserializer: D) -> Result<Json<'j>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'j> Visitor<'j> for JsonReader<'_, 'j> {
    type Value = Json<'j>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json<'j>, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Json<'j>, E> {
        Ok(Json::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json<'j>, E> {
        Ok(Json::Number(self.kept(&number.to_string())))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json<'j>, E> {
        Ok(Json::Number(self.kept(&number.to_string())))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json<'j>, E> {
        Ok(Json::Number(self.kept(&number.to_string())))
    }

    fn visit_borrowed_str<E>(self, text: &'j str) -> Result<Json<'j>, E> {
        Ok(Json::Text(text))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json<'j>, E> {
        Ok(Json::Text(self.kept(text)))
    }

    fn visit_seq<A: SeqAccess<'j>>(self, mut all: A) -> Result<Json<'j>, A::Error> {
        let (deeper, open) = (self.deeper()?, &self.open.values);
        let from = open.borrow().len();
        while let Some(value) = all.next_element_seed(deeper)? {
            open.borrow_mut().push(value);
        }
        Ok(Json::List(closed(self.memory, open, from)))
    }

    fn visit_map<A: MapAccess<'j>>(self, mut all: A) -> Result<Json<'j>, A::Error> {
        let (deeper, open) = (self.deeper()?, &self.open.members);
        let from = open.borrow().len();
        let key = KeyReader {
            memory: self.memory,
        };
        while let Some(key) = all.next_key_seed(key)? {
            let value = all.next_value_seed(deeper)?;
            open.borrow_mut().push((key, value));
        }
        let members = closed(self.memory, open, from);
        match repeated(members) {
            Some(key) => Err(A::Error::custom(format_args!("`{key}` stands here twice"))),
            None => Ok(Json::Object(members)),
        }
    }
}

/// So few keys are compared faster than they are hashed.
const FEW: usize = 16;

/// A key that stands there twice. Readers disagree about which one counts.
fn repeated<'m>(members: &'m [Member<'_>]) -> Option<&'m str> {
    let mut keys = members.iter().map(|(key, _)| *key);
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

/// Reads a key, which is borrowed where it has no escapes.
#[derive(Clone, Copy)]
struct KeyReader<'j> {
    memory: &'j JsonMemory,
}

impl<'j> DeserializeSeed<'j> for KeyReader<'j> {
    type Value = &'j str;

    fn deserialize<D: Deserializer<'j>>(self, deserializer: D) -> Result<&'j str, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'j> Visitor<'j> for KeyReader<'j> {
    type Value = &'j str;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E>(self, text: &'j str) -> Result<&'j str, E> {
        Ok(text)
    }

    fn visit_str<E>(self, text: &str) -> Result<&'j str, E> {
        Ok(self.memory.bump.alloc_str(text))
    }
}
