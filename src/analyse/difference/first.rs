//! The first difference by some rank, for callers who want to show one and not wait for all.

use super::compared_answer::DifferenceAspect;
use super::function::DifferenceDetail;
use super::{RuleChange, RulebookDifference};
use crate::analyse::search_stop::SearchStop;
use crate::finding::AskError;
use crate::rulebook::Rulebook;

/// The subject of a comparison.
#[derive(Clone, Copy)]
pub(super) enum ComparisonScope<'a> {
    Everything,
    /// Everything, until a difference of this kind is found.
    First(&'a dyn Fn(&RuleChange) -> bool),
    /// Only the action or change of this difference.
    One(&'a RuleChange),
}

impl ComparisonScope<'_> {
    /// Whether it is about an action, or about a change.
    pub(super) fn has(&self, id: &str, of: fn(&RuleChange) -> Option<&str>) -> bool {
        match self {
            Self::One(one) => of(one) == Some(id),
            _ => true,
        }
    }

    /// Whether it is about what decides nothing too: mutants only change what decides.
    pub(super) fn is_everything(&self) -> bool {
        matches!(self, Self::Everything)
    }

    /// Whether enough was found.
    pub(super) fn is_enough(&self, changes: &[RuleChange]) -> bool {
        match self {
            Self::First(is_first) => changes.iter().any(is_first),
            _ => false,
        }
    }
}

impl Rulebook {
    /// The difference with the smallest rank. Its exact conditions are computed for this one only. `least` is the
    /// smallest possible rank: the search stops at a difference that has it.
    #[cfg_attr(
        not(feature = "testing"),
        expect(dead_code, reason = "only mutants ask for the first difference")
    )]
    pub(crate) fn first_difference<K: Ord>(
        &self,
        new: &Self,
        rank: impl Fn(&RuleChange) -> K,
        least: &K,
    ) -> Result<RulebookDifference, AskError> {
        let limits = new.limits();
        let budget = limits.budget(limits.difference_states);
        let mut changes = Vec::new();
        let is_least = |change: &RuleChange| rank(change) <= *least;
        let about = ComparisonScope::First(&is_least);
        let finished = self.compare(
            new,
            (DifferenceDetail::Aspects, &budget),
            about,
            &mut changes,
        );
        let first = changes.iter().min_by_key(|change| rank(change)).cloned();
        let (Ok(()), Some(first)) = (&finished, first) else {
            return ended(finished, changes);
        };
        if first.what.is_some() {
            return ended(Ok(()), vec![first]);
        }
        let aspect = DifferenceAspect {
            kind: first.kind,
            from: first.from.clone(),
            to: first.to.clone(),
        };
        let mut only = Vec::new();
        let scope = (DifferenceDetail::Only(&aspect), &budget);
        let finished = self.compare(new, scope, ComparisonScope::One(&first), &mut only);
        only.retain(|change| change.has_target == first.has_target);
        // The difference is certain, even if it takes too long to compute its conditions.
        if only.is_empty() {
            only.push(first);
        }
        ended(finished, only)
    }
}

/// The differences found, and whether the list is complete.
pub(super) fn ended(
    finished: Result<(), SearchStop>,
    changes: Vec<RuleChange>,
) -> Result<RulebookDifference, AskError> {
    let cut_off = match finished {
        Ok(()) => None,
        Err(SearchStop::CutOff(cut_off)) => Some(cut_off),
        Err(SearchStop::Failed(error)) => return Err(error),
    };
    Ok(RulebookDifference::of(changes, cut_off))
}
