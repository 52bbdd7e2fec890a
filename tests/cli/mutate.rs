//! `test --mutate`: the rules changed one small step at a time, and what no fixture notices of it.

use pretty_assertions::{assert_eq, assert_str_eq};
use serde_json::Value;

use crate::program::{Folder, shipped};

const NOTES: &str = "rules: ./rules\nfixtures: ./fixtures\n";

/// The small rulebook with its fixtures.
fn records() -> Folder {
    [
        "rules/records.yaml",
        "rules/records.rhai",
        "fixtures/firm.yaml",
        "fixtures/records.yaml",
        "fixtures/firms/with_admins.yaml",
        "fixtures/records_with_admins.yaml",
    ]
    .into_iter()
    .fold(Folder::new(), |folder, name| {
        let text = shipped(&format!("tests/rulebooks/records/{name}"));
        folder.with(name, text)
    })
}

/// The same without the test that says what reading needs.
fn without_a_test() -> Folder {
    let suite = records().read("fixtures/records_with_admins.yaml");
    let title = "  - test: An admin who owns nothing hears what reading needs\n";
    let (before, after) = suite.split_once(title).unwrap();
    let (_, after) = after.split_once("\n\n").unwrap();
    records().with(
        "fixtures/records_with_admins.yaml",
        format!("{before}{after}"),
    )
}

#[test]
fn what_is_noticed_as_a_whole_exits_with_0() {
    let text = "35 mutants, and 6 more that check refuses\n35 caught, 0 equivalent, 0 survived\n";
    records().run(["test", "--mutate"]).prints(0, text, NOTES);
}

#[test]
fn a_survivor_is_shown_with_its_place_and_a_question() {
    let text = "\
survived: the role itself, instead of one that brings it as well, or the other way round
  at         rules/records.yaml:57:17
  from       owner
  to         { holds: owner }
  explained  read, by people with Reader; or people with Owner of the records
  before     granted by owner or reader
  after      granted by owner itself or reader

survived: the role itself, instead of one that brings it as well, or the other way round
  at         rules/records.yaml:57:24
  from       reader
  to         { holds: reader }
  explained  read, by people with Reader; or people with Owner of the records
  before     granted by owner or reader
  after      granted by owner or reader itself

35 mutants, and 6 more that check refuses
33 caught, 0 equivalent, 2 survived
";
    without_a_test()
        .run(["test", "--mutate"])
        .prints(1, text, NOTES);
}

#[test]
fn json_counts_mutants_and_lists_survivors() {
    let done = without_a_test()
        .run(["test", "--mutate", "--format", "json"])
        .done();
    assert_eq!(done.status, 1);
    let [report] = <[Value; 1]>::try_from(done.lines()).unwrap();
    for (key, count) in [
        ("mutants", 35),
        ("caught", 33),
        ("equivalent", 0),
        ("invalid", 6),
    ] {
        assert_eq!(report[key], count, "{key}");
    }
    let survivors = report["survivors"].as_array().unwrap();
    assert_eq!(survivors.len(), 2);
    assert_eq!(survivors[0]["place"], "rules/records.yaml:57:17");
    assert_eq!(survivors[0]["operator"], "holding-turned");
    assert_eq!(survivors[0]["changes"], "explanation");
}

#[test]
fn fixtures_that_fail_on_the_rules_as_they_are_are_shown_instead() {
    let rules = records()
        .read("rules/records.yaml")
        .replace("allow: [owner, reader]", "allow: owner");
    let folder = records().with("rules/records.yaml", rules);
    let done = folder.run(["test", "--mutate"]).done();
    let plain = folder.run(["test"]).done();
    assert_eq!((done.status, plain.status), (1, 1));
    assert_str_eq!(done.stdout, plain.stdout);
    let note = "no mutant was run: the fixtures fail on the rules as they are\n";
    assert_str_eq!(done.stderr, format!("{NOTES}{note}"));
}

#[test]
fn it_stands_alone() {
    for other in [["--junit", "report.xml"].as_slice(), &["--coverage"]] {
        let words = ["test", "--mutate"]
            .into_iter()
            .chain(other.iter().copied());
        let done = records().run(words).done();
        assert_eq!(done.status, 2);
        assert!(
            done.stderr.contains("cannot be used with"),
            "{}",
            done.stderr
        );
    }
}
