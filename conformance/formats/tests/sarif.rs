//! What `--format sarif` writes is valid by the schema that OASIS publishes with SARIF 2.1.0.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use clio_rules::fixtures::{Options, Suites};
use clio_rules::render::{Annotations, Renderer};
use clio_rules::{Code, Finding, Findings, Firm, LoadError, Loader, Rulebook, Source, Span};
use jsonschema::Validator;
use serde_json::{Value, json};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .join(path)
}

fn validator() -> Validator {
    let schema = fs::read_to_string(root("tests/sarif/sarif-schema-2.1.0.json")).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap()
}

fn log(annotations: &Annotations) -> Value {
    let mut log = Vec::new();
    Renderer::default().sarif(annotations, &mut log).unwrap();
    serde_json::from_slice(&log).unwrap()
}

fn flaws(validator: &Validator, log: &Value) -> Vec<String> {
    validator
        .iter_errors(log)
        .map(|flaw| flaw.to_string())
        .collect()
}

#[track_caller]
fn hold(validator: &Validator, annotations: &Annotations) -> usize {
    let log = log(annotations);
    assert_eq!(flaws(validator, &log), Vec::<String>::new(), "{log:#}");
    log["runs"][0]["results"].as_array().map_or(0, Vec::len)
}

/// Every code there is, in a file and in none, with words and names of files that strangers chose.
#[test]
fn every_code_makes_a_sound_log() {
    let validator = validator();
    for name in [
        "rules/a b.yaml",
        "50%, a: [x](y) {0}\u{202e}ü.yaml",
        "/absolute/a.yaml",
        "../up/a.yaml",
        "",
    ] {
        let source = Source::new(name, "one\ntwo {0}\n");
        for place in [Some(source.place(Span::new(4, 11))), None] {
            let words: [&dyn Display; 3] = [&"{0}", &"}\u{202e}\n\u{0}", &"[x](y)"];
            let found: Vec<Finding> = Code::all()
                .map(|code| Finding::new(code, place.clone(), &words))
                .collect();
            let annotations = Annotations::of_findings(&found, 7);
            let results = hold(&validator, &annotations);
            assert_eq!(
                results,
                if place.is_some() {
                    Code::all().count()
                } else {
                    0
                }
            );
            hold(
                &validator,
                &annotations.with_paths(|path| format!("file:///top/{path}")),
            );
        }
    }
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries.filter(|path| path.is_dir()).collect()
}

fn findings<T>(loaded: &Result<T, LoadError>) -> Vec<Finding> {
    let found = loaded.as_ref().err().map(LoadError::findings);
    found
        .into_iter()
        .flat_map(Findings::iter)
        .cloned()
        .collect()
}

/// What is found about a case of `tests/cases`.
fn found(case: &Path) -> Vec<Finding> {
    let rules = case.join("rules");
    let rulebook = if rules.is_dir() {
        Rulebook::from_folder(&rules)
    } else {
        Rulebook::builtin()
    };
    let mut all = findings(&rulebook);
    if let Ok(rulebook) = rulebook {
        all.extend(rulebook.warnings().iter().cloned());
        all.extend(rulebook.check_idle_parts().iter().cloned());
        let firm = case.join("firm.yaml");
        all.extend(
            firm.is_file()
                .then(|| findings(&Firm::from_file(&rulebook, &firm)))
                .into_iter()
                .flatten(),
        );
    }
    all
}

#[test]
fn every_case_makes_a_sound_log() {
    let validator = validator();
    let families = folders(&root("tests/cases"));
    let cases: Vec<PathBuf> = families.iter().flat_map(|family| folders(family)).collect();
    assert!(cases.len() >= 250, "{}", cases.len());
    let results = cases
        .iter()
        .map(|case| hold(&validator, &Annotations::of_findings(&found(case), 0)));
    assert!(results.sum::<usize>() > 250);
}

#[test]
fn failed_tests_and_mutants_that_survived_make_sound_logs() {
    let validator = validator();
    let rulebook = Rulebook::from_folder(root("tests/rulebooks/records/rules")).unwrap();
    let sound = fs::read_to_string(root("tests/rulebooks/records/fixtures/records.yaml")).unwrap();
    let firm = fs::read_to_string(root("tests/rulebooks/records/fixtures/firm.yaml")).unwrap();
    let broken = sound
        .replace("allow:", "was_allow:")
        .replace("deny:", "allow:")
        .replace("was_allow:", "deny:");
    let files = |suite| [("records.yaml", suite), ("firm.yaml", &*firm)];
    let suites = Suites::from_texts(files(broken.as_str())).unwrap();
    let report = suites.run(&rulebook, &Options::default()).unwrap();
    assert!(hold(&validator, &Annotations::of_report(&report)) > 3);
    let mutants = Loader::new()
        .mutants_from_folder(root("tests/rulebooks/records/rules"))
        .unwrap();
    let suites = Suites::from_texts(files(sound.as_str())).unwrap();
    let report = mutants.run(&suites, &Options::default(), &|_| {}).unwrap();
    assert!(hold(&validator, &Annotations::of_mutants(&report)) > 0);
}

#[test]
fn a_log_without_what_the_standard_asks_for_is_noticed() {
    let validator = validator();
    let sound = log(&Annotations::of_findings([], 0));
    assert_eq!(flaws(&validator, &sound), Vec::<String>::new());
    let mut broken = sound.clone();
    broken["runs"][0]["results"] = json!([{"ruleId": "x"}]);
    assert_ne!(flaws(&validator, &broken), Vec::<String>::new());
    let mut broken = sound;
    broken["runs"][0]["columnKind"] = json!("bytes");
    assert_ne!(flaws(&validator, &broken), Vec::<String>::new());
}
