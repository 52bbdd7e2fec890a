//! Facts as they stand in JSON: a map from names to values, in the order in which they were given.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::ser::Serializer;

use super::worded::ValueWord;

/// How facts are written, for `#[serde(with = "FactMap")]`; schemas are those of a map.
pub(crate) struct FactMap;

impl FactMap {
    pub(crate) fn serialize<T: AsRef<str>, S: Serializer>(
        facts: &[(T, T)],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        struct FactWord<'w>(&'w str);
        impl serde::Serialize for FactWord<'_> {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                super::worded::serialize(self.0, serializer)
            }
        }
        let facts = facts.iter();
        serializer.collect_map(facts.map(|(name, value)| (name.as_ref(), FactWord(value.as_ref()))))
    }

    pub(crate) fn deserialize<'de, T: From<String>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<(T, T)>, D::Error> {
        struct FactsVisitor<T>(PhantomData<T>);
        impl<'de, T: From<String>> Visitor<'de> for FactsVisitor<T> {
            type Value = Vec<(T, T)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut facts = Vec::new();
                while let Some((name, ValueWord(value))) = map.next_entry::<String, _>()? {
                    facts.push((name.into(), value.into()));
                }
                Ok(facts)
            }
        }
        deserializer.deserialize_map(FactsVisitor(PhantomData))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for FactMap {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "FactMap".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        std::collections::BTreeMap::<String, ValueWord>::json_schema(generator)
    }
}
