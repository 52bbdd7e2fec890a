//! What a run writes never takes the place of what it reads, and `-` is standard input or output.

use std::collections::BTreeMap;
use std::path::Path;

use pretty_assertions::assert_eq;

use crate::program::{Folder, shipped};

const PROPERTIES: &str = "\
product: manage
properties:
  who_bills_can_edit_bills:
    title: Whoever makes bills can edit them
    whoever: { can: create_bill }
    can: edit_bill
";

/// It names a firm, an earlier state of it, older rules, and a file that has to load.
const SUITE: &str = "\
suite: Ours
firm: named/firm.yaml
product: manage
tests:
  - test: an answer
    actions: create_bill
    users: wren
    deny: wren
  - test: a state
    diff_firm: named/old.yaml
    equal: true
  - test: older rules
    diff: named/rules
    equal: true
  - test: a file that loads
    load: named/loads.yaml
    findings: [dormant-roles]
";

/// A folder where every kind of input has a file of its own, and `links` leads to the folder itself.
fn inputs() -> Folder {
    let firm = shipped("fixtures/firm.yaml");
    let folder = Folder::new()
        .with_rules()
        .with("firm.yaml", &firm)
        .with("since.yaml", &firm)
        .with("suite.yaml", SUITE)
        .with("folder/suite.yaml", SUITE.replace("named/", "../named/"))
        .with("named/firm.yaml", &firm)
        .with("named/old.yaml", &firm)
        .with("named/loads.yaml", &firm)
        .with("named/rules/manage.yaml", shipped("rules/manage.yaml"))
        .with("named/rules/manage.rhai", shipped("rules/manage.rhai"))
        .with("named/rules/grow.yaml", shipped("rules/grow.yaml"));
    let here = folder.path();
    std::os::unix::fs::symlink(here, here.join("links")).unwrap();
    folder
}

/// Every file in a folder with its bytes; links are not followed.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.display().to_string();
        if path.is_symlink() {
            found.insert(name, Vec::new());
        } else if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(name, std::fs::read(&path).unwrap());
        }
    }
    found
}

/// Runs that write reports: the arguments, the option that names the file, and what is read.
const RUNS: &[(&str, &str, &[&str])] = &[
    (
        "review --since since.yaml",
        "--html",
        &[
            "rules/manage.yaml",
            "rules/manage.rhai",
            "rules/grow.yaml",
            "firm.yaml",
            "since.yaml",
        ],
    ),
    (
        "review --firm named/firm.yaml --rules named/rules --format csv",
        "--html",
        &["named/firm.yaml", "named/rules/grow.yaml"],
    ),
    ("test suite.yaml", "--junit", OF_TEST),
    ("test suite.yaml --format json", "--junit", OF_TEST),
    (
        "test suite.yaml --filter answer",
        "--junit",
        &["suite.yaml", "named/firm.yaml"],
    ),
    ("test suite.yaml --coverage", "--coverage-html", OF_TEST),
    (
        "test suite.yaml --coverage",
        "--junit",
        &["suite.yaml", "rules/manage.rhai"],
    ),
    (
        "test folder --coverage",
        "--junit",
        &["folder/suite.yaml", "named/old.yaml"],
    ),
];

const OF_TEST: &[&str] = &[
    "rules/manage.yaml",
    "rules/manage.rhai",
    "rules/grow.yaml",
    "suite.yaml",
    "named/firm.yaml",
    "named/old.yaml",
    "named/loads.yaml",
    "named/rules/manage.yaml",
    "named/rules/manage.rhai",
];

