//! Comparing: whether any question or change can tell two rulebooks apart.

use super::report::{Changes, Example};
use crate::analyse::{ChangeKind, RuleChange};
use crate::rulebook::Rulebook;

/// What tells two rulebooks apart.
#[derive(Debug)]
pub(super) struct Difference {
    pub(super) changes: Changes,
    pub(super) example: Example,
}

/// A difference of decisions, else one of explanations; none where nothing can tell the two apart. What cannot be shown
/// equal is not taken for equal.
pub(super) fn compare(before: &Rulebook, after: &Rulebook) -> Option<Difference> {
    let difference = match before.difference(after) {
        Ok(difference) => difference,
        Err(error) => {
            let [before, after] = ["unknown", "unknown"].map(str::to_owned);
            let asked = error.message().to_owned();
            return Some(Difference {
                changes: Changes::Decision,
                example: Example {
                    asked,
                    before,
                    after,
                },
            });
        }
    };
    let all = difference.changes().iter();
    let first = all.min_by_key(|change| (kind(change) == Changes::Explanation, change.kind()))?;
    Some(Difference {
        changes: kind(first),
        example: example(first),
    })
}

fn kind(change: &RuleChange) -> Changes {
    match change.kind() {
        ChangeKind::Decision | ChangeKind::Effects | ChangeKind::Altered | ChangeKind::Declared => {
            Changes::Decision
        }
        _ => Changes::Explanation,
    }
}

fn example(change: &RuleChange) -> Example {
    let what = change.action().or(change.change()).or(change.what());
    let what = what.unwrap_or_default();
    Example {
        asked: match change.when() {
            Some(when) => format!("{what}, by {when}"),
            None => what.to_owned(),
        },
        before: change.from().to_owned(),
        after: change.to().to_owned(),
    }
}
