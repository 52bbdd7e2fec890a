//! Plans for a question about a thing: changes of its lists and properties and of groups, alone or with changes of people.

use std::collections::BTreeSet;

use super::why::ClosestRefusal;
use super::{PlanGoal, Plans};
use crate::analyse::search_stop::SearchStop;
use crate::answer::Question;
use crate::budget::{Budget, CutOff, SearchBound};
use crate::change::Consequences;
use crate::change::arguments::Arguments;
use crate::change::resolve::{ResolvedChange, ResolvedTarget};
use crate::finding::AskError;
use crate::firm::Firm;
use crate::firm::things::NumberedThing;
use crate::link::product::{Argument, ChangeId, LinkedChange};
use crate::world::bound_change::BoundChange;

/// Groups that people are put into or taken out of, at most.
const MOST_GROUPS: usize = 200;

/// A firm that changes lead to. Makers do not count for whether two are one.
struct ThingState {
    firm: Firm,
    steps: Vec<ResolvedChange>,
}

/// The changes of a state, without who makes them, in one order.
type StepSet = BTreeSet<StepKey>;

/// A change with its arguments and its target.
type StepKey = (ChangeId, ResolvedTarget, Arguments);

/// What was found about a question about a thing.
#[derive(Default)]
pub(super) struct PlansOnThing {
    found: Vec<ThingState>,
    refused: Vec<ClosestRefusal>,
    cut_off: Option<CutOff>,
}

/// The search for plans about one thing.
struct ThingSearch<'a, 'f> {
    ask: &'a PlanGoal<'f>,
    question: &'a Question<'a>,
    user: u32,
    /// The thing, and those above it.
    things: Vec<NumberedThing>,
    budget: Budget,
    found: PlansOnThing,
    /// Sets of changes that are enough.
    enough: Vec<StepSet>,
    known: BTreeSet<StepSet>,
}

impl Firm {
    /// Looks for plans with changes of the thing, of what it is part of, and of groups. None where the question is about no thing, or
    /// no change is about things like it.
    pub(super) fn plans_on_thing(
        &self,
        question: &Question<'_>,
        ask: &PlanGoal<'_>,
    ) -> Result<Option<PlansOnThing>, AskError> {
        let (Some(thing), Some(user)) = (ask.asked.thing, ask.asked.user) else {
            return Ok(None);
        };
        let above = self.things.all_above(thing);
        let things: Vec<NumberedThing> = std::iter::once(thing).chain(above).collect();
        let limits = self.rulebook.limits();
        let mut search = ThingSearch {
            ask,
            question,
            user,
            things,
            budget: limits.budget(limits.plan_states),
            found: PlansOnThing::default(),
            enough: Vec::new(),
            known: BTreeSet::new(),
        };
        if search.changes().next().is_none() {
            return Ok(None);
        }
        match search.run(self, limits.plan_steps) {
            Err(SearchStop::Failed(error)) => return Err(error),
            Err(SearchStop::CutOff(cut_off)) => search.found.cut_off = Some(cut_off),
            Ok(()) => {}
        }
        Ok(Some(search.found))
    }
}

