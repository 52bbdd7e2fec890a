//! `test --coverage` and `sources`: what fixtures assert, in every form, and what fails CI.

use pretty_assertions::{assert_eq, assert_str_eq};
use serde_json::json;

use crate::program::Folder;

/// One door, whose keeper opens it and whom others let in.
const RULES: &str = "\
product: door
title: Door <1>
document:
  title: House rules
  sections:
    doors: Doors
roles:
  keeper:
    title: Keeper
    basis: stated
    section: doors
readings:
  guests_are_welcome:
    question: May everyone ring?
    default: true
    section: doors
grounds:
  user_disabled: { because: They are away, basis: inferred, section: doors }
  user_has_no_seat: { because: They do not live here, basis: inferred, section: doors }
  target_has_no_seat: { because: The other one does not live here, basis: inferred, section: doors }
refusals:
  it_is_late:
    when: hour == \"night\"
    because: It is late; come back in the morning
actions:
  - group: Doors
    section: doors
    basis: stated
    actions:
      open_door:
        title: Open it
        facts:
          hour: { title: The hour, values: [day, night], default: day }
        allow: keeper
        unless: it_is_late
      ring:
        title: Ring
        allow: everyone
        when: guests_are_welcome
        because: Nobody rings here
";

const FIRM: &str = "\
firm: House
users:
  - id: ada
    door: { roles: [keeper] }
  - id: bob
    door: {}
";

const SUITE: &str = "\
suite: Doors
product: door
firm: ../firm.yaml
tests:
  - test: Ada opens
    actions: open_door
    allow: [ada]
  - test: Everyone rings
    actions: ring
    otherwise: allow
";

/// The tests that are missing above.
const REST: &str = "\
suite: The rest
product: door
firm: ../firm.yaml
tests:
  - test: Bob does not open
    actions: open_door
    deny: [bob]
  - test: Nobody opens at night
    actions: open_door
    facts: { hour: night }
    deny: [ada]
  - test: Nobody rings where guests are not welcome
    readings: { guests_are_welcome: false }
    actions: ring
    deny: [ada, bob]
  - test: Whoever is away or does not live here does nothing
    actions: ring
    deny: [cleo, dan]
";

fn door() -> Folder {
    Folder::new()
        .with("rules/door.yaml", RULES)
        .with("firm.yaml", FIRM)
        .with("fixtures/doors.yaml", SUITE)
}

/// The door with everybody in the firm, and with every test.
fn whole_door() -> Folder {
    let others = "  - id: cleo\n    enabled: false\n    door: {}\n  - id: dan\n";
    let suite = SUITE.replace("otherwise: allow", "allow: [ada, bob]");
    door()
        .with("firm.yaml", format!("{FIRM}{others}"))
        .with("fixtures/doors.yaml", suite)
        .with("fixtures/rest.yaml", REST)
}

const NOTES: &str = "rules: ./rules\nfixtures: ./fixtures\n";

const TEXT: &str = "\
ok      Doors  2 passed

3 checks
2 passed, 0 failed, 0 skipped

asserted
  rules         2 of     6   33 %
  refusals      0 of     1    0 %
  cells         3 of     4   75 %
  readings      1 of     2   50 %
  paths         2 of     4   50 %

rules that no fixture asserts
  user_disabled denies     rules/door.yaml:18
  user_has_no_seat denies  rules/door.yaml:19
  open_door denies         rules/door.yaml:30
  ring denies              rules/door.yaml:36

refusals that no fixture asserts
  it_is_late  rules/door.yaml:22

cells that no fixture asserts
  open_door without a role  rules/door.yaml:30

readings that no fixture asserts
  guests_are_welcome: false  rules/door.yaml:13

paths that no fixture asserts
  open_door: user holds keeper and hour is night  rules/door.yaml:22
  ring: not guests_are_welcome                    rules/door.yaml:36
";

#[test]
fn the_text_has_totals_and_what_is_missing_with_its_place() {
    door().run(["test", "--coverage"]).prints(0, TEXT, NOTES);
}

#[test]
fn without_being_asked_nothing_is_said_about_coverage() {
    let (report, _) = TEXT.split_once("\nasserted").unwrap();
    door().run(["test"]).prints(0, report, NOTES);
}

