//! The layout is kept honest: every file is compiled, none is too large, stages know only those before them, and names tell things apart.

mod arrows;
mod circles;
mod names;
mod sources;

use std::collections::BTreeSet;

use pretty_assertions::assert_eq;

use sources::{all, of_repository, src};

/// Lines that a file of code may have; tests may be longer.
const MOST_LINES: usize = 400;

/// The files that the compiler reaches from a root by `mod` lines.
fn reached(name: &str, found: &mut BTreeSet<String>) {
    found.insert(name.to_owned());
    let folder = match name {
        "lib.rs" | "main.rs" => String::new(),
        _ if name.ends_with("/mod.rs") => name.trim_end_matches("mod.rs").to_owned(),
        _ => format!("{}/", name.trim_end_matches(".rs")),
    };
    let text = std::fs::read_to_string(src().join(name)).expect("it can be read");
    for line in text.lines() {
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
    let files: BTreeSet<String> = all().into_iter().map(|file| file.name).collect();
    assert_eq!(files, found);
}

/// Every Rust file of the repository: those of its tests, benchmarks and other packages too.
#[test]
fn no_file_is_included_by_path() {
    let is_by_path = |line: &str| {
        let line = line.trim_start();
        line.starts_with("#[path") || line.starts_with("#[cfg_attr") && line.contains("path =")
    };
    let files = of_repository();
    for name in ["tests/cli/main.rs", "src/lib.rs"] {
        assert!(files.iter().any(|file| file.name == name), "{name}");
    }
    let by_path = files.iter().filter(|file| file.code().any(is_by_path));
    assert_eq!(
        by_path.map(|file| &file.name).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
}

/// Examples are compiled together, as one program in a folder of its own: one file that stands elsewhere from there would leave each of
/// them to be compiled alone.
#[test]
fn no_example_includes_a_file_by_its_place() {
    for file in of_repository() {
        for line in file.text.lines() {
            let example = ["///", "//!"]
                .iter()
                .find_map(|sign| line.trim_start().strip_prefix(sign));
            let is_included = example.is_some_and(|line| line.contains("include_str!(\"."));
            assert!(!is_included, "{}: {line}", file.name);
        }
    }
}

#[test]
fn no_file_is_too_large() {
    let files = all();
    let large: Vec<(usize, &String)> = files
        .iter()
        .filter(|file| !file.is_test())
        .map(|file| (file.text.lines().count(), &file.name))
        .filter(|(lines, _)| *lines > MOST_LINES)
        .collect();
    assert_eq!(large, []);
}

/// A module with modules of its own is `foo/mod.rs`; one whose only module is its tests is `foo.rs` beside `foo/tests.rs`.
#[test]
fn modules_are_laid_out_in_one_way() {
    let mut broken = Vec::new();
    for file in all()
        .iter()
        .filter(|file| !file.is_test() && !file.is_face())
    {
        let modules = file
            .code()
            .filter_map(|line| line.trim().strip_suffix(';')?.rsplit_once("mod "));
        let has_modules = modules
            .filter(|(_, name)| *name != "tests" && !name.contains(' '))
            .count()
            > 0;
        if has_modules != file.name.ends_with("/mod.rs") {
            broken.push(file.name.clone());
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
    for file in all().iter().filter(|file| !file.is_test()) {
        let name = &file.name;
        for line in file.code() {
            named.extend(
                ids.iter()
                    .filter(|id| line.contains(&format!("\"{id}\"")))
                    .map(|id| format!("{name}: {id}")),
            );
        }
    }
    assert_eq!(named, Vec::<String>::new());
}
