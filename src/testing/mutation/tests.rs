use std::time::Duration;

use super::*;
use crate::Loader;
use crate::budget::SearchBound;
use crate::testing::fixture::{Options, Suites};
use pretty_assertions::assert_eq;

const RULES: &str = include_str!("../../../tests/rulebooks/records/rules/records.yaml");
const SCRIPT: &str = include_str!("../../../tests/rulebooks/records/rules/records.rhai");

fn of_records(rules: &str) -> Mutants {
    Mutants::from_texts([("records.yaml", rules), ("records.rhai", SCRIPT)]).expect("they load")
}

fn suites() -> Suites {
    Suites::from_folder("tests/rulebooks/records/fixtures").expect("they are sound")
}

/// The effect of the mutants of one line.
fn on_line(mutants: &Mutants, line: u32) -> Vec<String> {
    let here = mutants.iter().filter(|mutant| mutant.place.line() == line);
    here.map(|mutant| {
        format!(
            "{}: {} -> {}",
            mutant.operator.name(),
            mutant.from,
            mutant.to
        )
    })
    .collect()
}

fn line_of(text: &str, part: &str) -> u32 {
    let at = text.lines().position(|line| line.contains(part));
    at.expect("it is there") as u32 + 1
}

#[test]
fn who_may_is_changed_in_every_way() {
    let mutants = of_records(RULES);
    assert_eq!(
        on_line(&mutants, line_of(RULES, "allow: [owner, reader]")),
        [
            "allow-opened: [owner, reader] -> everyone",
            "allow-closed: [owner, reader] -> nobody",
            "allow-dropped: owner -> nothing",
            "role-swapped: owner -> admin",
            "holding-turned: owner -> { holds: owner }",
            "allow-dropped: reader -> nothing",
            "role-swapped: reader -> admin",
            "holding-turned: reader -> { holds: reader }",
        ]
    );
}

#[test]
fn no_text_is_made_twice_and_none_is_that_of_the_rules() {
    for mutants in [of_records(RULES), Mutants::builtin().expect("built in")] {
        let mut seen = HashSet::new();
        for mutated in &mutants.list {
            let source = &mutants.sources[mutated.file];
            assert_ne!(source.text(), mutated.text);
            assert!(
                seen.insert((mutated.file, &mutated.text)),
                "{:?}",
                mutated.mutant
            );
        }
    }
}

#[test]
fn what_no_answer_shows_is_equivalent() {
    let builtin = crate::load::builtin::RULES.iter().copied();
    let other = builtin.map(|(name, text)| {
        (
            name,
            text.replace(
                "            default: everyone",
                "            default: listed",
            ),
        )
    });
    let other: Vec<(&str, String)> = other.collect();
    let after = Rulebook::from_texts(other.iter().map(|(name, text)| (*name, text.as_str())));
    let before = Rulebook::builtin().expect("built in");
    assert!(matches!(
        compare::compare(&before, &after.expect("it loads")),
        compare::MutantComparison::Equal
    ));
    assert!(matches!(
        compare::compare(&before, &before.clone()),
        compare::MutantComparison::Equal
    ));
}

#[test]
fn a_survivor_comes_with_a_question() {
    let text = "suite: Thin\nproduct: records\nfirm: firm.yaml\ntests:\n  - test: It loads\n    load: firm.yaml\n    findings: []\n";
    let firm =
        std::fs::read_to_string("tests/rulebooks/records/fixtures/firm.yaml").expect("it is there");
    let thin =
        Suites::from_texts([("thin.yaml", text), ("firm.yaml", &firm)]).expect("it is sound");
    let report = of_records(RULES)
        .run(&thin, &Options::default(), &|_| {})
        .expect("it runs");
    let line = line_of(RULES, "allow: owner");
    let opened = report.survivors.iter().find(|survivor| {
        let mutant = &survivor.mutant;
        mutant.operator == Operator::AllowOpened && mutant.place.line() == line
    });
    let opened = opened.expect("nobody asks about it");
    assert_eq!(opened.changes, Changes::Decision);
    assert_eq!(opened.example.before, "deny");
    assert_eq!(opened.example.after, "allow");
}