#[test]
fn a_threshold_that_one_kind_misses_fails_the_run() {
    let folder = door();
    folder
        .run(["test", "--coverage", "--fail-under", "0"])
        .prints(0, TEXT, NOTES);
    let missed = format!(
        "{NOTES}coverage is below 60 %: rules 33 %, refusals 0 %, readings 50 %, paths 50 %\n"
    );
    folder
        .run(["test", "--coverage", "--fail-under", "60"])
        .prints(1, TEXT, &missed);
}

#[test]
fn with_the_missing_tests_every_threshold_is_met() {
    let done = whole_door()
        .run(["test", "--coverage", "--fail-under", "100"])
        .done();
    assert_eq!((done.status, done.stderr.as_str()), (0, NOTES));
    let (_, totals) = done.stdout.split_once("asserted\n").unwrap();
    let all = "  rules         6 of     6  100 %\n  refusals      1 of     1  100 %\n  cells         4 of     4  100 %\n  readings      2 of     2  100 %\n  paths         4 of     4  100 %\n";
    assert_str_eq!(totals, all);
}

#[test]
fn a_failing_test_fails_the_run_whatever_is_covered() {
    let failing = SUITE.replace("allow: [ada]", "allow: [ada, bob]");
    let done = door()
        .with("fixtures/doors.yaml", failing)
        .run(["test", "--coverage", "--fail-under", "0"])
        .done();
    assert_eq!(done.status, 1, "{}", done.stdout);
}

#[test]
fn what_cannot_be_asked_exits_with_2() {
    let status = |arguments: &[&str]| {
        let done = door().run(arguments.iter().copied()).done();
        (done.status, done.stdout)
    };
    for arguments in [
        &["test", "--fail-under", "50"][..],
        &["test", "--coverage-html", "c.html"],
        &["test", "--coverage", "--fail-under", "101"],
        &["test", "--coverage", "--fail-under", "most"],
        &[
            "test",
            "--coverage",
            "--coverage-html",
            "no/such/folder/c.html",
        ],
        &["test", "--coverage", "--filter", "nothing like it"],
        &["sources", "no/such/folder"],
    ] {
        assert_eq!(status(arguments), (2, String::new()), "{arguments:?}");
    }
}

#[test]
fn json_has_the_report_and_the_coverage() {
    let done = door()
        .run([
            "test",
            "--coverage",
            "--format",
            "json",
            "--fail-under",
            "60",
        ])
        .done();
    assert_eq!(done.status, 1);
    let report = &done.lines()[0];
    assert_eq!(report["totals"]["passed"], 2);
    let kinds = report["coverage"]["kinds"].as_array().unwrap();
    let of_kinds: Vec<_> = kinds
        .iter()
        .map(|kind| (&kind["kind"], &kind["percent"]))
        .collect();
    let expected = json!([
        ["rules", 33],
        ["refusals", 0],
        ["cells", 75],
        ["readings", 50],
        ["paths", 50]
    ]);
    assert_eq!(json!(of_kinds), expected);
    assert_eq!(
        kinds[1]["items"],
        json!([{"product": "door", "what": "it_is_late", "place": "rules/door.yaml:22", "checks": 0}])
    );
    let map = &report["coverage"]["maps"][0];
    assert_eq!(map["roles"], json!(["-", "keeper"]));
    assert_eq!(map["groups"][0]["rows"][1]["checks"], json!([1, 1]));
}

#[test]
fn the_page_stands_alone_and_shows_every_cell() {
    let folder = door();
    folder
        .run(["test", "--coverage", "--coverage-html", "c.html"])
        .prints(0, TEXT, NOTES);
    let page = folder.read("c.html");
    for foreign in ["http", "<script", "<link", "@import", "url(", "src="] {
        assert!(!page.contains(foreign), "{foreign}");
    }
    assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">") && page.ends_with("</html>\n"));
    for part in [
        "color-scheme: light dark",
        "<h2>Door &lt;1&gt;</h2>",
        "<th scope=\"col\">no role</th>\n<th scope=\"col\">keeper</th>",
        "<tr><th scope=\"row\">rules</th><td>2</td><td>6</td><td class=\"c0\">33 %</td></tr>",
        "<tr><th scope=\"row\">Open it<br><code>open_door</code></th><td class=\"c0\" title=\"open_door, no role: 0 asserted\">0</td><td class=\"c1\" title=\"open_door, keeper: 1 asserted\">1</td></tr>",
        "<li>guests_are_welcome: false<code>rules/door.yaml:13</code></li>",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
}

