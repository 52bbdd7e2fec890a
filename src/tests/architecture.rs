//! The layout is kept honest: every file is compiled, none is a room too large, and stages know only those before them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use pretty_assertions::assert_eq;

/// Lines that a file of code may have; tests may be longer.
const MOST_LINES: usize = 400;

/// What each stage may not name. The flow is text, findings, values, then files, YAML and scripts side by side, read,
/// link, explore, then answering and changing, then reports and fixtures.
const WALLS: &[(&str, &[&str])] = &[
    (
        "text.rs",
        &[
            "yaml", "script", "disk", "link", "explore", "firm", "answer", "change",
        ],
    ),
    (
        "finding/",
        &[
            "yaml", "script", "disk", "link", "explore", "firm", "answer", "change",
        ],
    ),
    (
        "value.rs",
        &[
            "yaml", "script", "disk", "link", "explore", "firm", "answer", "change",
        ],
    ),
    (
        "vocabulary.rs",
        &[
            "yaml", "script", "disk", "link", "explore", "firm", "answer", "change",
        ],
    ),
    (
        "yaml/",
        &[
            "script", "disk", "link", "explore", "firm", "answer", "change",
        ],
    ),
    (
        "script/",
        &[
            "yaml", "disk", "link", "explore", "firm", "answer", "change",
        ],
    ),
    (
        "read/",
        &[
            "script", "disk", "link", "explore", "firm", "answer", "change",
        ],
    ),
    ("link/", &["disk", "explore", "firm", "answer", "change"]),
    (
        "explore/",
        &["yaml", "disk", "read", "firm", "answer", "change"],
    ),
    (
        "answer/",
        &[
            "yaml", "disk", "script", "read", "change", "fixture", "report",
        ],
    ),
    (
        "change/",
        &["yaml", "disk", "script", "read", "fixture", "report"],
    ),
    ("firm/", &["script", "change", "fixture", "report"]),
    ("report/", &["yaml", "disk", "script", "read", "change"]),
    (
        "analyse/",
        &[
            "yaml", "disk", "script", "read", "fixture", "mutate", "direct",
        ],
    ),
    ("fixture/", &["script", "mutate"]),
    ("mutate/", &["disk", "direct", "report"]),
];

/// Words that only one room may say.
const KEPT_IN: &[(&str, &str)] = &[
    ("saphyr_parser", "yaml/"),
    ("serde_yaml", "yaml/"),
    ("rhai::", "script/"),
    ("std::fs", "disk.rs"),
    ("clap", "cli/"),
];

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every Rust file below a folder, by its path from `src`.
fn files(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).expect("it is a folder") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(src()).expect("it is below src");
            found.insert(name.to_string_lossy().into_owned());
        }
    }
}

fn all_files() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    files(&src(), &mut found);
    found
}

fn text(name: &str) -> String {
    std::fs::read_to_string(src().join(name)).expect("it can be read")
}

fn is_test(name: &str) -> bool {
    name.contains("tests")
}

/// The lines of code: comments and what follows them left out.
fn code(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(|line| line.split("//").next().unwrap_or_default())
}

/// The files that the compiler reaches from a root by `mod` lines.
fn reached(name: &str, found: &mut BTreeSet<String>) {
    found.insert(name.to_owned());
    let folder = match name {
        "lib.rs" | "main.rs" => String::new(),
        _ if name.ends_with("/mod.rs") => name.trim_end_matches("mod.rs").to_owned(),
        _ => format!("{}/", name.trim_end_matches(".rs")),
    };
    for line in text(name).lines() {
        let declared = line
            .trim()
            .strip_suffix(';')
            .and_then(|line| line.rsplit_once("mod "));
        let Some((before, module)) = declared else {
            continue;
        };
        let is_declaration = before.is_empty() || before.starts_with("pub");
        if !is_declaration || module.contains(' ') {
            continue;
        }
        let candidates = [
            format!("{folder}{module}.rs"),
            format!("{folder}{module}/mod.rs"),
        ];
        let child = candidates
            .iter()
            .find(|candidate| src().join(candidate).exists());
        reached(child.expect("a declared module has a file"), found);
    }
}

