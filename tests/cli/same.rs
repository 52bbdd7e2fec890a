//! The same input gives the same bytes: every command twice, and with its files written in another order.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use pretty_assertions::{assert_eq, assert_str_eq};

use crate::program::{Done, Folder, cases, shipped};
use crate::test::without_times;

/// What is run, with its standard input. A command of the program without a line here fails the test.
const RUNS: &[(&str, &str)] = &[
    ("can wren create_bill --why", ""),
    ("can wren create_bill --why --format json", ""),
    ("can wern creat_bill --format json", ""),
    (
        "can wren open_matter --fact matter_access=not_listed --format json",
        "",
    ),
    ("how-can wren create_bill", ""),
    ("how-can tomas edit_user_profile nadia --format json", ""),
    ("how-can greta create_bill --format json", ""),
    ("who-can create_bill", ""),
    ("who-can edit_user_profile nadia --not --format json", ""),
    ("where-can tomas edit_user_profile", ""),
    ("where-can tomas edit_user_profile --format json", ""),
    ("what-can tomas", ""),
    ("what-can otto --format json", ""),
    ("why-not hugo edit_user_permissions hugo", ""),
    ("why-not tomas edit_user_profile nadia --format json", ""),
    ("simulate tomas --change transfer_ownership", ""),
    (
        "simulate leila --revoke accounts --set billing_rate_visibility=none --format json",
        "",
    ),
    ("change tomas grant billing wren", ""),
    ("change nadia transfer_ownership tomas --format json", ""),
    ("change nadia grant billing nadia --format json", ""),
    ("change tomas grant accounts otto --write", ""),
    ("change tomas --file changes.yaml --write", ""),
    ("test", ""),
    ("test --format json", ""),
    ("test --junit report.xml", ""),
    ("test --coverage --coverage-html coverage.html", ""),
    ("test --coverage --format json", ""),
    (
        "test --mutate --rules small/rules --format json small/fixtures",
        "",
    ),
    ("sources", ""),
    ("sources --format json", ""),
    ("check", ""),
    ("check --format json", ""),
    ("check --rules broken", ""),
    ("check --rules broken --format json", ""),
    ("matrix", ""),
    ("matrix --format markdown", ""),
    ("matrix --format csv", ""),
    ("matrix --format html", ""),
    ("matrix --format json", ""),
    ("review", ""),
    ("review --format markdown", ""),
    ("review --format csv", ""),
    ("review --format json --since firm.yaml", ""),
    ("review --html review.html", ""),
    ("access", ""),
    ("access --format json", ""),
    ("access --format csv --product manage", ""),
    ("prove", ""),
    ("prove --format json", ""),
    ("prove properties.yaml", ""),
    ("prove properties.yaml --format json", ""),
    ("diff rules small/rules", ""),
    ("diff rules small/rules --format json", ""),
    ("diff small/rules rules --format markdown", ""),
    ("diff --firm firm.yaml fixtures/firm.yaml", ""),
    ("diff --firm firm.yaml other.yaml", ""),
    ("diff --firm firm.yaml other.yaml --format json", ""),
    ("batch", LINES),
    ("batch --apply", LINES),
    ("batch --format csv", CELLS),
    ("init new", ""),
    ("schema rulebook", ""),
    ("schema firm", ""),
    ("schema fixture", ""),
    ("schema properties", ""),
    ("explain", ""),
    ("explain unknown-user", ""),
    ("completions bash", ""),
    ("completions zsh", ""),
    ("completions fish", ""),
    ("help", ""),
];

const LINES: &str = r#"{"product":"manage","user":"wren","action":"create_bill"}
{"user":"tomas","change":"grant","role":"billing","target":"wren"}
{"user":"wren","action":"open_matter","facts":{"matter_access":"listed"}}
{"user":"nobody","action":"open_matter"}
not even JSON
"#;

const CELLS: &str = "user,action,facts.matter_access\nwren,create_bill,\nwren,open_matter,listed\n";

/// A rule file with a mistake for every way of looking at it.
const BROKEN: &str = "product: door\nrules: 1\nactions: [a, a]\nroles: { b: { brings: [c, d] } }\n";

/// A file of the small rulebook, whose mutants take a moment only.
fn records(name: &str) -> String {
    shipped(&format!("tests/rulebooks/records/{name}"))
}

/// A folder whose files are listed in the order in which they were written, where the system has one.
fn folder_in_memory() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let made = tempfile::tempdir_in(memory);
    made.unwrap_or_else(|_| tempfile::tempdir().unwrap())
}

/// Every file below a folder, by its path there.
fn files_of(root: &Path, below: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(root.join(below)).unwrap() {
        let entry = entry.unwrap();
        let path = below.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            files_of(root, &path, files)
        } else {
            files.push(path)
        }
    }
}

