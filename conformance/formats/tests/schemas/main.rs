//! Schemas and program agree: valid files of each kind are changed in one place, and both have to say the same of each change.
//!
//! A schema knows the shape of a file and no meaning: it cannot know that a role is declared or a test has a title of its own. So
//! where the schema accepts and the program refuses, the program has to refuse for something that is no shape. The few
//! places where the two differ besides stand in `differences.rs`, each with its reason.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

mod changes;
mod differences;
mod program;
mod seeds;

use std::collections::{BTreeMap, BTreeSet};

use clio_rules::{Rulebook, SchemaKind};
use jsonschema::Validator;
use rayon::prelude::*;
use serde_json::Value;

use changes::ChangedFile;
use differences::{DIFFERENCES, Difference, SHAPES};
use program::Program;
use seeds::Seed;

/// Tries every change of the seeds of a kind; panics where schema and program differ. Returns how many were tried, and how
/// many of them both refuse.
fn compare(kind: SchemaKind, seeds: &[Seed]) -> (usize, usize) {
    let rulebook = Rulebook::builtin().unwrap();
    let schema = rulebook.schema(kind);
    let validator = jsonschema::validator_for(&schema).unwrap();
    let program = Program::new(kind, rulebook);
    for seed in seeds {
        assert_eq!(
            flaws(&validator, &seed.value),
            Vec::<String>::new(),
            "{}",
            seed.name
        );
        assert_eq!(
            program.refusals(seed, &seed.value),
            BTreeSet::new(),
            "{}",
            seed.name
        );
    }
    let changed = changes::of(seeds, &changes::keys_of(&schema));
    let results: Vec<_> = changed
        .par_iter()
        .map(|changed| {
            let is_sound = validator.is_valid(&changed.value);
            let refusals = program.refusals(&seeds[changed.seed], &changed.value);
            (is_sound, refusals)
        })
        .collect();
    let (mut used, mut wrong) = (BTreeSet::new(), Vec::new());
    for (changed, (is_sound, refusals)) in changed.iter().zip(&results) {
        let is_shape = refusals.iter().any(|code| SHAPES.contains(&code.as_str()));
        if (*is_sound && is_shape) || (!is_sound && refusals.is_empty()) {
            let known = DIFFERENCES
                .iter()
                .position(|it| it.is_met(kind, changed, *is_sound));
            match known {
                Some(known) => drop(used.insert(known)),
                None => wrong.push(format!(
                    "{}, {}: the schema {}, the program says {refusals:?}",
                    seeds[changed.seed].name,
                    changed.what,
                    if *is_sound { "accepts" } else { "refuses" },
                )),
            }
        }
    }
    show_meanings(kind, &changed, &results);
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
    let unused: Vec<&Difference> = DIFFERENCES
        .iter()
        .enumerate()
        .filter(|(number, it)| it.kind == kind && !used.contains(number))
        .map(|(_, it)| it)
        .collect();
    assert!(DIFFERENCES.iter().all(|it| !it.why.is_empty()));
    assert!(unused.is_empty(), "no longer there: {unused:?}");
    let refused = results
        .iter()
        .filter(|(is_sound, refusals)| !is_sound && !refusals.is_empty());
    (changed.len(), refused.count())
}

fn flaws(validator: &Validator, value: &Value) -> Vec<String> {
    validator
        .iter_errors(value)
        .map(|flaw| flaw.to_string())
        .collect()
}

/// With `SHOW=1`, what the program refuses for its meaning, with an example each: whether some of it is a shape after all.
fn show_meanings(kind: SchemaKind, changed: &[ChangedFile], results: &[(bool, BTreeSet<String>)]) {
    if std::env::var_os("SHOW").is_none() {
        return;
    }
    let mut meanings: BTreeMap<&BTreeSet<String>, Vec<&str>> = BTreeMap::new();
    for (changed, (_, refusals)) in changed
        .iter()
        .zip(results)
        .filter(|(_, (is_sound, codes))| *is_sound && !codes.is_empty())
    {
        meanings.entry(refusals).or_default().push(&changed.what);
    }
    for (codes, what) in meanings {
        println!(
            "{kind:?} {codes:?} {}: {}",
            what.len(),
            what.iter()
                .take(12)
                .copied()
                .collect::<Vec<_>>()
                .join(" | ")
        );
    }
}

#[test]
fn rule_files() {
    let (tried, refused) = compare(SchemaKind::Rulebook, &seeds::rules());
    assert!(tried > 2_000 && refused > 1_000, "{tried}, {refused}");
}

#[test]
fn files_of_properties() {
    let (tried, refused) = compare(SchemaKind::Properties, &seeds::properties());
    assert!(tried > 300 && refused > 150, "{tried}, {refused}");
}

#[test]
fn firm_files() {
    let (tried, refused) = compare(SchemaKind::Firm, &seeds::firms());
    assert!(tried > 500 && refused > 300, "{tried}, {refused}");
}

#[test]
fn fixture_files() {
    let (tried, refused) = compare(SchemaKind::Fixture, &seeds::fixtures());
    assert!(tried > 1_000 && refused > 500, "{tried}, {refused}");
}

#[test]
fn requests() {
    let (tried, refused) = compare(SchemaKind::Request, &seeds::requests());
    assert!(tried > 500 && refused > 300, "{tried}, {refused}");
}
