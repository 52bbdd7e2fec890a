//! Helps that lead out, of findings that no case file can show. Each way out is taken, and the finding is gone.
//! `src/tests/followed.rs` does so for the case files.

mod command_line;
mod disk;
mod embedded;
mod limits;
mod requests;
mod rules;
mod suites;

use std::collections::BTreeSet;
use std::fmt::Display;
use std::path::{Path, PathBuf};

use clio_rules::Code;
use pretty_assertions::assert_eq;

use crate::program::{Folder, shipped};

/// A run that gives a finding, and the same after its help was followed.
struct Way {
    code: &'static str,
    before: Run,
    after: Run,
}

/// Something that gives findings, or none.
enum Run {
    Program(Attempt),
    /// Calls of the library: the error that comes of them, or nothing.
    Library(fn() -> String),
}

/// A run of the program: files of the folder, words of the command line, standard input.
#[derive(Clone)]
struct Attempt {
    files: Vec<(&'static str, String)>,
    run: &'static str,
    stdin: String,
}

fn program(code: &'static str, before: Attempt, after: Attempt) -> Way {
    let [before, after] = [before, after].map(Run::Program);
    Way {
        code,
        before,
        after,
    }
}

fn library(code: &'static str, before: fn() -> String, after: fn() -> String) -> Way {
    let [before, after] = [before, after].map(Run::Library);
    Way {
        code,
        before,
        after,
    }
}

/// The error of a call of the library as text; nothing where there is none.
fn error<T, E: Display>(result: Result<T, E>) -> String {
    result
        .err()
        .map_or_else(String::new, |error| error.to_string())
}

fn attempt(run: &'static str) -> Attempt {
    Attempt {
        files: Vec::new(),
        run,
        stdin: String::new(),
    }
}

impl Attempt {
    fn with(mut self, name: &'static str, text: &str) -> Self {
        self.files.push((name, text.to_owned()));
        self
    }

    fn stdin(self, text: &str) -> Self {
        let stdin = text.to_owned();
        Self { stdin, ..self }
    }

    /// What it prints.
    fn printed(&self) -> String {
        let folder = Folder::new().with("f.yaml", shipped("fixtures/firm.yaml"));
        let folder = self
            .files
            .iter()
            .fold(folder, |folder, (name, text)| folder.with(name, text));
        let run = folder.run(self.run.split(' ')).stdin(&self.stdin);
        let done = run.done();
        format!("{}{}", done.stdout, done.stderr)
    }
}

impl Run {
    fn printed(&self) -> String {
        match self {
            Self::Program(attempt) => attempt.printed(),
            Self::Library(calls) => calls(),
        }
    }
}

/// Whether a code stands in what was printed: as text, JSON or CSV.
fn gives(printed: &str, code: &str) -> bool {
    [
        format!("[{code}]"),
        format!("\"code\":\"{code}\""),
        format!(",{code},"),
    ]
    .iter()
    .any(|written| printed.contains(written))
}

/// A rulebook of one action, `open`, which owners may do.
fn door() -> String {
    shipped("tests/cases/loads/a_small_rulebook/rules/door.yaml")
}

/// A firm for it.
const HOUSE: &str =
    "firm: House\nusers:\n  - id: ada\n    door: { roles: [owner] }\n  - id: ben\n    door: {}\n";

fn ways() -> Vec<Way> {
    let mut ways = command_line::ways();
    ways.extend(requests::ways());
    ways.extend(suites::ways());
    ways.extend(rules::ways());
    ways.extend(limits::ways());
    ways.extend(disk::ways());
    ways.extend(embedded::ways());
    ways
}

#[test]
fn whoever_follows_a_help_no_longer_gets_the_finding() {
    let mut wrong = Vec::new();
    for way in ways() {
        let code = way.code;
        let [before, after] = [&way.before, &way.after].map(Run::printed);
        let start = |printed: &str| printed.chars().take(2_000).collect::<String>();
        if !gives(&before, code) {
            wrong.push(format!("{code} is not met: {}", start(&before)));
        }
        if Code::all().any(|other| gives(&after, other.name())) {
            wrong.push(format!(
                "the help of {code} was followed: {}",
                start(&after)
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_help_is_followed_somewhere() {
    let families = folders(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases"));
    let cases = families.iter().flat_map(|family| folders(family));
    let shown: String = cases
        .map(|case| std::fs::read_to_string(case.join("expected.txt")).unwrap())
        .collect();
    let followed: BTreeSet<&str> = ways().iter().map(|way| way.code).collect();
    let with_help = Code::all().filter(|code| code.help().is_some());
    let left: Vec<&str> = with_help
        .map(Code::name)
        .filter(|code| !gives(&shown, code) && !followed.contains(code))
        .collect();
    assert_eq!(left, Vec::<&str>::new(), "a help that nobody follows");
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.filter(|path| path.is_dir()).collect()
}