#[test]
fn every_file_is_compiled() {
    let mut found = BTreeSet::new();
    reached("lib.rs", &mut found);
    reached("main.rs", &mut found);
    assert_eq!(all_files(), found);
}

#[test]
fn no_file_is_included_by_path() {
    let by_path: Vec<String> = all_files()
        .into_iter()
        .filter(|name| code(&text(name)).any(|l| l.contains("#[path")))
        .collect();
    let this = by_path
        .iter()
        .filter(|name| !name.ends_with("architecture.rs"));
    assert_eq!(this.count(), 0, "{by_path:?}");
}

#[test]
fn no_room_is_too_large() {
    let large: Vec<(String, usize)> = all_files()
        .into_iter()
        .filter(|name| !is_test(name))
        .map(|name| (text(&name).lines().count(), name))
        .filter(|(lines, _)| *lines > MOST_LINES)
        .map(|(lines, name)| (name, lines))
        .collect();
    assert_eq!(large, []);
}

/// Whether a line reaches into a stage. Stages are named one by one, so that this can be seen.
fn names_stage(line: &str, stage: &str) -> bool {
    line.contains(&format!("crate::{stage}::")) || line.contains("use crate::{")
}

#[test]
fn a_line_that_reaches_into_a_stage_is_noticed() {
    assert!(names_stage("use crate::yaml::Node;", "yaml"));
    assert!(names_stage("use crate::{yaml, script};", "yaml"));
    assert!(!names_stage("use crate::text::Place;", "yaml"));
}

#[test]
fn stages_know_only_those_before_them() {
    let mut broken = Vec::new();
    for name in all_files().into_iter().filter(|name| !is_test(name)) {
        for (_, forbidden) in WALLS.iter().filter(|(stage, _)| name.starts_with(stage)) {
            let text = text(&name);
            for line in code(&text) {
                let named = forbidden.iter().filter(|stage| names_stage(line, stage));
                broken.extend(named.map(|stage| format!("{name} names {stage}: {}", line.trim())));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn some_words_are_said_in_one_room_only() {
    let mut broken = Vec::new();
    for name in all_files().into_iter().filter(|name| !is_test(name)) {
        let text = text(&name);
        for (word, room) in KEPT_IN.iter().filter(|(_, room)| !name.starts_with(room)) {
            broken.extend(
                code(&text)
                    .filter(|line| line.contains(word))
                    .map(|line| format!("{name}, not {room}: {line}")),
            );
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

/// Rules are data: no id that a shipped rule file declares is written in code.
#[test]
fn no_product_is_named_in_code() {
    let rulebook = crate::Rulebook::builtin().expect("built in");
    let mut ids = BTreeSet::new();
    for product in rulebook.products() {
        let catalogue = rulebook.catalogue(product).expect("it is loaded");
        ids.insert(catalogue.id);
        ids.extend(catalogue.roles.into_iter().map(|role| role.id));
        ids.extend(catalogue.actions.into_iter().map(|action| action.id));
        ids.extend(catalogue.changes.into_iter().map(|change| change.id));
        ids.extend(catalogue.settings.into_iter().map(|setting| setting.id));
        ids.extend(catalogue.effects.into_iter().map(|effect| effect.id));
    }
    let mut named = Vec::new();
    for name in all_files().into_iter().filter(|name| !is_test(name)) {
        let text = text(&name);
        for line in code(&text) {
            named.extend(
                ids.iter()
                    .filter(|id| line.contains(&format!("\"{id}\"")))
                    .map(|id| format!("{name}: {id}")),
            );
        }
    }
    assert_eq!(named, Vec::<String>::new());
}
