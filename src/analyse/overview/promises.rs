//! Conflicts, advice and properties in a catalogue.

use serde::{Deserialize, Serialize};

use crate::link::product::{Advice, Basis, Conflict, Product, Property};

/// Two abilities that one person should not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConflictEntry {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// The two actions.
    pub both: Vec<String>,
    /// Roles that are trusted with both.
    pub except: Vec<String>,
    /// Why one person should not hold both.
    pub because: String,
    /// Whether the source document states it.
    pub basis: Basis,
    /// Heading of the section of the document.
    pub section: String,
    /// Where it stands, as `file:line`.
    pub place: String,
}

/// How the users of a firm should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AdviceEntry {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub title: String,
    /// How they should be, in plain words.
    pub because: String,
    /// Whether the source document states it.
    pub basis: Basis,
    /// Heading of the section of the document.
    pub section: String,
    /// Where it stands, as `file:line`.
    pub place: String,
}

/// A property that the rules promise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct PropertyEntry {
    /// Its id.
    pub id: String,
    /// The promise in words.
    pub title: String,
    /// Whether the source document states it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basis: Option<Basis>,
    /// Heading of the section of the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// Where it stands, as `file:line`.
    pub place: String,
}

impl Product {
    pub(super) fn conflict_entries(&self) -> Vec<ConflictEntry> {
        let action = |conflict: &Conflict| {
            let actions = conflict
                .both
                .iter()
                .filter_map(|action| self.actions.get(action.index()));
            actions.map(|action| action.id.to_string()).collect()
        };
        let entry = |conflict: &Conflict| ConflictEntry {
            id: conflict.id.to_string(),
            title: conflict.title.to_string(),
            both: action(conflict),
            except: conflict
                .except
                .iter()
                .map(|role| self.role_name(*role).to_owned())
                .collect(),
            because: conflict.because.to_string(),
            basis: conflict.basis,
            section: conflict
                .section
                .map(|section| self.heading(section).to_owned())
                .unwrap_or_default(),
            place: conflict.place.to_string(),
        };
        self.conflicts.iter().map(entry).collect()
    }

    pub(super) fn advice_entries(&self) -> Vec<AdviceEntry> {
        let entry = |advice: &Advice| AdviceEntry {
            id: advice.id.to_string(),
            title: advice.title.to_string(),
            because: advice.because.to_string(),
            basis: advice.basis,
            section: self.heading(advice.section).to_owned(),
            place: advice.place.file_and_line(),
        };
        self.advice.iter().map(entry).collect()
    }

    pub(super) fn property_entries(&self) -> Vec<PropertyEntry> {
        let entry = |property: &Property| PropertyEntry {
            id: property.id.to_string(),
            title: property.title.to_string(),
            basis: property.basis,
            section: property
                .section
                .map(|section| self.heading(section).to_owned()),
            place: property.place.file_and_line(),
        };
        self.properties.iter().map(entry).collect()
    }
}
