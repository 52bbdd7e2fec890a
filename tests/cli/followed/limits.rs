//! Limits that are met, and searches that end early.

use std::fmt::Write;

use clio_rules::{Bulk, Change, Firm, Limits, Loader, Seat, User};

use super::{Way, attempt, door, error, library, program};
use crate::program::shipped;

/// A door that opens under a condition.
fn rules(condition: &str) -> String {
    let rule = format!("allow: everyone\n    when: {condition}\n    because: The door stays shut");
    door().replacen("allow: owner", &rule, 1)
}

fn load(limits: &Limits, rules: &str) -> String {
    let loader = Loader::new().limits(limits);
    error(loader.rulebook_from_texts([("door.yaml", rules)]))
}

/// Loads suites of these numbers of tests.
fn suites(limits: &Limits, numbers: &[usize]) -> String {
    let suite = |(name, tests): (usize, &usize)| {
        let tests: String = (0..*tests)
            .map(|number| {
                format!("  - test: It loads {number}\n    load: firm.yaml\n    findings: []\n")
            })
            .collect();
        (
            format!("{name}.yaml"),
            format!("suite: Suite {name}\ntests:\n{tests}"),
        )
    };
    let mut files: Vec<(String, String)> = numbers.iter().enumerate().map(suite).collect();
    files.push(("firm.yaml".to_owned(), super::HOUSE.to_owned()));
    let texts = files.iter().map(|(name, text)| (&**name, &**text));
    error(Loader::new().limits(limits).suites_from_texts(texts))
}

/// Judges bulk changes of so many parts.
fn bulks(parts: &[usize]) -> String {
    let limits = Limits {
        bulk_parts: 2,
        ..Limits::DEFAULT
    };
    let rulebook = Loader::new().limits(&limits).builtin_rulebook().unwrap();
    let firm = Firm::example(&rulebook).unwrap();
    let mut roles = ["billing", "reports", "accounts"].into_iter();
    let grant = |role| Change::new("tomas", "grant").role(role).target("wren");
    let judged = parts.iter().map(|count| {
        let roles = roles.by_ref().take(*count);
        let bulk = roles.fold(Bulk::new("tomas"), |bulk, role| bulk.part(grant(role)));
        error(firm.judge_bulk(&bulk))
    });
    judged.collect()
}

const FIRST: [&str; 4] = ["administrator", "administrator", "billing", "billing"];
const BETWEEN: [&str; 4] = ["administrator", "billing", "billing", "billing"];
const LAST: [&str; 4] = ["administrator", "billing", "administrator", "billing"];

/// Compares firms, each with the next: what four of their five people hold.
fn firms(states: &[[&str; 4]], difference_ways: usize) -> String {
    let limits = Limits {
        difference_ways,
        ..Limits::DEFAULT
    };
    let rulebook = Loader::new().limits(&limits).builtin_rulebook().unwrap();
    let firm = |roles: &[&str; 4]| {
        let seats = roles.iter().chain(["primary_subscriber"].iter());
        let users = seats.enumerate().map(|(number, role)| {
            let seat = Seat::new("manage").role(*role);
            User::new(format!("u{number}")).seat(seat)
        });
        Firm::of_users(&rulebook, "Five", users).unwrap()
    };
    let firms: Vec<Firm> = states.iter().map(firm).collect();
    let pairs = firms.iter().zip(firms.iter().skip(1));
    pairs.map(|(old, new)| error(old.difference(new))).collect()
}

/// A firm with more people than one review lists.
fn large_firm() -> String {
    let mut text =
        "firm: Large\nusers:\n  - id: ada\n    manage: { roles: [primary_subscriber] }\n"
            .to_owned();
    for number in 0..Limits::DEFAULT.review_users {
        writeln!(text, "  - id: u{number}\n    manage: {{}}").unwrap();
    }
    text
}

