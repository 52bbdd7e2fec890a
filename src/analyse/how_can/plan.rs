//! Plans: sets of changes by name, made one after the other, and their results.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::PlanGoal;
use super::people::{FirmPeople, SampleFirm};
use super::search::{PlanSearch, StepWithMaker};
use crate::analyse::on_things::{self, AccessOnThings, ActionOnThing, ThingAccess};
use crate::analyse::simulate::{Shift, Shifts, Sides};
use crate::answer::Question;
use crate::budget::Budget;
use crate::change::{AlteredThing, AlteredValue, Change};
use crate::finding::{AskError, foreign};
use crate::firm::Firm;

/// One set of changes, in an order in which they can be made.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Plan {
    /// The changes, each with the user who makes it. Each can be sent as a request.
    pub steps: Vec<Change>,
    /// For each step, who may make it, and its results.
    pub by: Vec<StepMakers>,
    /// Ids of the effects on the way, each once.
    pub effects: Vec<String>,
    /// Abilities that users have at the end and did not have before, apart from the one in question.
    pub also_opens: Shifts,
    /// Abilities that users had before and lack at the end.
    pub closes: Shifts,
    /// What users may do on single things at the end and could not before, apart from the answer in question, and the other way round.
    #[serde(default, skip_serializing_if = "AccessOnThings::is_empty")]
    pub on_things: AccessOnThings,
}

/// A plan, and the firm at its end.
pub(super) struct PlanWithEnd {
    pub(super) plan: Plan,
    pub(super) after: Firm,
}

/// Who may make a change, and its results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct StepMakers {
    /// The change as words in a row: `grant billing wren`.
    pub line: String,
    /// Id of the user who makes it.
    pub user: String,
    /// Ids of others who may make it as well, in the order of the firm.
    pub may_be_made_by: Vec<String>,
    /// The number of others whose ids are left out.
    #[serde(default, skip_serializing_if = "crate::answer::is_zero")]
    pub and_more: usize,
    /// Ids of users who could take the target's place in the whole plan.
    pub or_target: Vec<String>,
    /// Ids of the effects, in the order of the rule file.
    pub effects: Vec<String>,
    /// What it alters.
    pub altered: Vec<AlteredValue>,
    /// What it alters of things and groups.
    pub altered_things: Vec<AlteredThing>,
}

impl StepMakers {
    /// Most users listed by name. Beyond that only the number is given.
    pub const MOST_NAMED: usize = 20;
}

impl Plan {
    /// The order of plans: fewest changes, then fewest other abilities opened, in general and on things, then fewest effects.
    pub(super) fn rank(&self) -> (usize, usize, usize, usize) {
        let opened = self.also_opens.0.iter().map(|shift| shift.users.len());
        let on_things = self.on_things.gained.iter().map(ThingAccess::count);
        let (opened, on_things) = (opened.sum(), on_things.sum());
        (self.steps.len(), opened, on_things, self.effects.len())
    }
}

impl PlanWithEnd {
    /// A plan with what it opens and closes for the people whom it alters, in general.
    pub(super) fn of(
        firm: &Firm,
        question: &Question<'_>,
        ask: &PlanGoal<'_>,
        mut plan: Plan,
        (after, altered): (Firm, &[u32]),
    ) -> Result<Self, AskError> {
        if !after.answer(question)?.is_allowed() {
            return Err(foreign("firm"));
        }
        let mut sides = Sides::new(firm, &after, ask.product, altered)?;
        sides.compare()?;
        let is_asked = |shift: &Shift| is_asked(ask, question, shift);
        plan.also_opens = std::mem::take(&mut sides.gained);
        plan.also_opens.0.retain(|shift| !is_asked(shift));
        plan.closes = std::mem::take(&mut sides.lost);
        drop(sides);
        Ok(Self { plan, after })
    }

    /// The plan with what it opens and closes on things as well. Each looks at all things, so that plans that the time is too short
    /// for leave them out, and say so.
    pub(super) fn with_things(
        self,
        firm: &Firm,
        question: &Question<'_>,
        budget: &Budget,
    ) -> Result<Plan, AskError> {
        let Self { mut plan, after } = self;
        if budget.look().is_err() {
            plan.on_things.left_out = firm.things.len();
            return Ok(plan);
        }
        plan.on_things = on_things::difference([firm, &after], None)?;
        for row in &mut plan.on_things.gained {
            row.without(question);
        }
        let gained = &mut plan.on_things.gained;
        gained.retain(|row| !row.who.actions.is_empty());
        Ok(plan)
    }
}

