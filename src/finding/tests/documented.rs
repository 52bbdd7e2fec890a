//! The page for embedders lists every code, and names only what there is. `BLESS=1` writes the codes anew.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use pretty_assertions::assert_eq;

use super::super::*;

const PAGE: &str = "docs/embedding.md";
const START: &str = "<!-- codes: written by BLESS=1 cargo test documented -->\n";
const END: &str = "<!-- end of codes -->\n";

/// The tables of codes, each with what it is about.
const TABLES: [(&str, &[&Code]); 12] = [
    ("Questions and changes", ask::CODES),
    ("Names, in requests and files", names::CODES),
    ("Firms, from files and in code", firm::CODES),
    ("Files", disk::CODES),
    ("YAML", yaml::CODES),
    ("Characters", characters::CODES),
    ("Rule files", rules::CODES),
    ("Scripts", script::CODES),
    ("Properties", property::CODES),
    ("Parts that can never matter", idle::CODES),
    ("Fixtures", fixture::CODES),
    ("Lines of `batch` and `apply`", line::CODES),
];

fn page() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE)).unwrap()
}

/// What a code is about in a request, as its word in JSON.
fn about(code: &Code) -> String {
    let subject = ErrorSubject::of(code, &[]);
    let role = subject.map(|subject| serde_json::to_value(subject.role).unwrap());
    role.map_or_else(String::new, |role| format!("`{}`", role.as_str().unwrap()))
}

fn tables() -> String {
    let mut text = String::new();
    for (title, codes) in TABLES {
        text += &format!("\n**{title}**\n\n| code | what it says | about |\n|---|---|---|\n");
        for code in codes {
            let warns = match code.severity() {
                Severity::Warning => " (warning)",
                Severity::Error => "",
            };
            let says = code.text().replace('|', "\\|");
            writeln!(
                text,
                "| `{}`{warns} | {says} | {} |",
                code.name(),
                about(code)
            )
            .unwrap();
        }
    }
    text + "\n"
}

#[test]
fn the_page_for_embedders_lists_every_code() {
    let listed: BTreeSet<&str> = TABLES
        .iter()
        .flat_map(|(_, codes)| *codes)
        .map(|code| code.name())
        .collect();
    assert_eq!(listed, Code::all().map(Code::name).collect());
    let page = page();
    let (before, rest) = page.split_once(START).unwrap();
    let (codes, after) = rest.split_once(END).unwrap();
    if std::env::var_os("BLESS").is_some() {
        let page = format!("{before}{START}{}{END}{after}", tables());
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE), page).unwrap();
        return;
    }
    assert_eq!(
        codes,
        tables(),
        "BLESS=1 cargo test documented writes them anew"
    );
}

#[test]
fn the_page_for_embedders_names_methods_that_there_are() {
    let face = include_str!("../../../docs/public-api.txt");
    let page = page();
    let spoken = page
        .split("```")
        .step_by(2)
        .flat_map(|prose| prose.split('`').skip(1).step_by(2));
    let methods: BTreeSet<&str> = spoken
        .filter(|word| {
            word.contains("::") && word.starts_with(|first: char| first.is_ascii_uppercase())
        })
        .collect();
    assert!(methods.len() > 40, "{methods:?}");
    for method in methods {
        let (of, name) = method.split_once("::").unwrap();
        let is_it = |line: &str| {
            let is_of = line.contains(&format!("clio_rules::{of}::"))
                || line.contains(&format!("clio_rules::{of}<"));
            is_of && line.contains(&format!("::{name}("))
        };
        let generic = |line: &str| line.contains(&format!("clio_rules::{of}::{name}<"));
        assert!(
            face.lines().any(|line| is_it(line) || generic(line)),
            "{method}"
        );
    }
}

/// Whatever cannot be asked is about a word of the request, but for what is about all of it or stands in files only.
#[test]
fn every_error_about_a_request_says_what_it_is_about() {
    let all_of_it = [
        "empty-bulk",
        "bulk-too-large",
        "empty-simulation",
        "no-change-does",
        "several-changes-do",
        "review-too-large",
        "difference-cut-off",
        "difference-too-large",
    ];
    let in_files = [
        "unknown-section",
        "unknown-refusal",
        "unknown-word",
        "unknown-list",
        "unknown-member",
        "unknown-values",
        "kind-not-declared",
        "unknown-property-of-thing",
    ];
    let codes = ask::CODES.iter().chain(names::CODES);
    let silent: BTreeSet<&str> = codes
        .filter(|code| about(code).is_empty())
        .map(|code| code.name())
        .collect();
    assert_eq!(silent, all_of_it.into_iter().chain(in_files).collect());
}
