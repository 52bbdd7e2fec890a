//! Who may know whom.

use std::collections::{BTreeMap, BTreeSet};

use pretty_assertions::assert_eq;

use super::sources::{File, all, handed_on};

/// Every stage with the stages it may name. Whatever is not listed is forbidden, and each stage stands behind those it knows: there
/// are no circles.
const ARROWS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("name", &[]),
    ("value", &[]),
    ("budget", &[]),
    ("shell", &[]),
    ("limits", &["budget"]),
    ("vocabulary", &["value"]),
    ("finding", &["name", "text"]),
    ("yaml", &["text", "limits", "finding"]),
    (
        "script",
        &["text", "value", "limits", "vocabulary", "finding"],
    ),
    ("disk", &["text", "finding", "yaml"]),
    ("read", &["text", "yaml"]),
    (
        "link",
        &[
            "text",
            "name",
            "value",
            "vocabulary",
            "finding",
            "yaml",
            "script",
            "read",
        ],
    ),
    (
        "explore",
        &[
            "text",
            "value",
            "limits",
            "vocabulary",
            "finding",
            "script",
            "link",
        ],
    ),
    (
        "rulebook",
        &[
            "text", "name", "value", "limits", "finding", "link", "explore",
        ],
    ),
    (
        "firm",
        &[
            "text", "name", "value", "finding", "link", "explore", "rulebook",
        ],
    ),
    (
        "answer",
        &[
            "name",
            "text",
            "value",
            "vocabulary",
            "finding",
            "link",
            "explore",
            "rulebook",
            "firm",
        ],
    ),
    (
        "change",
        &[
            "name",
            "value",
            "vocabulary",
            "finding",
            "link",
            "explore",
            "rulebook",
            "firm",
            "answer",
            "shell",
        ],
    ),
    (
        "world",
        &[
            "budget",
            "value",
            "vocabulary",
            "finding",
            "link",
            "explore",
            "rulebook",
            "firm",
            "answer",
            "change",
        ],
    ),
    (
        "analyse",
        &[
            "shell",
            "text",
            "world",
            "budget",
            "value",
            "limits",
            "vocabulary",
            "finding",
            "link",
            "explore",
            "rulebook",
            "firm",
            "answer",
            "change",
        ],
    ),
    (
        "load",
        &[
            "name", "text", "value", "limits", "finding", "yaml", "script", "disk", "read", "link",
            "explore", "rulebook", "firm", "change",
        ],
    ),
    (
        "protocol",
        &[
            "finding", "rulebook", "firm", "answer", "change", "analyse", "load",
        ],
    ),
    ("batch", &["text", "finding", "firm", "answer", "protocol"]),
    (
        "testing",
        &[
            "shell",
            "budget",
            "text",
            "value",
            "limits",
            "vocabulary",
            "finding",
            "yaml",
            "script",
            "disk",
            "link",
            "explore",
            "rulebook",
            "firm",
            "answer",
            "change",
            "world",
            "analyse",
            "load",
            "protocol",
        ],
    ),
    (
        "render",
        &[
            "shell", "budget", "text", "finding", "answer", "change", "analyse", "testing",
            "protocol",
        ],
    ),
    (
        "schema",
        &[
            "value", "yaml", "read", "link", "rulebook", "load", "testing", "protocol",
        ],
    ),
    (
        "cli",
        &[
            "text", "value", "limits", "finding", "rulebook", "firm", "answer", "change",
            "analyse", "load", "batch", "testing", "schema", "protocol", "render",
        ],
    ),
];

/// Crates and parts of the standard library that only one stage may name.
const KEPT_IN: &[(&str, &str)] = &[
    ("saphyr_parser", "yaml"),
    ("serde_yaml", "yaml"),
    ("rhai::", "script"),
    ("std::fs", "disk"),
    ("askama", "render"),
    ("csv::Writer", "render"),
    ("comfy_table", "render"),
    ("clap", "cli"),
    ("same_file", "cli"),
    ("jiff", "cli"),
];

/// The stages that a file names, each with one path that does.
fn known(file: &File, handed_on: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let of_path = |path: &Vec<String>| {
        let first = path.first()?;
        let stage = match first.as_str() {
            "codes" => "finding",
            "fixtures" => "testing",
            name => handed_on.get(name).map_or(name, String::as_str),
        };
        Some((stage.to_owned(), path.join("::")))
    };
    let own = file.stage();
    let named = file.named();
    let stages = named.iter().filter_map(of_path);
    stages.filter(|(stage, _)| *stage != own).collect()
}

#[test]
fn every_arrow_is_allowed_and_every_allowance_is_used() {
    let files = all();
    let handed_on = handed_on(&files);
    let mut broken = Vec::new();
    let mut used = BTreeSet::new();
    for file in files
        .iter()
        .filter(|file| !file.is_test() && !file.is_face())
    {
        let stage = file.stage();
        let Some((_, allowed)) = ARROWS.iter().find(|(known, _)| *known == stage) else {
            broken.push(format!("{} belongs to no stage of the list", file.name));
            continue;
        };
        for (other, path) in known(file, &handed_on) {
            if !allowed.contains(&other.as_str()) {
                broken.push(format!("{} names {other}: {path}", file.name));
            }
            used.insert((stage.clone(), other));
        }
    }
    for (stage, allowed) in ARROWS {
        let unused = allowed
            .iter()
            .filter(|other| !used.contains(&(stage.to_string(), other.to_string())));
        broken.extend(unused.map(|other| format!("{stage} does not need {other}")));
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn each_stage_stands_behind_those_it_knows() {
    let place = |stage: &str| ARROWS.iter().position(|(known, _)| *known == stage);
    for (stage, allowed) in ARROWS {
        for other in *allowed {
            assert!(
                place(other) < place(stage) && place(other).is_some(),
                "{stage} stands in front of {other}"
            );
        }
    }
}

#[test]
fn an_arrow_is_noticed_however_it_is_written() {
    let named = |name: &str, text: &str| {
        let file = File {
            name: name.to_owned(),
            text: text.to_owned(),
        };
        let handed_on = [("Firm".to_owned(), "firm".to_owned())]
            .into_iter()
            .collect();
        known(&file, &handed_on).into_keys().collect::<Vec<_>>()
    };
    assert_eq!(named("link/a.rs", "use crate::yaml::Node;"), ["yaml"]);
    assert_eq!(
        named("link/a.rs", "use crate::{text, yaml::{self, Node}};"),
        ["text", "yaml"]
    );
    assert_eq!(
        named("link/a.rs", "fn f(x: crate::yaml::Node) {}"),
        ["yaml"]
    );
    assert_eq!(named("link/a.rs", "pub(crate) use crate::Firm;"), ["firm"]);
    assert_eq!(
        named("link/a/b.rs", "use super::super::super::disk;"),
        ["disk"]
    );
    assert_eq!(
        named("link/a.rs", "fn f() {}\nuse clio_rules::codes;"),
        ["finding"]
    );
    assert_eq!(
        named("link/a.rs", "// use crate::yaml::Node;"),
        Vec::<String>::new()
    );
    assert_eq!(
        named("link/a.rs", "use super::product;\nuse std::fs;"),
        Vec::<String>::new()
    );
}

#[test]
fn some_words_are_said_in_one_stage_only() {
    let mut broken = Vec::new();
    for file in all().iter().filter(|file| !file.is_test()) {
        for (word, stage) in KEPT_IN.iter().filter(|(_, stage)| file.stage() != *stage) {
            let lines = file.code().filter(|line| line.contains(word));
            broken.extend(lines.map(|line| format!("{}, not {stage}: {line}", file.name)));
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}
