//! Renaming: sets of changes that are equal up to swapping people who are alike at the start.

use super::people::ProfileWords;
use super::search::{PlanSearch, PlannedStep, SearchState};

/// The renaming: each person and their new name.
type RenamedUsers = Vec<(u32, u32)>;

impl PlanSearch<'_> {
    /// Whether two states are equal up to renaming people who were alike at the start: the same changes were made,
    /// and everybody ended up the same.
    pub(super) fn is_renamed(&self, one: &SearchState, other: &SearchState) -> bool {
        let steps = |state: &SearchState| -> Vec<PlannedStep> {
            let steps = state.steps.iter();
            steps.map(|made| made.step).collect()
        };
        let ends = [self.kinds(&one.firm), self.kinds(&other.firm)];
        one.steps.len() == other.steps.len()
            && self.rename(&steps(one), &steps(other), &mut Vec::new(), &ends)
    }

    /// Matches each step with one of the other set under a renaming that maps each person to exactly one other.
    fn rename(
        &self,
        one: &[PlannedStep],
        other: &[PlannedStep],
        names: &mut RenamedUsers,
        ends: &[Vec<ProfileWords>; 2],
    ) -> bool {
        let Some((first, rest)) = one.split_first() else {
            return self.end_alike(names, ends);
        };
        other.iter().enumerate().any(|(at, step)| {
            let known = names.len();
            let is_same =
                first.number == step.number && self.may_be(first.target, step.target, names);
            let is_so = is_same && self.rename(rest, &without_one(other, at), names, ends);
            names.truncate(known);
            is_so
        })
    }

    /// Whether everybody ends up like the person they are renamed to. The remaining people may be matched in any way.
    fn end_alike(&self, names: &RenamedUsers, [one, other]: &[Vec<ProfileWords>; 2]) -> bool {
        let rest = |kinds: &[ProfileWords], side: fn(&(u32, u32)) -> u32| {
            let mut free: Vec<_> = (0..)
                .zip(kinds)
                .filter(|(user, _)| !names.iter().any(|name| side(name) == *user))
                .map(|(user, kind)| {
                    let asked = (user as usize) < self.sample.asked;
                    let was = self.sample.kind_of.get(user as usize).copied().flatten();
                    (asked.then_some(user), was, kind.clone())
                })
                .collect();
            free.sort_unstable();
            free
        };
        names
            .iter()
            .all(|name| one.get(name.0 as usize) == other.get(name.1 as usize))
            && rest(one, |name| name.0) == rest(other, |name| name.1)
    }

    /// Tries to rename one person to another who was alike at the start, and records it on success.
    fn may_be(&self, one: u32, other: u32, names: &mut RenamedUsers) -> bool {
        let known = names.iter().find(|name| name.0 == one || name.1 == other);
        if let Some(known) = known {
            return *known == (one, other);
        }
        let kind = |user: u32| self.sample.kind_of.get(user as usize).copied().flatten();
        let is_alike = one == other || kind(one).is_some() && kind(one) == kind(other);
        names.extend(is_alike.then_some((one, other)));
        is_alike
    }
}

fn without_one(steps: &[PlannedStep], at: usize) -> Vec<PlannedStep> {
    let (before, from) = steps.split_at_checked(at).unwrap_or((steps, &[]));
    let rest = from.split_first().map_or(from, |(_, rest)| rest);
    [before, rest].concat()
}
