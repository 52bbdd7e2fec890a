//! Names of types: each says what it is to somebody who meets it in an error message, so that no two types share one.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use pretty_assertions::assert_eq;

use super::sources::all;

/// Names that several types bear, and why.
const SHARED: &[(&str, &str)] = &[];

#[test]
fn no_two_types_share_a_name() {
    let mut files: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in all().iter().filter(|file| !file.is_test()) {
        for name in file.types() {
            files.entry(name).or_default().push(file.name.clone());
        }
    }
    files.retain(|_, files| files.len() > 1);
    let shared: BTreeSet<&str> = SHARED.iter().map(|(name, _)| *name).collect();
    let unnamed: Vec<_> = files
        .iter()
        .filter(|(name, _)| !shared.contains(name.as_str()))
        .collect();
    assert_eq!(unnamed, []);
    let unused: Vec<_> = shared
        .iter()
        .filter(|name| !files.contains_key(**name))
        .collect();
    assert_eq!(unused, Vec::<&&str>::new());
}

/// The types in the third column of the glossary in `ARCHITECTURE.md`.
fn types_of_glossary(text: &str) -> Vec<String> {
    let glossary = text.split("\n## Glossary\n").nth(1).unwrap_or_default();
    let glossary = glossary.split("\n## ").next().unwrap_or_default();
    let rows = glossary.lines().filter(|line| line.starts_with("| "));
    rows.skip(1)
        .map(|row| {
            let cells: Vec<&str> = row.split('|').collect();
            cells[3].trim().trim_matches('`').to_owned()
        })
        .collect()
}

#[test]
fn each_type_of_the_glossary_exists() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md");
    let named = types_of_glossary(&std::fs::read_to_string(path).expect("it can be read"));
    assert!(named.len() > 30, "the glossary has {} rows", named.len());
    let files = all();
    let known: BTreeSet<String> = files
        .iter()
        .filter(|file| !file.is_test())
        .flat_map(|file| file.types())
        .collect();
    let unknown: Vec<_> = named.iter().filter(|name| !known.contains(*name)).collect();
    assert_eq!(unknown, Vec::<&String>::new());
}

#[test]
fn a_type_that_the_glossary_misspells_is_noticed() {
    let text = "# Map\n\n## Glossary\n\n| term | meaning | type | elsewhere |\n|---|---|---|---|\n| rule | who may | `Rlue` | |\n\n## How\n\n| a | b | `C` | |\n";
    assert_eq!(types_of_glossary(text), ["Rlue"]);
}
