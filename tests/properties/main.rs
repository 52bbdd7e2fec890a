//! Runs every property of `fuzz/README.md` on the stable toolchain: over the inputs that once broke it, over the files that are
//! shipped, and over changes of those that are the same in every run.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

mod can_fail;
mod chance;
mod seeds;
mod targets;

use std::path::Path;
use std::time::Instant;

use chance::Chance;
use targets::Property;

/// Runs a property over its corpus, its seeds, and so many changed or made inputs; `PROPERTY_RUNS=20` makes it twenty times
/// as many.
fn holds(name: &str, runs: usize) {
    let property = targets::ALL
        .iter()
        .find(|property| property.name == name)
        .unwrap();
    let times: usize = std::env::var("PROPERTY_RUNS").map_or(1, |times| times.parse().unwrap());
    let started = Instant::now();
    let corpus = seeds::corpus(name);
    let seeds = seeds::of(name);
    for input in corpus.iter().chain(&seeds) {
        check(property, input);
    }
    let known: Vec<&[u8]> = corpus.iter().chain(&seeds).map(Vec::as_slice).collect();
    let mut chance = Chance::new(name);
    for _ in 0..runs * times {
        let input = if property.is_text {
            chance.changed(&known)
        } else {
            chance.bytes(400)
        };
        check(property, &input);
    }
    println!(
        "{name}: {} from the corpus, {} shipped, {} of chance, in {:?}",
        corpus.len(),
        seeds.len(),
        runs * times,
        started.elapsed()
    );
}

/// Shows the input where the property does not hold, so that it can be put into the corpus.
fn check(property: &Property, input: &[u8]) {
    struct Shown<'i>(&'static str, &'i [u8]);
    impl Drop for Shown<'_> {
        fn drop(&mut self) {
            if std::thread::panicking() {
                eprintln!(
                    "{} does not hold for b\"{}\"",
                    self.0,
                    self.1.escape_ascii()
                );
            }
        }
    }
    let shown = Shown(property.name, input);
    (property.holds)(input);
    drop(shown);
}

/// A test for each property, with how many inputs of chance it takes: so many that a debug build needs a few seconds.
macro_rules! tests {
    ($( $name:ident: $runs:literal; )*) => {
        $( #[test] fn $name() { holds(stringify!($name), $runs); } )*
        const TESTED: &[&str] = &[ $( stringify!($name) ),* ];
    };
}

tests! {
    rule_file: 600;
    script: 150;
    firm: 600;
    fixture: 300;
    batch_line: 200;
    table_equals_script: 40;
    change_and_inverse: 60;
    write_and_read: 100;
    write_touches_only_the_change: 100;
}

#[test]
fn every_property_has_a_target_a_test_and_a_row() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let names: Vec<&str> = targets::ALL.iter().map(|property| property.name).collect();
    assert_eq!(names, TESTED);
    let mut files: Vec<String> = std::fs::read_dir(root.join("fuzz_targets"))
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    files.sort_unstable();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    assert_eq!(files, sorted);
    let (table, manifest) = ["README.md", "Cargo.toml"]
        .map(|file| std::fs::read_to_string(root.join(file)).unwrap())
        .into();
    for name in names {
        let target = std::fs::read_to_string(root.join(format!("fuzz_targets/{name}.rs"))).unwrap();
        assert!(
            target.contains(&format!("properties::{name}::holds(bytes)")),
            "{target}"
        );
        assert!(
            manifest.contains(&format!("name = \"{name}\"")),
            "{name} is no target"
        );
        assert!(
            table.contains(&format!("| `{name}` |")),
            "{name} has no row"
        );
    }
}

#[test]
fn corpora_stay_small() {
    let bytes: usize = targets::ALL
        .iter()
        .flat_map(|property| seeds::corpus(property.name))
        .map(|input| input.len())
        .sum();
    assert!(bytes < 100_000, "{bytes} bytes of corpus");
}
