//! Nothing is left out silently: what looks like a suite or a rule file and is not read is told.

use pretty_assertions::{assert_eq, assert_str_eq};

use crate::program::{Folder, shipped};

const SUITE: &str = "\
suite: Ours
product: manage
firm: ../firm.yaml
tests:
  - test: Bills
    users: sami
    actions: create_bill
    allow: sami
";

fn with_suite() -> Folder {
    Folder::new().with_firm().with("fixtures/ours.yaml", SUITE)
}

const PASSED: &str = "ok      Ours  1 passed\n\n1 check\n1 passed, 0 failed, 0 skipped\n";

#[test]
fn what_looks_like_a_suite_and_is_not_run_is_told() {
    let folder = with_suite()
        .with("fixtures/more/inner.yaml", SUITE)
        .with("fixtures/ours copy.yaml", SUITE)
        .with("fixtures/.hidden.yaml", SUITE)
        .with("fixtures/._ours.yaml", [0, 5, 22, 7])
        .with("fixtures/.DS_Store", [0, 0, 0, 1])
        .with("fixtures/ours.yaml~", SUITE)
        .with("fixtures/json.json", r#"{"suite": "J", "tests": []}"#);
    let done = folder.run(["test"]).done();
    assert_str_eq!(done.stdout, PASSED);
    assert_eq!(done.status, 0);
    let told: Vec<&str> = done
        .stderr
        .lines()
        .filter_map(|line| line.strip_prefix("warning[not-read]: "))
        .collect();
    assert_eq!(
        told,
        [
            "`fixtures/._ours.yaml` is not read: macOS keeps it beside a file on disks of other systems; it is no suite",
            "`fixtures/.hidden.yaml` is not read: its name begins with a dot",
            "`fixtures/json.json` is not read: it reads like a suite, and its name does not end in `.yaml` or `.yml`",
            "`fixtures/more` is not read: it is a folder in the folder (1 suite in it)",
            "`fixtures/ours copy.yaml` is not read: by its name it is a copy of `ours.yaml`",
            "`fixtures/ours.yaml~` is not read: by its name a program keeps it as a backup",
        ]
    );
    let checked = folder.run(["check", "--format", "json"]).done();
    let findings = checked.lines()[0]["findings"].as_array().unwrap().clone();
    let codes: Vec<&str> = findings
        .iter()
        .filter_map(|it| it["code"].as_str())
        .filter(|code| *code != "dormant-roles")
        .collect();
    assert_eq!(codes, ["not-read"; 6]);
    assert_eq!(folder.run(["check", "--deny-warnings"]).done().status, 1);
}

/// The way out of each: what it says is done, and nothing is told any more.
#[test]
fn help_leads_out() {
    let folder = with_suite().with(
        "fixtures/more/b.yaml",
        SUITE.replace("Ours", "B").replace("../firm", "../../firm"),
    );
    assert!(
        folder
            .run(["test"])
            .done()
            .stderr
            .contains(" = help: name this folder as well")
    );
    let named = folder.run(["test", "fixtures", "fixtures/more"]).done();
    assert!(
        named.stdout.ends_with("2 passed, 0 failed, 0 skipped\n"),
        "{}",
        named.stdout
    );
    let renamed = with_suite().with("fixtures/B.YAML", SUITE.replace("Ours", "B"));
    let done = renamed.run(["test"]).done();
    assert!(
        done.stdout.ends_with("2 passed, 0 failed, 0 skipped\n"),
        "{}",
        done.stdout
    );
    assert!(!done.stderr.contains("not-read"), "{}", done.stderr);
}

/// Whoever names a file means it.
#[test]
fn a_hidden_file_that_is_named_runs() {
    let hidden = with_suite().with("fixtures/.hidden.yaml", SUITE.replace("Ours", "Hidden"));
    let named = hidden.run(["test", "fixtures/.hidden.yaml"]).done();
    assert!(
        named.stdout.ends_with("1 passed, 0 failed, 0 skipped\n"),
        "{}",
        named.stdout
    );
    assert_str_eq!(named.stderr, "");
}

#[test]
fn what_looks_like_rules_and_is_not_read_is_told() {
    let folder = with_suite()
        .with_rules()
        .with("rules/manage (1).yaml", shipped("rules/manage.yaml"))
        .with("rules/manage.rhai.bak", shipped("rules/manage.rhai"))
        .with("rules/old/grow.yaml", shipped("rules/grow.yaml"));
    let done = folder.run(["test"]).done();
    assert_eq!((done.status, done.stdout.as_str()), (0, PASSED));
    for told in [
        "warning[not-read]: `rules/manage (1).yaml` is not read: by its name it is a copy of `manage.yaml`\n",
        "warning[not-read]: `rules/manage.rhai.bak` is not read: by its name a program keeps it as a backup\n",
        "warning[not-read]: `rules/old` is not read: it is a folder in the folder (1 rule file in it)\n",
    ] {
        assert!(done.stderr.contains(told), "{}", done.stderr);
    }
    let checked = folder.run(["check"]).done();
    let told = checked.stderr.matches("warning[not-read]").count();
    assert_eq!(told, 3, "{}", checked.stderr);
}

/// Where the only rules cannot be rules, the built-in ones do not answer in their place.
#[test]
fn rules_in_a_folder_of_the_folder_are_not_passed_over() {
    let folder = Folder::new()
        .with_firm()
        .with("rules/old/grow.yaml", shipped("rules/grow.yaml"));
    for command in [&["test"][..], &["check"], &["can", "sami", "create_bill"]] {
        let done = folder.run(command.iter().copied()).done();
        assert_eq!(done.status, 2, "{command:?}");
        let told = "warning[not-read]: `rules/old` is not read: it is a folder in the folder (1 rule file in it)\n";
        assert_eq!(
            done.stderr.matches(told).count(),
            1,
            "{command:?} {}",
            done.stderr
        );
        assert!(
            done.stderr.contains("error[no-rule-files]"),
            "{}",
            done.stderr
        );
    }
    let suites = Folder::new()
        .with_firm()
        .with("fixtures/more/ours.yaml", SUITE);
    let done = suites.run(["test"]).done();
    assert_eq!(done.status, 2);
    assert!(
        done.stderr.contains("error[no-suite]") && done.stderr.contains("(1 suite in it)"),
        "{}",
        done.stderr
    );
}