impl PlansOnThing {
    /// Adds the plans that were found. Without any, says what is known.
    pub(super) fn add_to(
        self,
        plans: &mut Plans,
        firm: &Firm,
        ask: &PlanGoal<'_>,
    ) -> Result<(), AskError> {
        for state in &self.found {
            plans
                .plans
                .push(super::thing_plan::plan(firm, ask, &state.steps)?);
        }
        if self.found.is_empty() {
            plans.would_take = self.refused;
        }
        plans.cut_off = plans.cut_off.or(self.cut_off);
        Ok(())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}

impl<'f> ThingSearch<'_, 'f> {
    /// The changes that are about the thing, what it is part of, or groups.
    fn changes(&self) -> impl Iterator<Item = (ChangeId, &'f LinkedChange)> + '_ {
        let changes = (0..).map(ChangeId::from);
        let changes = changes.zip(&self.ask.compiled.product.changes);
        changes.filter(|(_, declared)| {
            let mut things = self.things.iter();
            let is_near = declared
                .kind
                .is_none_or(|kind| things.any(|thing| thing.kind == kind));
            !declared.is_about_users() && is_near
        })
    }

    fn run(&mut self, firm: &Firm, most: usize) -> Result<(), SearchStop> {
        let mut level = vec![ThingState {
            firm: firm.clone(),
            steps: Vec::new(),
        }];
        for _ in 0..most {
            let mut next = Vec::new();
            for state in &level {
                self.follow(state, &mut next)?;
            }
            level = next;
        }
        if self.found.found.is_empty() {
            self.found.cut_off = Some(CutOff {
                by: SearchBound::Steps { limit: most },
                states: self.budget.states(),
            });
        }
        Ok(())
    }

    /// Tries every change in a state.
    fn follow(&mut self, state: &ThingState, next: &mut Vec<ThingState>) -> Result<(), SearchStop> {
        for change in self.moves(&state.firm) {
            self.budget.work()?;
            let compiled = self.ask.compiled;
            let user = state.firm.maker(compiled, &change)?;
            let change = ResolvedChange { user, ..change };
            let outcome = state.firm.outcome(compiled, &change)?;
            if !outcome.judged.accepted {
                if state.steps.is_empty() {
                    self.note_refused(&state.firm, &change)?;
                }
                continue;
            }
            if outcome.alterations.is_empty() && outcome.things.is_empty() {
                continue;
            }
            let mut steps = state.steps.clone();
            steps.push(change);
            let keys = steps.iter();
            let set: StepSet = keys
                .map(|step| (step.change, step.target, step.arguments))
                .collect();
            let is_superset = self.enough.iter().any(|enough| enough.is_subset(&set));
            if set.len() < steps.len() || is_superset || !self.known.insert(set.clone()) {
                continue;
            }
            self.budget.take_state()?;
            let firm = state.firm.altered(&outcome.alterations);
            let firm = firm.with_altered_things(&outcome.things);
            let reached = ThingState { firm, steps };
            if !reached.firm.answer(self.question)?.is_allowed() {
                next.push(reached);
                continue;
            }
            self.enough.push(set);
            // Those of people alone are found by the search over people.
            let declared = |step: &ResolvedChange| compiled.product.change(step.change);
            let mut of_things = reached.steps.iter().filter_map(declared);
            if of_things.any(|declared| !declared.is_about_users()) {
                self.found.found.push(reached);
            }
        }
        Ok(())
    }

    /// Notes a change that would be enough and that nobody may make.
    fn note_refused(&mut self, firm: &Firm, change: &ResolvedChange) -> Result<(), SearchStop> {
        let compiled = self.ask.compiled;
        let declared = compiled.product.change(change.change);
        if declared.is_none_or(LinkedChange::is_about_users) {
            return Ok(());
        }
        let Consequences { things, .. } = firm.done_anyway(compiled, change);
        if things.is_empty() {
            return Ok(());
        }
        let after = firm.clone().with_altered_things(&things);
        if !after.answer(self.question)?.is_allowed() {
            return Ok(());
        }
        let named = self.ask.named(firm, change);
        let verdict = firm.judge(&named)?;
        self.found.refused.push(ClosestRefusal {
            line: named.line(&firm.rulebook)?,
            user: named.user,
            rule: verdict.grounds.rule.to_string(),
            reason: verdict.grounds.reason.to_string(),
        });
        Ok(())
    }

    /// Every change that could matter: of the things and of groups, about the user or a group that they are in, and of what the user
    /// holds.
    fn moves(&self, firm: &Firm) -> Vec<ResolvedChange> {
        let ask = self.ask;
        let mut moves = Vec::new();
        for (id, declared) in self.changes() {
            let takes = |argument| declared.takes.contains(&argument);
            let things = self.things.iter();
            let things = things.filter(|thing| Some(thing.kind) == declared.kind);
            let things: Vec<Option<u32>> = if takes(Argument::Thing) {
                things.map(|thing| Some(thing.number)).collect()
            } else {
                vec![None]
            };
            let groups: Vec<Option<u32>> = if takes(Argument::Group) {
                self.groups(firm).into_iter().map(Some).collect()
            } else {
                vec![None]
            };
            let targets = self.targets(firm, declared);
            for bound in BoundChange::of(ask.compiled, id) {
                for (thing, group) in pairs(&things, &groups) {
                    let fits = |target: &&ResolvedTarget| match (group, target) {
                        (Some(group), ResolvedTarget::Group(member)) => {
                            !firm.things.groups.would_close_circle(group, *member)
                        }
                        _ => true,
                    };
                    for target in targets.iter().filter(fits) {
                        let mut change = bound.by(ask.product, [0, 0]);
                        change.target = *target;
                        change.arguments.thing = thing;
                        change.arguments.group = group;
                        moves.push(change);
                    }
                }
            }
        }
        let of_people = ask.relevant.moves.iter();
        moves.extend(of_people.map(|one| one.bound.by(ask.product, [0, self.user])));
        moves
    }

    fn targets(&self, firm: &Firm, declared: &LinkedChange) -> Vec<ResolvedTarget> {
        let targets = declared.targets;
        if !targets.users && !targets.groups {
            return vec![ResolvedTarget::Nobody];
        }
        let user = targets.users.then_some(ResolvedTarget::User(self.user));
        let joined = firm.things.groups.of_user(self.user).iter().copied();
        let joined = joined.filter(|_| targets.groups).map(ResolvedTarget::Group);
        user.into_iter().chain(joined.take(MOST_GROUPS)).collect()
    }

    /// The groups on lists of the things, and those inside them.
    fn groups(&self, firm: &Firm) -> BTreeSet<u32> {
        let mut all = BTreeSet::new();
        let mut open: Vec<u32> = Vec::new();
        for thing in &self.things {
            let things = firm.things.of_kind(thing.product, thing.kind);
            let lists = things.into_iter().flat_map(|all| all.lists(thing.number));
            open.extend(lists.flatten().flat_map(|list| list.groups.iter().copied()));
        }
        while let Some(group) = open.pop() {
            if all.len() < MOST_GROUPS && all.insert(group) {
                let entries = firm.things.groups.entries(group);
                open.extend(entries.into_iter().flat_map(|entries| &entries.groups));
            }
        }
        all
    }
}

fn pairs(
    things: &[Option<u32>],
    groups: &[Option<u32>],
) -> impl Iterator<Item = (Option<u32>, Option<u32>)> {
    let things = things.iter().copied();
    things.flat_map(|thing| groups.iter().map(move |group| (thing, *group)))
}
