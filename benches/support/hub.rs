//! A firm of repositories with lists and groups.

use std::fmt::Write;

use clio_rules::{Firm, Rulebook};

const RULES: &str = include_str!("../../src/tests/things/hub.yaml");

/// Numbers that look random and are the same every time.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// A firm of people, a tenth as many groups, nested three deep, and repositories with ten people and groups on their lists.
fn firm_text(people: usize, things: usize) -> String {
    let mut dice = Dice(7);
    let mut text = "firm: Large\nusers:\n".to_owned();
    for user in 0..people {
        writeln!(text, "  - {{ id: u{user}, hub: {{ roles: [guest] }} }}").expect("a text");
    }
    let groups = (people / 10).min(1_000);
    text.push_str("groups:\n");
    for group in 0..groups {
        let mut members: Vec<String> = (0..5).map(|_| format!("u{}", dice.roll(people))).collect();
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
                (0..entries).map(|_| dice.roll(sides)).collect();
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
