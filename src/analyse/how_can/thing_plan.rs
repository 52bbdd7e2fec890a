//! Plans with changes of things and groups, by names.

use std::collections::BTreeSet;

use super::PlanGoal;
use super::plan::{Plan, PlanWithEnd, StepMakers};
use super::thing_moves::is_same_by_all;
use crate::answer::Question;
use crate::change::resolve::ResolvedChange;
use crate::finding::AskError;
use crate::firm::Firm;

/// The plan of these changes, each judged on the firm itself.
pub(super) fn plan(
    firm: &Firm,
    question: &Question<'_>,
    ask: &PlanGoal<'_>,
    steps: &[ResolvedChange],
) -> Result<PlanWithEnd, AskError> {
    let (mut plan, mut whole) = (Plan::default(), firm.clone());
    let mut altered: Vec<u32> = Vec::new();
    for step in steps {
        let change = step.named(&whole, ask.compiled);
        let verdict = whole.judge(&change)?;
        let outcome = whole.outcome(ask.compiled, step)?;
        altered.extend(outcome.alterations.iter().map(|one| one.user));
        let declared = ask.compiled.product.change(step.change);
        let is_same_by_all =
            declared.is_some_and(|declared| is_same_by_all(&ask.compiled.product, declared));
        let mut others = Vec::new();
        let mut and_more = 0;
        for user in (0..whole.roster.len() as u32).filter(|user| *user != step.user) {
            let by = ResolvedChange { user, ..*step };
            if !whole.judged(ask.compiled, &by)?.accepted {
                continue;
            }
            let is_same =
                is_same_by_all || whole.outcome(ask.compiled, &by)?.alters_the_same(&outcome);
            if !is_same {
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
    altered.sort_unstable_by_key(|user| (ask.asked.user != Some(*user), *user));
    altered.dedup();
    PlanWithEnd::of(firm, question, ask, plan, (whole, &altered))
}
