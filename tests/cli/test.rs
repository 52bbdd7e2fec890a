//! `test`: fixtures run from the command line.

use pretty_assertions::{assert_eq, assert_str_eq};
use serde_json::json;

use crate::program::{Folder, in_manage, prints, shipped};

const BUILT_IN: &str = "fixtures: the built-in ones\n";

/// A suite of which one test fails, one is skipped and one passes.
const SUITE: &str = "\
suite: Ours
product: manage
firm: ../firm.yaml
tests:
  - test: Clerks bill
    actions: create_bill
    allow: [sami, wren]
    deny: ines
  - test: Permissions are given
    users: wren
    changes: grant billing otto
    verdict: accept
  - test: Later
    skip: not decided yet
    actions: create_bill
    allow: [otto]
  - test: Owners own
    actions: control_firm_calendar
    allow: nadia
    otherwise: deny
";

fn with_suite() -> Folder {
    Folder::new().with_firm().with("fixtures/ours.yaml", SUITE)
}

#[test]
fn what_is_built_in_passes() {
    let done = Folder::new().run(["test"]).done();
    assert_eq!((done.status, done.stderr.as_str()), (0, BUILT_IN));
    let lines: Vec<&str> = done.stdout.lines().collect();
    assert_eq!(
        lines[0],
        "ok      Before any rule                 18 passed"
    );
    let [.., empty, checks, totals] = lines.as_slice() else {
        panic!("{lines:?}");
    };
    assert!(empty.is_empty() && checks.ends_with(" checks"));
    assert!(totals.ends_with(" passed, 0 failed, 0 skipped"), "{totals}");
}

/// A run in which every test is left out looks like one in which everything passed.
#[test]
fn a_run_that_asserts_nothing_is_no_success() {
    let suite = SUITE.replace(
        "    actions: create_bill\n    allow: [sami, wren]",
        "    skip: later\n    actions: create_bill\n    allow: [sami, wren]",
    );
    let folder = Folder::new().with_firm().with("fixtures/ours.yaml", suite);
    let last = "0 passed, 0 failed, 1 skipped; nothing was asserted, which is no success\n";
    let done = folder.run(["test", "--filter", "Clerks bill"]).done();
    assert_eq!(done.status, 1);
    assert!(done.stdout.ends_with(last), "{}", done.stdout);
    let arguments = ["test", "--filter", "Clerks bill", "--format", "json"];
    let done = folder.run(arguments).done();
    assert_eq!((done.status, &done.lines()[0]["yes"]), (1, &json!(false)));
    let arguments = ["test", "--filter", "Clerks bill", "--format", "github"];
    folder
        .run(arguments)
        .prints(1, last, "fixtures: ./fixtures\n");
}

#[test]
fn a_failure_is_shown_in_full() {
    let stdout = format!(
        "\
failed  Ours  1 passed, 2 failed, 1 skipped

failed: Ours > Clerks bill
  at        fixtures/ours.yaml:7:19 (allow)
  asked     wren create_bill
  expected  allow   got  deny
  rule      create_bill at {}
  reason    needs billing
  path      user holds billing: false
            administrator_opens_every_area: true
            user holds administrator: false
            user holds primary_subscriber: false

failed: Ours > Permissions are given
  at        fixtures/ours.yaml:12:14 (verdict)
  asked     wren grant billing otto
  expected  accept   got  reject
  reasons   grant at {}: needs administrator

skipped: Ours > Later
  at   fixtures/ours.yaml:13:11
  why  not decided yet

18 checks
1 passed, 2 failed, 1 skipped
",
        in_manage("create_bill:"),
        in_manage("grant:"),
    );
    with_suite()
        .run(["test"])
        .prints(1, &stdout, "fixtures: ./fixtures\n");
}

#[test]
fn what_differs_in_the_question_only_is_told_together() {
    let suite = "\
suite: Ours
product: manage
firm: ../firm.yaml
tests:
  - test: Nobody bills
    actions: create_bill
    deny: [wren, otto, bea]
    reason: no
";
    let stdout = format!(
        "\
failed  Ours  0 passed, 1 failed

failed: Ours > Nobody bills
  at        fixtures/ours.yaml:8:13 (reason)
  asked     wren create_bill
            otto create_bill
  expected  no   got  needs billing
  rule      create_bill at {}
  reason    needs billing
  path      user holds billing: false
            administrator_opens_every_area: true
            user holds administrator: false
            user holds primary_subscriber: false

  at        fixtures/ours.yaml:8:13 (reason)
  asked     bea create_bill
  expected  no   got  This person has no seat in Clio Manage; they need one first
  rule      user_has_no_seat at {}
  reason    This person has no seat in Clio Manage; they need one first
  path      user has a seat in manage: false

6 checks
0 passed, 1 failed, 0 skipped
",
        in_manage("create_bill:"),
        in_manage("user_has_no_seat:"),
    );
    with_suite()
        .with("fixtures/ours.yaml", suite)
        .run(["test", "fixtures"])
        .prints(1, &stdout, "");
}

#[test]
fn json_has_every_test_and_the_way_to_each_failure() {
    let done = with_suite()
        .run(["test", "--format", "json", "fixtures/ours.yaml"])
        .done();
    assert_eq!((done.status, done.stderr.as_str()), (1, ""));
    let report = &done.lines()[0];
    assert_eq!(
        report["totals"],
        json!({"passed": 1, "failed": 2, "skipped": 1, "checks": 18})
    );
    let tests = report["suites"][0]["tests"].as_array().unwrap();
    let statuses: Vec<_> = tests.iter().map(|test| &test["status"]).collect();
    assert_eq!(statuses, ["failed", "failed", "skipped", "passed"]);
    let failure = &tests[0]["failures"][0];
    assert_eq!(failure["place"], "fixtures/ours.yaml:7:19");
    assert_eq!(failure["explanation"]["rule"], "create_bill");
    assert_eq!(tests[1]["failures"][0]["verdict"]["verdict"], "reject");
}

