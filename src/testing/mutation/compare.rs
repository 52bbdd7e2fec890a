//! Comparing: whether any question or change can tell two rulebooks apart.

use super::report::{Changes, Example};
use crate::analyse::{ChangeKind, RuleChange};
use crate::rulebook::Rulebook;

/// The result of a comparison.
#[derive(Debug)]
pub(super) enum MutantComparison {
    /// Nothing tells the two apart.
    Equal,
    /// Something tells them apart.
    Differs(Box<MutantDifference>),
    /// The comparison was cut off before it found anything.
    CutOff,
}

/// The first thing that tells a mutant from the rules.
#[derive(Debug)]
pub(super) struct MutantDifference {
    pub(super) changes: Changes,
    pub(super) example: Example,
}

/// A difference of decisions, or else one of explanations. Rulebooks count as equal only if that is proven.
pub(super) fn compare(before: &Rulebook, after: &Rulebook) -> MutantComparison {
    let rank = |change: &RuleChange| (kind(change) == Changes::Explanation, change.kind);
    let least = (false, ChangeKind::Decision);
    let difference = match before.first_difference(after, rank, &least) {
        Ok(difference) => difference,
        Err(error) => {
            let [before, after] = ["unknown", "unknown"].map(str::to_owned);
            let asked = error.message().to_owned();
            return MutantComparison::Differs(Box::new(MutantDifference {
                changes: Changes::Decision,
                example: Example {
                    asked,
                    before,
                    after,
                },
            }));
        }
    };
    let all = difference.changes.iter();
    match all.min_by_key(|change| rank(change)) {
        Some(first) => MutantComparison::Differs(Box::new(MutantDifference {
            changes: kind(first),
            example: example(first),
        })),
        None if difference.cut_off.is_some() => MutantComparison::CutOff,
        None => MutantComparison::Equal,
    }
}

fn kind(change: &RuleChange) -> Changes {
    match change.kind {
        ChangeKind::Decision
        | ChangeKind::Effects
        | ChangeKind::Altered
        | ChangeKind::Declared
        | ChangeKind::Effect => Changes::Decision,
        _ => Changes::Explanation,
    }
}

fn example(change: &RuleChange) -> Example {
    let id = change.action.as_deref().or(change.change.as_deref());
    let what = id.or(change.what.as_deref());
    let what = what.unwrap_or_default();
    Example {
        asked: match &change.when {
            Some(when) => format!("{what}, by {when}"),
            None => what.to_owned(),
        },
        before: change.from.clone(),
        after: change.to.clone(),
    }
}
