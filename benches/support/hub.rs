//! A firm of repositories with lists and groups.

use std::fmt::Write;

use super::Random;
use clio_rules::{Firm, Rulebook};

const RULES: &str = include_str!("../../src/tests/things/hub.yaml");

/// A firm of people, of whom the first is an owner, a tenth as many groups, nested three deep, and repositories with ten people and groups on their lists.
fn firm_text(people: usize, things: usize) -> String {
    let mut random = Random::new(7);
    let mut text = "firm: Large\nusers:\n".to_owned();
    for user in 0..people {
        let role = if user == 0 { "owner" } else { "guest" };
        writeln!(text, "  - {{ id: u{user}, hub: {{ roles: [{role}] }} }}").expect("a text");
    }
    let groups = (people / 10).min(1_000);
    text.push_str("groups:\n");
    for group in 0..groups {
        let mut members: Vec<String> = (0..5)
            .map(|_| format!("u{}", random.below(people)))
            .collect();
        // Every group but the last of three is in the one behind it.
        if group % 3 > 0 {
            members.push(format!("g{}", group - 1));
        }
        writeln!(text, "  g{group}: [{}]", members.join(", ")).expect("a text");
    }
    text.push_str("things:\n  repository:\n");
    for thing in 0..things {
        let mut list = |entries: usize, sides: usize, letter: &str| {
            let all: std::collections::BTreeSet<usize> =
                (0..entries).map(|_| random.below(sides)).collect();
            let all: Vec<String> = all
                .iter()
                .map(|number| format!("{letter}{number}"))
                .collect();
            all.join(", ")
        };
        let (write, read, teams) = (
            list(4, people, "u"),
            list(4, people, "u"),
            list(2, groups, "g"),
        );
        writeln!(
            text,
            "    - {{ id: r{thing}, write: [{write}, {teams}], read: [{read}] }}"
        )
        .expect("a text");
    }
    text
}

/// The firm of that text.
pub(crate) fn hub(people: usize, things: usize) -> Firm {
    let rulebook = Rulebook::from_texts([("hub.yaml", RULES)]).expect("it loads");
    Firm::from_text(&rulebook, "firm.yaml", &firm_text(people, things)).expect("it loads")
}
