//! The rulebooks of `tests/rulebooks`: each is sound, its fixtures pass, and none of them is lost.

use std::path::{Path, PathBuf};

use pretty_assertions::assert_eq;

use crate::program::{Done, Folder};

/// How many suites and tests each rulebook has. The policies of `arbac` are asked by the tests of `how-can`.
const SUITES_AND_TESTS: [(&str, usize, usize); 13] = [
    ("arbac/p2", 0, 0),
    ("arbac/p4", 0, 0),
    ("arbac/p7", 0, 0),
    ("arbac/univ", 0, 0),
    ("authzen", 2, 34),
    ("authzen-gateway", 2, 31),
    ("authzen-search", 5, 228),
    ("authzen-todo", 2, 44),
    ("github", 2, 83),
    ("mycase", 3, 121),
    ("organisation", 3, 151),
    ("records", 3, 26),
    ("xero", 4, 170),
];

/// Rulebooks whose every rule, refusal, cell and path a fixture asserts, and whose every mutant one notices.
const WHOLLY_TESTED: [&str; 4] = [
    "authzen",
    "authzen-gateway",
    "authzen-search",
    "authzen-todo",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rulebooks")
}

/// The folders with rules below one, by their paths from `tests/rulebooks`.
fn rulebooks(below: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(below).unwrap();
    let folders = entries.map(|entry| entry.unwrap().path());
    let mut found = Vec::new();
    for folder in folders.filter(|folder| folder.is_dir()) {
        if folder.join("rules").is_dir() {
            let name = folder.strip_prefix(root()).unwrap();
            found.push(name.to_str().unwrap().to_owned());
        } else {
            found.extend(rulebooks(&folder));
        }
    }
    found.sort();
    found
}

/// A run in the folder of a rulebook.
fn run(rulebook: &str, arguments: &[&'static str]) -> Done {
    let folder = Folder::at(root().join(rulebook));
    folder.run(arguments.iter().copied()).done()
}

#[test]
fn each_is_sound() {
    for rulebook in rulebooks(&root()) {
        let has = |name: &str| root().join(&rulebook).join(name).exists();
        let mut arguments = vec!["check", "--rules", "rules", "--firm"];
        let firms = ["firm.yaml", "fixtures/firm.yaml"];
        arguments.extend(firms.into_iter().find(|firm| has(firm)));
        if has("fixtures") {
            arguments.extend(["--fixtures", "fixtures"]);
        }
        // Published policies have parts that can never matter.
        if !rulebook.starts_with("arbac/") {
            arguments.push("--deny-warnings");
        }
        let done = run(&rulebook, &arguments);
        let lines = done.stderr.lines();
        let found: Vec<&str> = lines
            .filter(|line| line.starts_with("warning[") || line.starts_with("error["))
            .filter_map(|line| {
                line.strip_prefix("warning[dormant-entries]: `")
                    .or(Some(line))
            })
            .filter_map(|line| line.split('`').next())
            .collect();
        // Somebody who has left stands on a list there, to show that the list opens nothing to them.
        let left: &[&str] = match rulebook.as_str() {
            "github" => &["gone"],
            "mycase" => &["finn"],
            "organisation" => &["old"],
            _ if rulebook.starts_with("arbac/") => {
                assert_eq!(done.status, 0, "{rulebook}: {}", done.stderr);
                continue;
            }
            _ => &[],
        };
        assert_eq!(found, left, "{rulebook}: {}", done.stderr);
        let status = i32::from(!left.is_empty());
        assert_eq!(done.status, status, "{rulebook}: {}", done.stderr);
    }
}

#[test]
fn the_fixtures_of_each_pass_and_none_is_lost() {
    let mut counted = Vec::new();
    for rulebook in rulebooks(&root()) {
        if !root().join(&rulebook).join("fixtures").is_dir() {
            counted.push((rulebook, 0, 0));
            continue;
        }
        let done = run(&rulebook, &["test", "--rules", "rules", "fixtures"]);
        assert_eq!(done.status, 0, "{rulebook}: {}{}", done.stdout, done.stderr);
        let suites = done.stdout.lines();
        let suites = suites.filter(|line| line.starts_with("ok ")).count();
        let passed = done.stdout.lines().last().unwrap();
        let passed = passed.strip_suffix(" passed, 0 failed, 0 skipped");
        counted.push((rulebook, suites, passed.unwrap().parse().unwrap()));
    }
    let counted: Vec<(&str, usize, usize)> = counted
        .iter()
        .map(|(rulebook, suites, tests)| (rulebook.as_str(), *suites, *tests))
        .collect();
    assert_eq!(counted, SUITES_AND_TESTS);
}

#[test]
fn fixtures_of_the_standard_assert_everything() {
    for rulebook in WHOLLY_TESTED {
        let covered = [
            "test",
            "--rules",
            "rules",
            "fixtures",
            "--coverage",
            "--fail-under",
            "100",
        ];
        let done = run(rulebook, &covered);
        assert_eq!(done.status, 0, "{rulebook}: {}", done.stderr);
        let mutated = ["test", "--rules", "rules", "fixtures", "--mutate"];
        let done = run(rulebook, &mutated);
        assert_eq!(done.status, 0, "{rulebook}: {}", done.stdout);
        assert!(done.stdout.ends_with(" 0 survived\n"), "{}", done.stdout);
    }
}