#[test]
fn counts_add_up_and_two_runs_say_the_same() {
    let (mutants, suites) = (of_records(RULES), suites());
    let run = || {
        mutants
            .run(&suites, &Options::default(), &|_| {})
            .expect("it runs")
    };
    let report = run();
    assert_eq!(
        report.mutants,
        report.caught + report.equivalent + report.survivors.len()
    );
    assert_eq!(report.mutants + report.invalid, mutants.iter().len());
    assert_eq!(report, run());
}

/// All of them are run in release mode by the gate.
#[test]
fn the_shipped_fixtures_notice_a_sample_of_mutants() {
    let mut mutants = Mutants::builtin().expect("built in");
    let mut number = 0;
    mutants.list.retain(|_| {
        number += 1;
        number % 40 == 0
    });
    let suites = Suites::builtin().expect("built in");
    let report = mutants
        .run(&suites, &Options::default(), &|_| {})
        .expect("it runs");
    assert_eq!(report.survivors, []);
    assert!(report.caught > 0);
}

#[test]
fn every_operator_has_something_to_change_somewhere() {
    let builtin = Mutants::builtin().expect("built in");
    let records = of_records(RULES);
    let all = builtin.list.iter().chain(&records.list);
    let used: HashSet<Operator> = all.map(|mutated| mutated.mutant.operator).collect();
    let unused: Vec<&str> = Operator::ALL
        .iter()
        .filter(|operator| !used.contains(operator))
        .map(|operator| operator.name())
        .collect();
    // No rule here returns early from a function. The tests of scripts have one that does.
    assert_eq!(unused, ["return-dropped"]);
}

#[test]
fn mutants_without_time_or_states_are_counted_and_never_called_caught() {
    // A suite that compares rules would fail if there were no other rules to compare.
    let read = |name: &str| {
        let file = format!("tests/rulebooks/records/fixtures/{name}");
        std::fs::read_to_string(file).expect("it is there")
    };
    let texts = ["records.yaml", "firm.yaml"].map(|name| (name, read(name)));
    let asking = Suites::from_texts(texts.iter().map(|(name, text)| (*name, text.as_str())));
    let asking = asking.expect("it is sound");
    let within = |limits: &Limits| {
        let texts = [("records.yaml", RULES), ("records.rhai", SCRIPT)];
        let mutants = Loader::new()
            .limits(limits)
            .mutants_from_texts(texts)
            .expect("they load");
        let report = mutants.run(&asking, &Options::default(), &|_| {});
        (report.expect("it runs"), mutants.iter().len())
    };
    let (none, all) = within(&Limits {
        mutation_time: Duration::ZERO,
        ..Limits::DEFAULT
    });
    assert_eq!((none.mutants, none.not_run), (0, all));
    let by = none.cut_off.map(|cut_off| cut_off.by);
    assert_eq!(
        by,
        Some(SearchBound::Time {
            seconds: Duration::ZERO
        })
    );
    let (whole, _) = within(&Limits::DEFAULT);
    assert_eq!(
        (whole.undecided, whole.not_run, whole.cut_off),
        (0, 0, None)
    );
    let (blind, _) = within(&Limits {
        difference_states: 0,
        ..Limits::DEFAULT
    });
    // A different declaration is found without any search.
    assert_eq!((blind.caught, blind.mutants), (whole.caught, whole.mutants));
    assert!(blind.equivalent == 0 && blind.survivors.len() <= whole.survivors.len());
    assert_eq!(
        blind.undecided + blind.survivors.len(),
        whole.equivalent + whole.survivors.len()
    );
    assert!(blind.undecided > 0);
}