#[test]
fn sources_lists_sections_rules_and_fixtures() {
    let stdout = "\
door: House rules

Doors  rules/door.yaml:6
  user_disabled (inferred)  rules/door.yaml:18
    The rest > Whoever is away or does not live here does nothing  fixtures/rest.yaml:16
  user_has_no_seat (inferred)  rules/door.yaml:19
    The rest > Whoever is away or does not live here does nothing  fixtures/rest.yaml:16
  it_is_late (stated)  rules/door.yaml:22
    The rest > Nobody opens at night  fixtures/rest.yaml:8
  open_door (stated)  rules/door.yaml:30
    Doors > Ada opens  fixtures/doors.yaml:5
    The rest > Bob does not open  fixtures/rest.yaml:5
  ring (stated)  rules/door.yaml:36
    Doors > Everyone rings  fixtures/doors.yaml:8
    The rest > Nobody rings where guests are not welcome  fixtures/rest.yaml:12
";
    whole_door().run(["sources"]).prints(0, stdout, NOTES);
}

#[test]
fn a_stated_rule_without_a_fixture_is_found() {
    let done = door().run(["sources"]).done();
    assert_eq!(done.status, 1);
    assert!(
        done.stdout
            .contains("  it_is_late (stated)  rules/door.yaml:22\n    no fixture\n")
    );
    let finding = "warning[stated-without-fixture]: no fixture asserts `it_is_late`, which the document states\n";
    assert!(done.stderr.contains(finding), "{}", done.stderr);
    assert_eq!(
        done.stderr.matches("warning[").count(),
        1,
        "{}",
        done.stderr
    );
}

#[test]
fn a_section_without_a_rule_is_found() {
    let rules = RULES.replace("    doors: Doors\n", "    doors: Doors\n    keys: Keys\n");
    let done = whole_door()
        .with("rules/door.yaml", rules)
        .run(["sources"])
        .done();
    assert_eq!(done.status, 1);
    assert!(
        done.stdout.ends_with("\nKeys  rules/door.yaml:7\n"),
        "{}",
        done.stdout
    );
    let finding = "warning[unused-section]: no rule comes from the section `keys`\n";
    assert!(done.stderr.contains(finding), "{}", done.stderr);
}

#[test]
fn a_rule_without_a_section_does_not_load() {
    let rules = RULES.replace(
        "  - group: Doors\n    section: doors\n",
        "  - group: Doors\n",
    );
    let done = door()
        .with("rules/door.yaml", rules)
        .run(["sources"])
        .done();
    assert_eq!((done.status, done.stdout.as_str()), (2, ""));
    assert!(
        done.stderr.contains("error[missing-section]: "),
        "{}",
        done.stderr
    );
}

#[test]
fn sources_in_json_name_the_tests() {
    let done = door().run(["sources", "--format", "json"]).done();
    assert_eq!(done.status, 1);
    let report = &done.lines()[0];
    let section = &report["products"][0]["sections"][0];
    assert_eq!(section["heading"], "Doors");
    assert_eq!(
        section["claims"][3],
        json!({
            "rule": "open_door",
            "basis": "stated",
            "place": "rules/door.yaml:30",
            "fixtures": [{"suite": "Doors", "test": "Ada opens", "place": "fixtures/doors.yaml:5"}],
        })
    );
    assert_eq!(report["findings"][0]["code"], "stated-without-fixture");
}

#[test]
fn what_is_shipped_is_covered_and_complete() {
    let done = Folder::new()
        .run(["test", "--coverage", "--fail-under", "100"])
        .done();
    assert_eq!(done.status, 0, "{}", done.stderr);
    let done = Folder::new().run(["sources"]).done();
    let note = "fixtures: the built-in ones\n";
    assert_eq!((done.status, done.stderr.as_str()), (0, note));
}
