use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use pretty_assertions::assert_eq;

use super::*;

/// Every file below a folder of the repository, by its path from there.
fn below(folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            below(&path, files);
        } else {
            let name = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap();
            let text = std::fs::read_to_string(&path).unwrap();
            files.insert(name.to_string_lossy().into_owned(), text);
        }
    }
}

#[test]
fn every_shipped_file_is_embedded_as_it_is() {
    let mut shipped = BTreeMap::new();
    for folder in ["rules", "fixtures"] {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder);
        below(&folder, &mut shipped);
    }
    let embedded: BTreeMap<String, String> = [RULES, SCHEMAS, FIXTURES, &[FIRM]]
        .concat()
        .into_iter()
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect();
    assert_eq!(embedded, shipped);
}
