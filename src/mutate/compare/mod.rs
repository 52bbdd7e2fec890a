//! Comparing: whether any question or change can tell two rulebooks apart.
//!
//! What both declare is compared first. Where it is the same, both have the same inputs, and their decision trees
//! are walked side by side over every path of the two. Where the paths end differently, people are made up who
//! stand at that end, and both rulebooks are asked about them: what no firm can ever hold is no difference.

mod actions;
mod changes;
mod declared;
mod people;

use super::report::{Changes, Example};
use crate::explore::compile::Compiled;
use crate::rulebook::Rulebook;

/// What tells two rulebooks apart.
#[derive(Debug)]
pub(super) struct Difference {
    pub(super) changes: Changes,
    pub(super) example: Example,
}

/// One product of the rules as they are and of a mutant.
struct Pair<'r> {
    before: &'r Rulebook,
    after: &'r Rulebook,
    /// The same product in both.
    compiled: [&'r Compiled; 2],
}

/// The difference that was found; one of decisions is looked for until there is one.
#[derive(Default)]
struct Found(Option<Difference>);

/// The first difference of decisions, else the first of explanations; none where nothing can tell the two apart.
pub(super) fn compare(before: &Rulebook, after: &Rulebook) -> Option<Difference> {
    let mut found = Found::default();
    let products = before.compiled().iter().zip(after.compiled());
    for (one, other) in products {
        let pair = Pair {
            before,
            after,
            compiled: [one, other],
        };
        declared::compare(&pair, &mut found);
        if !found.is_decided() {
            actions::compare(&pair, &mut found);
        }
        if !found.is_decided() {
            changes::compare(&pair, &mut found);
        }
        if found.is_decided() {
            break;
        }
    }
    found.0
}

impl Found {
    fn is_decided(&self) -> bool {
        let found = self.0.as_ref();
        found.is_some_and(|found| found.changes == Changes::Decision)
    }

    fn note(&mut self, changes: Changes, example: Example) {
        if self.0.is_none() || !self.is_decided() && changes == Changes::Decision {
            self.0 = Some(Difference { changes, example });
        }
    }

    /// Notes that there is more than can be compared: what cannot be shown equal is not taken for equal.
    fn note_too_much(&mut self, what: &str) {
        let asked = format!("{what}, in more ways than can be compared");
        let [before, after] = ["unknown", "unknown"].map(str::to_owned);
        let example = Example {
            asked,
            before,
            after,
        };
        self.note(Changes::Decision, example);
    }
}