#[test]
fn a_filter_leaves_the_tests_that_it_matches() {
    let stdout = "ok      Ours  1 passed\n\n14 checks\n1 passed, 0 failed, 0 skipped\n";
    let folder = with_suite();
    folder
        .run(["test", "fixtures", "--filter", "control_firm_calendar"])
        .prints(0, stdout, "");
    let stderr = "\
error[no-test-matches]: no test matches `zebra`
 |
 = help: the filter is looked for in the names of suites, in titles, and in the ids of users and actions

`clio-rules explain no-test-matches` says more
";
    folder
        .run(["test", "fixtures", "--filter", "zebra"])
        .prints(2, "", stderr);
}

/// A report of JUnit's form without what differs from run to run.
pub(crate) fn without_times(report: &str) -> String {
    let mut parts = report.split(" time=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        let (time, rest) = part.split_once('"').unwrap();
        assert!(time.parse::<f64>().is_ok(), "{time}");
        format!("{text} time=\"…\"{rest}")
    })
}

#[test]
fn a_report_for_ci_is_written_whole() {
    let folder = with_suite();
    let done = folder.run(["test", "--junit", "report.xml"]).done();
    assert_eq!(done.status, 1);
    let report = without_times(&folder.read("report.xml"));
    for part in [
        "<testsuites name=\"clio-rules\" tests=\"4\" failures=\"2\" errors=\"0\" time=\"…\">",
        "errors=\"0\" skipped=\"1\" time=\"…\" file=\"fixtures/ours.yaml\">",
        "<testcase name=\"Owners own\" classname=\"Ours\" time=\"…\"/>",
        "<failure type=\"failure\" message=\"1 of 3 checks failed\">\nat        fixtures/ours.yaml:",
        "<skipped message=\"not decided yet\"/>",
    ] {
        assert!(report.contains(part), "{part} is not in\n{report}");
    }
    assert_eq!(folder.names(), ["firm.yaml", "fixtures", "report.xml"]);
}

#[test]
fn a_report_that_cannot_be_written_is_an_error() {
    let folder = with_suite();
    let stderr = "\
error[report-not-written]: the report `none/report.xml` cannot be written: no such file or directory
 |
 = help: choose a file in a folder that you may write to

`clio-rules explain report-not-written` says more
";
    let done = folder
        .run(["test", "fixtures", "--junit", "none/report.xml"])
        .done();
    assert_str_eq!(done.stderr, stderr);
    assert_eq!((done.status, done.stdout.as_str()), (2, ""));
}

#[test]
fn a_fixture_that_names_nobody_is_not_run() {
    let folder = with_suite().with("fixtures/ours.yaml", SUITE.replace("wren]", "wrem]"));
    let stderr = "\
error[unknown-user]: nobody in this firm has the id `wrem`
 --> fixtures/ours.yaml:7:19
  |
7 |     allow: [sami, wrem]
  |                   ^^^^
  |
  = help: did you mean `wren`?

`clio-rules explain unknown-user` says more
";
    folder.run(["test", "fixtures"]).prints(2, "", stderr);
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let stderr = "\
error[cannot-read]: `none` cannot be read: no such file or directory
 |
 = help: check the path and who may read it

`clio-rules explain cannot-read` says more
";
    prints(["test", "none"], 2, "", stderr);
}

#[test]
fn rules_come_from_where_they_are_named() {
    let rules = shipped("rules/grow.yaml").replace("basis: stated", "basis: inferred");
    let folder = with_suite().with("mine/grow.yaml", rules);
    let done = folder.run(["test", "fixtures", "--rules", "mine"]).done();
    assert_eq!(done.status, 2);
    assert!(
        done.stderr.contains("error[unknown-product]"),
        "{}",
        done.stderr
    );
}

#[test]
fn rules_of_ones_own_are_not_tested_by_the_built_in_fixtures() {
    let records = shipped("tests/rulebooks/records/rules/records.yaml");
    let script = shipped("tests/rulebooks/records/rules/records.rhai");
    let folder = Folder::new()
        .with("records/records.yaml", records)
        .with("records/records.rhai", script);
    for command in ["test", "sources"] {
        let done = folder.run([command, "--rules", "records"]).done();
        assert_eq!((done.status, done.stdout.as_str()), (2, ""));
        assert!(
            done.stderr
                .starts_with("error[no-suite]: there is no fixture suite in `./fixtures`\n"),
            "{}",
            done.stderr
        );
        assert!(
            done.stderr
                .contains("the built-in fixtures are about other rules"),
            "{}",
            done.stderr
        );
        assert!(done.stderr.lines().count() < 10, "{}", done.stderr);
    }
    // With a suite as the help says.
    let suite = "suite: Records\nproduct: records\nfirm: firm.yaml\ntests:\n  - test: Readers read\n    actions: read\n    allow: ada\n";
    let firm = "firm: Records\nusers: [{id: ada, records: {roles: [reader]}}]\n";
    let named = folder
        .with("mine/suite.yaml", suite)
        .with("mine/firm.yaml", firm);
    let done = named.run(["test", "--rules", "records", "mine"]).done();
    assert_eq!(
        (done.status, done.stderr.as_str()),
        (0, ""),
        "{}",
        done.stdout
    );
}
