//! The worlds of the vectors: rules, a firm and a day, as `worlds.json` names them.

use std::collections::{BTreeMap, BTreeSet};

use clio_rules::{Firm, FirmLoader, Rulebook};
use serde::Deserialize;

use crate::program::{Folder, shipped};

/// A world as the file has it: texts of rules by the names that they are loaded under, with their paths in this repository.
#[derive(Deserialize)]
struct WrittenWorld {
    rules: BTreeMap<String, String>,
    firm: String,
    on: String,
}

pub(super) struct LoadedWorld {
    pub(super) name: String,
    pub(super) on: String,
    /// The path of the firm in this repository.
    pub(super) firm_path: String,
    pub(super) firm: Firm,
    rules: BTreeMap<String, String>,
}

pub(super) struct Worlds {
    all: Vec<LoadedWorld>,
}

impl LoadedWorld {
    fn of(name: String, written: WrittenWorld) -> Self {
        let texts = written.rules.into_iter();
        let rules: BTreeMap<String, String> =
            texts.map(|(name, path)| (name, shipped(&path))).collect();
        let texts = rules.iter().map(|(name, text)| (&**name, &**text));
        let rulebook = Rulebook::from_texts(texts).unwrap();
        let loader = FirmLoader::new(&rulebook).on(written.on.parse().unwrap());
        Self {
            firm: loader
                .from_text("firm.yaml", &shipped(&written.firm))
                .unwrap(),
            name,
            on: written.on,
            firm_path: written.firm,
            rules,
        }
    }

    /// A folder with its rules and its firm.
    pub(super) fn folder(&self) -> Folder {
        let rules = self.rules.iter();
        let folder = rules.fold(Folder::new(), |folder, (name, text)| {
            folder.with(name, text)
        });
        folder.with("firm.yaml", shipped(&self.firm_path))
    }
}

impl Worlds {
    pub(super) fn read() -> Self {
        let text = shipped("tests/vectors/worlds.json");
        let written: BTreeMap<String, WrittenWorld> = serde_json::from_str(&text).unwrap();
        let all = written
            .into_iter()
            .map(|(name, world)| LoadedWorld::of(name, world));
        Self { all: all.collect() }
    }

    pub(super) fn all(&self) -> &[LoadedWorld] {
        &self.all
    }

    pub(super) fn names(&self) -> BTreeSet<&str> {
        self.all.iter().map(|world| &*world.name).collect()
    }

    pub(super) fn named(&self, name: &str) -> &LoadedWorld {
        let mut all = self.all.iter();
        all.find(|world| world.name == name)
            .unwrap_or_else(|| panic!("there is no world {name}"))
    }
}
