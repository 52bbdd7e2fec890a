//! Plans with changes of things and groups, by names.

use std::collections::BTreeSet;

use super::PlanGoal;
use super::plan::{Plan, StepMakers};
use crate::change::Change;
use crate::change::resolve::ResolvedChange;
use crate::finding::AskError;
use crate::firm::Firm;
use crate::firm::ends::ListMember;
use crate::world::bound_change::BoundChange;

impl PlanGoal<'_> {
    /// A change by names.
    pub(super) fn named(&self, firm: &Firm, change: &ResolvedChange) -> Change {
        let bound = BoundChange {
            change: change.change,
            arguments: change.arguments,
        };
        let mut named = bound.named(self.compiled, firm.roster.id(change.user), "");
        let declared = bound.declared(self.compiled);
        let thing = declared.and_then(|declared| change.thing(declared));
        named.thing = thing.and_then(|thing| {
            let things = firm.things.of_kind(thing.product, thing.kind)?;
            Some(things.id(thing.number).to_owned())
        });
        let id = |member: ListMember| firm.member_id(member).to_owned();
        named.group = change
            .arguments
            .group
            .map(|group| id(ListMember::Group(group)));
        named.target = change.target.member().map(id);
        named
    }
}

/// The plan of these changes, each judged on the firm itself.
pub(super) fn plan(
    firm: &Firm,
    ask: &PlanGoal<'_>,
    steps: &[ResolvedChange],
) -> Result<Plan, AskError> {
    let (mut plan, mut whole) = (Plan::default(), firm.clone());
    for step in steps {
        let change = ask.named(&whole, step);
        let verdict = whole.judge(&change)?;
        let mut others = Vec::new();
        let mut and_more = 0;
        for user in (0..whole.roster.len() as u32).filter(|user| *user != step.user) {
            let by = ResolvedChange { user, ..*step };
            if !whole.judged(ask.compiled, &by)?.accepted {
                continue;
            }
            if others.len() < StepMakers::MOST_NAMED {
                others.push(whole.roster.id(user).to_owned());
            } else {
                and_more += 1;
            }
        }
        let effects: Vec<String> = verdict.effects.iter().map(ToString::to_string).collect();
        plan.effects.extend(effects.iter().cloned());
        plan.by.push(StepMakers {
            line: change.line(&whole.rulebook)?,
            user: change.user.clone(),
            may_be_made_by: others,
            and_more,
            or_target: Vec::new(),
            effects,
            altered: verdict.altered.clone(),
            altered_things: verdict.altered_things.clone(),
        });
        plan.steps.push(change);
        whole = whole.after(&verdict)?;
    }
    let mut seen = BTreeSet::new();
    plan.effects.retain(|effect| seen.insert(effect.clone()));
    Ok(plan)
}
