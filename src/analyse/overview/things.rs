//! Kinds of things in the catalogue: their properties, and their lists of people.

use serde::{Deserialize, Serialize};

use crate::link::product::{FactId, KindList, KindProperty, Product, ThingKind};

/// A kind of thing that actions are done to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ThingKindEntry {
    /// Its id.
    pub id: String,
    /// What people call one of them.
    pub title: String,
    /// Id of the kind that each of them is part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<String>,
    /// What is known of each of them.
    pub properties: Vec<ThingPropertyEntry>,
    /// How people stand to each of them.
    pub lists: Vec<ThingListEntry>,
    /// Where it stands, as `file:line`.
    pub place: String,
}

/// A property of the things of a kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ThingPropertyEntry {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Its values.
    pub values: Vec<String>,
    /// The value where the firm file is silent.
    pub default: String,
}

/// A list of people that the things of a kind have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ThingListEntry {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// Ids of the lists on which whoever stands on this one stands as well.
    pub brings: Vec<String>,
    /// Whether it has one entry at most.
    pub holds_one: bool,
    /// Whether everyone stands on it where the firm file says nothing about it; nobody otherwise.
    pub is_open: bool,
}

impl Product {
    pub(super) fn thing_entries(&self) -> Vec<ThingKindEntry> {
        let entry = |kind: &ThingKind| ThingKindEntry {
            id: kind.id.to_string(),
            title: kind.title.to_string(),
            part_of: kind
                .part_of
                .and_then(|whole| self.kind(whole))
                .map(|whole| whole.id.to_string()),
            properties: kind
                .properties
                .iter()
                .filter_map(|of| self.property_entry(of))
                .collect(),
            lists: kind
                .lists
                .iter()
                .map(|list| self.list_entry(kind, list))
                .collect(),
            place: kind.place.file_and_line(),
        };
        self.kinds.iter().map(entry).collect()
    }

    fn property_entry(&self, property: &KindProperty) -> Option<ThingPropertyEntry> {
        let domain = &self.fact(property.fact)?.domain;
        Some(ThingPropertyEntry {
            id: property.id.to_string(),
            title: property.title.to_string(),
            values: domain.words().map(str::to_owned).collect(),
            default: domain.word(property.default).to_owned(),
        })
    }

    fn list_entry(&self, kind: &ThingKind, list: &KindList) -> ThingListEntry {
        let is_brought = |by: FactId, fact: FactId| {
            let fact = self.fact(fact);
            fact.is_some_and(|fact| fact.brought_by.contains(&by))
        };
        let brought = kind
            .lists
            .iter()
            .filter(|other| is_brought(list.fact, other.fact));
        ThingListEntry {
            id: list.id.to_string(),
            title: list.title.to_string(),
            brings: brought.map(|other| other.id.to_string()).collect(),
            holds_one: list.is_single,
            is_open: list.is_open,
        }
    }
}