/// A request for a bulk change of so many parts.
fn request(parts: usize) -> String {
    let part = r#"{"change":"grant","role":"billing","target":"wren"}"#;
    let parts = vec![part; parts].join(",");
    format!(r#"{{"user":"tomas","product":"manage","parts":[{parts}]}}"#) + "\n"
}

/// The door with another title.
fn titled(title: &str) -> String {
    let limits = Limits {
        text_bytes: 300,
        ..Limits::DEFAULT
    };
    load(&limits, &door().replacen("Door", title, 1))
}

fn few_events() -> Limits {
    Limits {
        events: 250,
        ..Limits::DEFAULT
    }
}

fn few_bytes() -> Limits {
    Limits {
        fixture_bytes: 2_000,
        ..Limits::DEFAULT
    }
}

fn few_paths(condition: &str) -> String {
    let limits = Limits {
        paths: 4,
        ..Limits::DEFAULT
    };
    load(&limits, &rules(condition))
}

fn of_files() -> Vec<Way> {
    vec![
        library(
            "file-too-large",
            || suites(&few_bytes(), &[40]),
            || suites(&few_bytes(), &[20, 20]),
        ),
        library(
            "too-many-events",
            || suites(&few_events(), &[40]),
            || suites(&few_events(), &[20, 20]),
        ),
        library(
            "text-too-long",
            || titled(&"The door of the house. ".repeat(20)),
            || titled("The door of the house"),
        ),
        library(
            "script-too-long",
            || load(&Limits::DEFAULT, &rules(&"user.owner || ".repeat(20_000))),
            || load(&Limits::DEFAULT, &rules("user.owner")),
        ),
        library(
            "too-many-paths",
            || few_paths("user.guest != user.owner && user.enabled"),
            || few_paths("user.guest != user.owner"),
        ),
    ]
}

fn of_questions() -> Vec<Way> {
    let batch = |lines: &str| attempt("batch").stdin(lines);
    let review = |run| attempt(run).with("large.yaml", &large_firm());
    vec![
        library("bulk-too-large", || bulks(&[3]), || bulks(&[2, 1])),
        library(
            "difference-too-large",
            || firms(&[FIRST, LAST], 3),
            || firms(&[FIRST, BETWEEN, LAST], 3),
        ),
        library(
            "difference-too-large",
            || firms(&[FIRST, LAST], 3),
            || firms(&[FIRST, LAST], Limits::DEFAULT.difference_ways),
        ),
        program(
            "line-too-long",
            batch(&request(30_000)),
            batch(&request(15_000).repeat(2)),
        ),
        program(
            "review-too-large",
            review("review --firm large.yaml"),
            review("review --firm large.yaml --only u7"),
        ),
    ]
}

fn of_searches() -> Vec<Way> {
    let suite = "suite: Since\nproduct: door\nfirm: house.yaml\ntests:\n  - test: Ada still opens\n    diff: last\n    equal: false\n";
    let differs = |run| {
        attempt(run)
            .with("fixtures/since.yaml", suite)
            .with("fixtures/house.yaml", super::HOUSE)
            .with("fixtures/last/door.yaml", &door())
            .with("r/door.yaml", &rules("user.guest != user.owner"))
    };
    let check = |run, rules: &str| attempt(run).with("r/door.yaml", rules);
    let sound = shipped("tests/cases/idle/rule_behind_one/mended/door.yaml");
    let promise = "properties:\n  owners_sell:\n    title: Owners sell\n    whoever: { can: sell }\n    holds: owner\n    basis: stated\n    section: doors\n";
    let promised = sound.clone() + promise;
    vec![
        program(
            "difference-cut-off",
            differs("test fixtures --rules r --states 1"),
            differs("test fixtures --rules r --states 1000"),
        ),
        program(
            "idle-parts-cut-off",
            check("check --rules r --states 1", &sound),
            check("check --rules r --states 1000", &sound),
        ),
        program(
            "property-not-decided",
            check("check --rules r --states 1", &promised),
            check("check --rules r --states 1000", &promised),
        ),
    ]
}

pub(super) fn ways() -> Vec<Way> {
    let mut ways = of_files();
    ways.extend(of_questions());
    ways.extend(of_searches());
    ways
}