impl ThingAccess {
    /// The number of abilities.
    fn count(&self) -> usize {
        let users = self.who.users.len() + self.who.more_users;
        let things = self.things.len() + self.more_things;
        users * things * self.who.actions.len()
    }

    /// Leaves out what a question is about, where the row is about nobody and nothing else.
    fn without(&mut self, question: &Question<'_>) {
        let is_only = |ids: &[Arc<str>], more: usize, id: &str| {
            more == 0 && matches!(ids, [only] if **only == *id)
        };
        let target = question.target.as_deref().unwrap_or_default();
        if !is_only(&self.who.users, self.who.more_users, &question.user)
            || !is_only(&self.things, self.more_things, target)
        {
            return;
        }
        let is_asked = |one: &ActionOnThing| {
            let mut facts = one.facts.iter();
            *one.action == *question.action
                && facts.all(|(name, value)| {
                    let mut given = question.facts.iter().filter(|(known, _)| known == name);
                    given.all(|(_, given)| given == value)
                })
        };
        self.who.actions.retain(|one| !is_asked(one));
    }
}

/// A set of changes as a plan. Every change is judged on the firm itself, and the question is asked at the end.
pub(super) fn made(
    firm: &Firm,
    question: &Question<'_>,
    ask: &PlanGoal<'_>,
    everybody: &FirmPeople,
    sample: &SampleFirm,
    set: &[StepWithMaker],
) -> Result<PlanWithEnd, AskError> {
    let mut course = PlanReplay {
        search: PlanSearch::of(ask, sample),
        everybody,
        small: sample.firm.clone(),
        whole: firm.clone(),
        touched: Vec::new(),
        used: set
            .iter()
            .flat_map(|made| [made.user, made.step.target])
            .collect(),
    };
    let mut plan = Plan::default();
    for made in set {
        let (change, by) = course.step(made)?;
        for effect in &by.effects {
            if !plan.effects.contains(effect) {
                plan.effects.push(effect.clone());
            }
        }
        plan.by.push(by);
        plan.steps.push(change);
    }
    let altered = course.altered(everybody);
    PlanWithEnd::of(firm, question, ask, plan, (course.whole, &altered))
}

/// Whether this ability is exactly the one in question.
fn is_asked(ask: &PlanGoal<'_>, question: &Question<'_>, shift: &Shift) -> bool {
    let ability = &shift.ability;
    let given = |name: &str| {
        let mut facts = question.facts.iter();
        facts
            .find(|(known, _)| known == name)
            .map(|(_, value)| &**value)
    };
    let product = &ask.compiled.product;
    let action = product.names.actions.get(&*ability.action);
    let used = action.and_then(|action| product.action(*action));
    let mut facts = used.map_or(&[][..], |action| &action.facts).iter();
    let has_same_facts = facts.all(|used| {
        let Some(fact) = product.fact(used.fact) else {
            return false;
        };
        let own = ability.facts.iter().find(|(name, _)| **name == *fact.id);
        let here = own
            .map(|(_, value)| value.as_str())
            .or_else(|| used.default.map(|value| fact.domain.word(value)));
        given(&fact.id).is_none_or(|value| Some(value) == here)
    });
    let is_only_target = ability.targets.as_ref().is_none_or(|targets| {
        targets.count == 1
            && targets
                .users
                .iter()
                .all(|user| question.target.as_deref() == Some(user))
    });
    *ability.action == *question.action
        && shift.users.iter().map(|user| &**user).eq([&*question.user])
        && has_same_facts
        && (is_only_target
            || ask.is_of_oneself() && ability.targets.as_ref().is_some_and(|t| t.count == 1))
}

/// The state of a plan in the sample and in the whole firm.
struct PlanReplay<'a> {
    search: PlanSearch<'a>,
    everybody: &'a FirmPeople,
    small: Firm,
    whole: Firm,
    /// People altered so far, by numbers of the sample.
    touched: Vec<u32>,
    /// The people that the plan names.
    used: Vec<u32>,
}

