//! Sources of a request besides the firm of the world: other rules, other firms, properties.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use super::error::AskFailure;
use super::world::World;
use crate::finding::{Finding, line as codes};
use crate::firm::Firm;
use crate::load::{FirmLoader, Loader};
use crate::rulebook::Properties;
use crate::rulebook::Rulebook;

/// Texts in a request, by file name, or the name of something that the host of the world has loaded.
///
/// Rules are several texts, a firm or properties are one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum SourceTexts {
    /// The name of something that is loaded.
    Loaded(String),
    /// Texts by the names of their files.
    Files(BTreeMap<String, String>),
}

impl<'de> Deserialize<'de> for SourceTexts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SourceTextsVisitor;
        impl<'de> Visitor<'de> for SourceTextsVisitor {
            type Value = SourceTexts;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name, or an object of texts")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<SourceTexts, E> {
                Ok(SourceTexts::Loaded(name.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<SourceTexts, A::Error> {
                let mut files = BTreeMap::new();
                while let Some((name, text)) = map.next_entry()? {
                    files.insert(name, text);
                }
                Ok(SourceTexts::Files(files))
            }
        }
        deserializer.deserialize_any(SourceTextsVisitor)
    }
}

impl SourceTexts {
    /// Something loaded from a file or folder, under its path.
    pub fn of_file(path: &std::path::Path) -> Self {
        Self::Loaded(path.display().to_string())
    }

    /// The value that is loaded under a name.
    pub(crate) fn loaded<'l, T>(
        all: &BTreeMap<String, &'l T>,
        name: &str,
    ) -> Result<&'l T, Finding> {
        all.get(name).copied().ok_or_else(|| {
            let unknown = Finding::new(&codes::UNKNOWN_SOURCE, None, &[&name]);
            unknown.with_nearest(name, all.keys().map(String::as_str))
        })
    }
}

impl From<&str> for SourceTexts {
    fn from(name: &str) -> Self {
        Self::Loaded(name.to_owned())
    }
}

/// Everything that the host of a world has loaded, by name.
#[derive(Debug, Clone, Default)]
pub(super) struct LoadedSources<'w> {
    pub(super) rules: BTreeMap<String, &'w Rulebook>,
    pub(super) firms: BTreeMap<String, &'w Firm>,
    pub(super) properties: BTreeMap<String, &'w Properties>,
}

/// The only text.
fn only(files: &BTreeMap<String, String>) -> Result<(&str, &str), Finding> {
    let mut all = files.iter();
    match (all.next(), all.next()) {
        (Some((name, text)), None) => Ok((name, text)),
        _ => Err(Finding::new(&codes::NOT_ONE_TEXT, None, &[&files.len()])),
    }
}

impl<'w> World<'w> {
    /// The rules of a source.
    pub(super) fn rules(&self, source: &SourceTexts) -> Result<Cow<'w, Rulebook>, AskFailure> {
        match source {
            SourceTexts::Loaded(name) => Ok(Cow::Borrowed(SourceTexts::loaded(
                &self.sources.rules,
                name,
            )?)),
            SourceTexts::Files(files) => {
                let texts = files
                    .iter()
                    .map(|(name, text)| (name.as_str(), text.as_str()));
                let limits = self.firm().rulebook().limits();
                Ok(Cow::Owned(
                    Loader::new().limits(limits).rulebook_from_texts(texts)?,
                ))
            }
        }
    }

    /// The firm of a source, under the rules of the world and on its day.
    pub(super) fn other_firm(&self, source: &SourceTexts) -> Result<Cow<'w, Firm>, AskFailure> {
        match source {
            SourceTexts::Loaded(name) => Ok(Cow::Borrowed(SourceTexts::loaded(
                &self.sources.firms,
                name,
            )?)),
            SourceTexts::Files(files) => {
                let (name, text) = only(files)?;
                let firm = self.firm();
                let loader = FirmLoader::new(firm.rulebook()).on_day_of(firm.day());
                Ok(Cow::Owned(loader.from_text(name, text)?))
            }
        }
    }

    /// The properties of a source.
    pub(super) fn properties(
        &self,
        source: &SourceTexts,
    ) -> Result<Cow<'w, Properties>, AskFailure> {
        match source {
            SourceTexts::Loaded(name) => Ok(Cow::Borrowed(SourceTexts::loaded(
                &self.sources.properties,
                name,
            )?)),
            SourceTexts::Files(files) => {
                let (name, text) = only(files)?;
                Ok(Cow::Owned(Properties::from_text(
                    self.firm().rulebook(),
                    name,
                    text,
                )?))
            }
        }
    }
}
