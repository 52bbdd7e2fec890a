//! A firm that changes of things, groups and people lead to, and what is known of the way there.

use std::collections::{BTreeMap, BTreeSet};

use crate::change::arguments::Arguments;
use crate::change::judge::ChangeOutcome;
use crate::change::resolve::{ResolvedChange, ResolvedTarget};
use crate::firm::ends::ListMember;
use crate::firm::{Alteration, Firm, ThingAlteration};
use crate::link::product::{ChangeId, UserPart};
use crate::value::Value;

/// What differs from the firm at the start.
#[derive(Debug, Clone, Default)]
pub(super) struct StateEnd {
    people: BTreeMap<(u32, UserPart), Value>,
    pub(super) things: Vec<ThingAlteration>,
}

/// Equal whatever was altered first.
impl PartialEq for StateEnd {
    fn eq(&self, other: &Self) -> bool {
        let has = |one: &ThingAlteration| other.things.contains(one);
        self.people == other.people
            && self.things.len() == other.things.len()
            && self.things.iter().all(has)
    }
}

/// A firm that changes lead to.
#[derive(Clone)]
pub(super) struct ThingState {
    pub(super) firm: Firm,
    pub(super) steps: Vec<ResolvedChange>,
    pub(super) end: StateEnd,
    /// The people and groups that changes so far were about.
    pub(super) named: BTreeSet<ListMember>,
}

/// A change with its arguments and its target, whoever makes it.
type StepKey = (ChangeId, ResolvedTarget, Arguments);

/// The changes of a state, in one order.
pub(super) type StepSet = BTreeSet<StepKey>;

impl ThingState {
    /// The changes, whoever makes them.
    pub(super) fn set(&self) -> StepSet {
        let steps = self.steps.iter();
        steps
            .map(|step| (step.change, step.target, step.arguments))
            .collect()
    }

    /// The state after one more change.
    pub(super) fn then(&self, change: ResolvedChange, outcome: &ChangeOutcome) -> Self {
        let mut next = self.clone();
        let firm = next.firm.altered(&outcome.alterations);
        next.firm = firm.with_altered_things(&outcome.things);
        next.steps.push(change);
        next.named.extend(change.target.member());
        next.named
            .extend(change.arguments.group.map(ListMember::Group));
        for Alteration { user, what, to, .. } in &outcome.alterations {
            next.end.people.insert((*user, *what), *to);
            next.named.insert(ListMember::User(*user));
        }
        for one in &outcome.things {
            match next
                .end
                .things
                .iter_mut()
                .find(|known| known.is_of_same(one))
            {
                Some(known) => known.clone_from(one),
                None => next.end.things.push(one.clone()),
            }
        }
        next
    }
}