impl PlanReplay<'_> {
    fn step(&mut self, made: &StepWithMaker) -> Result<(Change, StepMakers), AskError> {
        let makers = self.makers(made)?;
        let (sample, ask) = (self.search.sample, self.search.ask);
        let named = |number: &u32| self.whole.roster.id(*number).to_owned();
        let target = sample.users.get(made.step.target as usize).copied();
        let one = ask.relevant.moves.get(made.step.number);
        let (Some(target), Some(one), Some((first, others))) = (target, one, makers.split_first())
        else {
            return Err(foreign("firm"));
        };
        let change = one
            .bound
            .named(ask.compiled, &named(first), &named(&target));
        let verdict = self.whole.judge(&change)?;
        let outcome =
            self.search
                .accepted(&self.small, made.step.number, made.user, made.step.target)?;
        let (true, Some(outcome)) = (verdict.is_accepted(), outcome) else {
            return Err(foreign("firm"));
        };
        let by = StepMakers {
            line: change.line(&self.whole.rulebook)?,
            user: named(first),
            may_be_made_by: others
                .iter()
                .take(StepMakers::MOST_NAMED)
                .map(named)
                .collect(),
            and_more: others.len().saturating_sub(StepMakers::MOST_NAMED),
            or_target: self.alike(made.step.target).iter().map(named).collect(),
            effects: verdict.effects.iter().map(ToString::to_string).collect(),
            altered: verdict.altered.to_vec(),
            altered_things: verdict.altered_things.clone(),
        };
        self.whole = self.whole.after(&verdict)?;
        self.small = self.small.altered(&outcome.alterations);
        self.touched
            .extend(outcome.alterations.iter().map(|one| one.user));
        Ok((change, by))
    }

    /// All users of the firm who may make a change with the same outcome. Those whom the plan has not altered come
    /// first.
    fn makers(&self, made: &StepWithMaker) -> Result<Vec<u32>, AskError> {
        let (sample, step) = (self.search.sample, made.step);
        let wanted = self
            .search
            .accepted(&self.small, step.number, made.user, step.target)?
            .ok_or_else(|| foreign("firm"))?;
        let mut makers: Vec<(bool, u32)> = Vec::new();
        for user in 0..sample.len() {
            let outcome = self
                .search
                .accepted(&self.small, step.number, user, step.target)?;
            if outcome.is_none_or(|outcome| outcome.alterations != wanted.alterations) {
                continue;
            }
            let touched = self.touched.contains(&user);
            let is_altered = wanted.alterations.iter().any(|one| one.user == user);
            match self.kind_of(user) {
                Some(kind) if !touched && !is_altered => {
                    let members = kind
                        .iter()
                        .filter(|member| !self.is_altered(**member, step.target));
                    makers.extend(members.map(|member| (false, *member)));
                }
                _ => makers.extend(sample.users.get(user as usize).map(|user| (touched, *user))),
            }
        }
        makers.sort_unstable();
        makers.dedup();
        Ok(makers.into_iter().map(|(_, user)| user).collect())
    }

    /// The kind of somebody who is not in question, with all its members.
    fn kind_of(&self, user: u32) -> Option<&[u32]> {
        let kind = self.search.sample.kind_of.get(user as usize).copied()??;
        Some(self.everybody.kinds.members(kind))
    }

    /// Whether a user of the whole firm was altered, or is the target.
    fn is_altered(&self, user: u32, target: u32) -> bool {
        let mut altered = self.touched.iter().chain([&target]);
        altered.any(|one| self.search.sample.users.get(*one as usize) == Some(&user))
    }

    /// Those who could take a target's place in the whole plan: they are alike and take no other part in it.
    fn alike(&self, target: u32) -> Vec<u32> {
        let users = &self.search.sample.users;
        let has_part = |user: &u32| {
            let mut used = self.used.iter();
            used.any(|one| users.get(*one as usize) == Some(user))
        };
        let kind = self.kind_of(target).unwrap_or_default().iter();
        let free = kind.copied().filter(|user| !has_part(user));
        free.take(StepMakers::MOST_NAMED).collect()
    }

    /// The people altered by the plan, the user of the question first.
    fn altered(&self, everybody: &FirmPeople) -> Vec<u32> {
        let users = &self.search.sample.users;
        let touched = self.touched.iter();
        let mut altered: Vec<u32> = touched
            .filter_map(|one| users.get(*one as usize))
            .copied()
            .collect();
        altered.sort_unstable_by_key(|user| (!everybody.asked.contains(user), *user));
        altered.dedup();
        altered
    }
}
