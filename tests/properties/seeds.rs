//! What inputs of chance start from: the files that are shipped, and those that once broke a property.

use std::path::{Path, PathBuf};

/// Larger files take too long to be read again and again.
const LARGEST: usize = 24 << 10;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The committed corpus of a target.
pub(crate) fn corpus(name: &str) -> Vec<Vec<u8>> {
    read(&files(&root().join("fuzz/corpus").join(name)))
}

/// Shipped files of the kind that a target reads; none for one that reads a row of choices.
pub(crate) fn of(name: &str) -> Vec<Vec<u8>> {
    let is_kind = |path: &Path, text: &str| match name {
        "rule_file" => text.starts_with("product:") || text.contains("\nproduct:"),
        "script" => path.extension().is_some_and(|ending| ending == "rhai"),
        "firm" => text.starts_with("users:") || text.contains("\nusers:"),
        "fixture" => text.starts_with("suite:") || text.contains("\nsuite:"),
        _ => false,
    };
    let all = ["rules", "fixtures", "tests/cases", "tests/rulebooks"]
        .map(|folder| files(&root().join(folder)));
    let all: Vec<PathBuf> = all.into_iter().flatten().collect();
    let mut found: Vec<Vec<u8>> = Vec::new();
    for path in all {
        let bytes = std::fs::read(&path).unwrap();
        if bytes.len() <= LARGEST && is_kind(&path, &String::from_utf8_lossy(&bytes)) {
            found.push(bytes);
        }
    }
    // Cases differ from each other in a line: every third of them is enough to start from.
    let step = if found.len() > 90 { 3 } else { 1 };
    found.into_iter().step_by(step).collect()
}

/// Every file below a folder, sorted; none where there is no such folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
        .into_iter()
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

fn read(files: &[PathBuf]) -> Vec<Vec<u8>> {
    files
        .iter()
        .map(|file| std::fs::read(file).unwrap())
        .collect()
}