#[test]
fn a_report_never_takes_the_place_of_what_was_read() {
    let folder = inputs();
    let here = folder.path().to_owned();
    let mut number = 0;
    for (run, option, read) in RUNS {
        for input in *read {
            number += 1;
            let (hard, soft) = (format!("hard{number}"), format!("soft{number}"));
            std::fs::hard_link(here.join(input), here.join(&hard)).unwrap();
            std::os::unix::fs::symlink(here.join(input), here.join(&soft)).unwrap();
            let paths = [
                (*input).to_owned(),
                format!("rules/../{input}"),
                here.join(input).display().to_string(),
                format!("links/{input}"),
                hard,
                soft,
            ];
            // Each form of a path is tried with some input, and each input with some forms.
            let forms = if number <= 2 {
                0..6
            } else {
                number % 6..number % 6 + 1
            };
            let before = files(&here);
            for path in &paths[forms] {
                let words = run.split(' ').chain([*option, path]);
                let done = folder.run(words).done();
                let why = format!("{run} {option} {path}: {}{}", done.stdout, done.stderr);
                assert_eq!(done.status, 2, "{why}");
                let report = format!("{}{}", done.stdout, done.stderr);
                assert!(report.contains("output-in-use"), "{why}");
                assert!(report.contains("this run reads that file"), "{why}");
                assert!(files(&here) == before, "{why}");
            }
        }
    }
}

#[test]
fn two_reports_do_not_go_into_one_file() {
    let folder = inputs();
    let before = files(folder.path());
    let both = [
        "test",
        "suite.yaml",
        "--coverage",
        "--junit",
        "report",
        "--coverage-html",
    ];
    for path in ["report", "./report", "links/report"] {
        let done = folder.run(both.into_iter().chain([path])).done();
        assert_eq!(done.status, 2, "{path}");
        assert!(
            done.stderr
                .starts_with("rules: ./rules\nerror[output-in-use]: "),
            "{}",
            done.stderr
        );
        assert!(files(folder.path()) == before, "{path}");
    }
    let done = folder
        .run(
            both.into_iter()
                .map(|word| if word == "report" { "/dev/null" } else { word })
                .chain(["/dev/null"]),
        )
        .done();
    assert_eq!(done.status, 0, "{}", done.stderr);
}

#[test]
fn a_report_beside_the_inputs_is_written_and_replaced() {
    let folder = inputs();
    for (run, option, _) in RUNS {
        for _ in 0..2 {
            let words = run.split(' ').chain([*option, "rules/report.html"]);
            let done = folder.run(words).done();
            assert_eq!(done.status, 0, "{run}: {}", done.stderr);
            assert!(folder.read("rules/report.html").starts_with('<'), "{run}");
        }
    }
}

#[test]
fn a_dash_is_standard_input_wherever_a_file_is_read() {
    let changes = "- grant billing wren\n";
    let folder = inputs()
        .with("changes.yaml", changes)
        .with("properties.yaml", PROPERTIES);
    let runs = [
        ("can wren create_bill --why --firm FILE", "firm.yaml"),
        ("review --format csv --firm FILE", "firm.yaml"),
        ("change tomas grant billing wren --firm FILE", "firm.yaml"),
        ("review --format csv --since FILE", "since.yaml"),
        ("diff --firm firm.yaml FILE", "since.yaml"),
        ("diff --firm FILE firm.yaml", "since.yaml"),
        ("change tomas --format json --file FILE", "changes.yaml"),
        ("prove --format json FILE", "properties.yaml"),
        ("test --format json FILE", "suite.yaml"),
        ("sources --format json FILE", "suite.yaml"),
        ("check --fixtures FILE", "suite.yaml"),
    ];
    for (run, file) in runs {
        let ask = |path: &str, text: &str| {
            let run = run.replace("FILE", path);
            let done = folder.run(run.split(' ')).stdin(text).done();
            // The time of proofs and the name of the file are not what is compared.
            let plain = done
                .stdout
                .replace("standard input", "?")
                .replace(file, "?")
                .replace("\"-\"", "\"?\"");
            let plain = plain
                .split("\"milliseconds\"")
                .next()
                .unwrap_or_default()
                .to_owned();
            (done.status, plain, done.stderr)
        };
        let named = ask(file, "");
        let piped = ask("-", &folder.read(file));
        assert!(named.0 < 2, "{run}: {named:?}");
        assert_eq!(
            (&piped.0, &piped.1),
            (&named.0, &named.1),
            "{run}: {}",
            piped.2
        );
        let (status, stdout, stderr) = ask("-", "[");
        assert_eq!(status, 2, "{run}");
        let report = format!("{stdout}{stderr}");
        assert!(
            report.contains("standard input") || report.contains("\"?"),
            "{run}: {report}"
        );
    }
    // What is called so is a file like any other.
    let folder = folder.with("-", shipped("fixtures/firm.yaml"));
    let done = folder
        .run(["can", "wren", "share_calendars", "--firm", "./-"])
        .done();
    assert_eq!(done.status, 0, "{}", done.stderr);
}