fn sorted_files(root: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files = Vec::new();
    files_of(root, Path::new(""), &mut files);
    files.sort();
    let read = |path: PathBuf| (path.clone(), std::fs::read(root.join(path)).unwrap());
    files.into_iter().map(read).collect()
}

/// Everything that a command says and writes.
fn everything(
    files: &[&(PathBuf, Vec<u8>)],
    words: &str,
    stdin: &str,
) -> (Done, Vec<(PathBuf, Vec<u8>)>) {
    let dir = folder_in_memory();
    let mut folder = Folder::at(dir.path().to_owned());
    for (path, text) in files {
        folder = folder.with(path.to_str().unwrap(), text);
    }
    let done = folder.run(words.split(' ')).stdin(stdin).done();
    let mut written = sorted_files(dir.path());
    // How long a test took is measured, and stands in this report alone.
    for (_, text) in written
        .iter_mut()
        .filter(|(path, _)| path.ends_with("report.xml"))
    {
        *text = without_times(str::from_utf8(text).unwrap()).into_bytes();
    }
    (done, written)
}

#[test]
fn every_command_says_the_same_twice_and_whatever_the_order_of_files() {
    let start = Folder::new();
    assert_eq!(start.run(["init", "."]).done().status, 0);
    let start = start
        .with(
            "changes.yaml",
            "- grant billing wren\n- grant accounts otto\n",
        )
        .with("properties.yaml", crate::prove::MINE)
        .with("small/rules/records.yaml", records("rules/records.yaml"))
        .with("small/rules/records.rhai", records("rules/records.rhai"))
        .with("small/fixtures/firm.yaml", records("fixtures/firm.yaml"))
        .with(
            "small/fixtures/records.yaml",
            records("fixtures/records.yaml"),
        )
        .with(
            "other.yaml",
            shipped("fixtures/firm.yaml")
                .replace("roles: [reports]", "roles: [billing, accounts]")
                .replace("    manage: {}", "    manage: { roles: [administrator] }"),
        )
        .with("broken/door.yaml", BROKEN)
        .with("broken/gate.yaml", BROKEN);
    let files = sorted_files(start.path());
    let in_order: Vec<_> = files.iter().collect();
    let in_reverse: Vec<_> = files.iter().rev().collect();
    // Every third first, then the rest: neither of the others.
    let (thirds, rest): (Vec<_>, Vec<_>) =
        files.iter().enumerate().partition(|(at, _)| at % 3 == 0);
    let mixed: Vec<_> = rest
        .into_iter()
        .chain(thirds)
        .map(|(_, file)| file)
        .collect();
    for (words, stdin) in RUNS {
        let (first, written) = everything(&in_order, words, stdin);
        assert!(
            !first.stdout.is_empty() || !first.stderr.is_empty(),
            "{words}"
        );
        let orders = [&mixed, &in_reverse, &in_order];
        for order in orders.into_iter().take(cases(1, 3)) {
            let (again, written_again) = everything(order, words, stdin);
            assert_str_eq!(again.stdout, first.stdout, "{words}");
            assert_str_eq!(again.stderr, first.stderr, "{words}");
            assert_eq!(again.status, first.status, "{words}");
            assert!(written_again == written, "{words} wrote other files");
        }
    }
}

#[test]
fn no_command_is_left_out() {
    let help = Folder::new().run(["--help"]).done().stdout;
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    let (commands, _) = commands.split_once("\n\n").unwrap();
    // What follows a command is indented further.
    let lines = commands.lines().filter_map(|line| line.strip_prefix("  "));
    let lines = lines.filter(|line| !line.starts_with(' '));
    let listed: BTreeSet<&str> = lines.filter_map(|line| line.split(' ').next()).collect();
    let run = RUNS.iter().filter_map(|(words, _)| words.split(' ').next());
    let run: BTreeSet<&str> = run.collect();
    assert_eq!(run, listed);
}

#[test]
fn the_order_of_options_makes_no_difference() {
    let folder = Folder::new();
    let done = |words: &str| folder.run(words.split(' ')).done();
    for (one, other) in [
        (
            "can wren open_matter --fact matter_access=listed --format json --reading firm_feed_is_open=false --reading own_profile_is_editable=true",
            "can --reading own_profile_is_editable=true wren --format json --reading firm_feed_is_open=false open_matter --fact matter_access=listed",
        ),
        (
            "matrix --product manage --format csv --reading firm_feed_is_open=false",
            "matrix --reading firm_feed_is_open=false --format csv --product manage",
        ),
    ] {
        let (one, other) = (done(one), done(other));
        assert!(one.status < 2, "{}", one.stderr);
        assert_str_eq!(one.stdout, other.stdout);
        assert_str_eq!(one.stderr, other.stderr);
    }
}
