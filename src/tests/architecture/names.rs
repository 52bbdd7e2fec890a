//! Names of types: each says what it is to somebody who meets it in an error message, so that no two types share one.

use std::collections::{BTreeMap, BTreeSet};

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