#[test]
fn standard_input_is_read_once() {
    let folder = inputs();
    for run in [
        "batch --firm -",
        "change tomas --file - --firm -",
        "review --firm - --since -",
        "diff --firm - -",
        "check --firm - --fixtures -",
        "test - -",
    ] {
        let done = folder.run(run.split(' ')).done();
        assert_eq!(done.status, 2, "{run}");
        assert!(
            done.stderr
                .contains("error[stream-in-use]: standard input cannot be both "),
            "{run}: {}",
            done.stderr
        );
    }
    let done = folder
        .run([
            "change", "tomas", "grant", "billing", "wren", "--write", "--firm", "-",
        ])
        .stdin(shipped("fixtures/firm.yaml"))
        .done();
    assert_eq!(done.status, 2);
    assert!(done.stderr.contains("error[no-firm-file]: there is no firm file to write to: the firm comes from standard input"), "{}", done.stderr);
}

#[test]
fn a_dash_is_standard_output_wherever_a_report_is_written() {
    let folder = inputs();
    for (run, option, start) in [
        ("review", "--html", "<!doctype html>"),
        ("test suite.yaml", "--junit", "<?xml"),
        ("test suite.yaml --coverage", "--junit", "<?xml"),
        (
            "test suite.yaml --coverage",
            "--coverage-html",
            "<!doctype html>",
        ),
    ] {
        let done = folder.run(run.split(' ').chain([option, "-"])).done();
        assert_eq!(done.status, 0, "{run}: {}", done.stderr);
        assert!(
            done.stdout.starts_with(start),
            "{run} {option}: {}",
            done.stdout
        );
        let file = folder.run(run.split(' ').chain([option, "report"])).done();
        assert_eq!(file.status, 0);
        // Reports of CI have an id and a time of their own.
        if option != "--junit" {
            assert_eq!(done.stdout, folder.read("report"), "{run} {option}");
        }
        let json = folder
            .run(run.split(' ').chain([option, "-", "--format", "json"]))
            .done();
        assert_eq!(json.status, 2);
        assert!(
            json.stdout.contains("stream-in-use"),
            "{run}: {}",
            json.stdout
        );
    }
    let done = folder
        .run("test suite.yaml --coverage --junit - --coverage-html -".split(' '))
        .done();
    assert_eq!(done.status, 2);
    assert!(done.stderr.contains("error[stream-in-use]: standard output cannot be both the JUnit report and the page of the coverage"), "{}", done.stderr);
}

#[test]
#[cfg(target_os = "linux")]
fn what_was_written_is_said_where_the_answer_cannot_be() {
    let apply = "{\"ask\":\"apply\",\"user\":\"tomas\",\"change\":\"grant\",\"role\":\"billing\",\"target\":\"wren\"}\n";
    for (run, written) in [
        ("change tomas grant billing wren --write", "`firm.yaml`"),
        (
            "change tomas grant billing wren --write --format json",
            "`firm.yaml`",
        ),
        ("batch --apply --write", "`firm.yaml`"),
        ("review --html page.html", "`page.html`"),
        (
            "test suite.yaml --coverage --junit a.xml --coverage-html b.html",
            "`a.xml`, `b.html`",
        ),
        ("init new", "`new`"),
    ] {
        let folder = inputs();
        let before = folder.read("firm.yaml");
        std::fs::write(folder.path().join("lines"), apply).unwrap();
        let full = std::fs::File::options()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_clio-rules"))
            .args(run.split(' '))
            .current_dir(folder.path())
            .stdin(std::fs::File::open(folder.path().join("lines")).unwrap())
            .stdout(full)
            .output()
            .unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        let report = format!(
            "error: the answer cannot be written: no storage space; written all the same: {written}\n"
        );
        assert_eq!(output.status.code(), Some(2), "{run}: {stderr}");
        assert!(stderr.ends_with(&report), "{run}: {stderr}");
        assert_eq!(
            folder.read("firm.yaml") != before,
            written == "`firm.yaml`",
            "{run}"
        );
    }
}
