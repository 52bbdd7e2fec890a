//! Facts as they stand in JSON: a map from names to values, in the order in which they were given.

use std::fmt;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::ser::Serializer;

use super::worded::ValueWord;

/// Facts by their names.
pub(crate) type GivenFacts = Vec<(String, String)>;

pub(crate) fn serialize<S: Serializer>(
    facts: &[(String, String)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    struct FactWord<'w>(&'w str);
    impl serde::Serialize for FactWord<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            super::worded::serialize(self.0, serializer)
        }
    }
    serializer.collect_map(facts.iter().map(|(name, value)| (name, FactWord(value))))
}

pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<GivenFacts, D::Error> {
    struct FactsVisitor;
    impl<'de> Visitor<'de> for FactsVisitor {
        type Value = GivenFacts;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<GivenFacts, A::Error> {
            let mut facts = GivenFacts::new();
            while let Some((name, ValueWord(value))) = map.next_entry()? {
                facts.push((name, value));
            }
            Ok(facts)
        }
    }
    deserializer.deserialize_map(FactsVisitor)
}
