//! The search for plans about a thing: every sequence of changes of its lists and properties, of groups and of people, nearest first.
//!
//! It goes twice through the firms that changes lead to. The first time, changes are about the user in question and the groups that
//! they are in. That finds most plans, in firms of any size. The second time, everybody takes part: others may have to come to stand
//! somewhere first, so that they may act, and groups that the user is not in may come onto a list, and the user into them.
//! Of people and groups who are alike, the first ones take part ([`ThingCast`]).

use std::collections::BTreeSet;

use hashbrown::HashMap;

use super::PlanGoal;
use super::moves::RelevantInputs;
use super::thing_cast::{CastWanted, ThingCast};
use super::thing_moves::{MovesOfThings, is_same_by_all};
use super::thing_state::{StateEnd, StepSet, ThingState};
use super::why::ClosestRefusal;
use crate::analyse::search_stop::SearchStop;
use crate::answer::Question;
use crate::budget::{Budget, CutOff, SearchBound};
use crate::change::Consequences;
use crate::change::judge::ChangeOutcome;
use crate::change::resolve::ResolvedChange;
use crate::finding::AskError;
use crate::firm::Firm;
use crate::firm::things::NumberedThing;
use crate::link::product::LinkedChange;

/// People of each kind who can take part in one change: the user and the target.
const EACH: usize = 2;

/// The part of the time that the second pass may take where the first one has found plans.
const PARTS: u32 = 30;

/// What was found about a question about a thing.
#[derive(Default)]
pub(super) struct PlansOnThing {
    pub(super) found: Vec<ThingState>,
    pub(super) refused: Vec<ClosestRefusal>,
    pub(super) cut_off: Option<CutOff>,
}

/// The search for plans about one thing.
pub(super) struct ThingSearch<'a, 'f> {
    ask: &'a PlanGoal<'f>,
    question: &'a Question<'a>,
    moves: MovesOfThings<'f>,
    relevant: RelevantInputs,
    pub(super) cast: ThingCast,
    budget: Budget,
    /// Whether everybody takes part.
    is_wide: bool,
    found: PlansOnThing,
    /// Changes that are enough, as a set and in their order, each with what they leave.
    enough: Vec<(StepSet, Vec<ResolvedChange>, StateEnd)>,
    known: HashMap<StepSet, Vec<StateEnd>>,
}

impl<'a, 'f> ThingSearch<'a, 'f> {
    /// The search in a firm. None where no change is about such things.
    pub(super) fn new(
        firm: &'f Firm,
        question: &'a Question<'a>,
        ask: &'a PlanGoal<'f>,
        (thing, user): (NumberedThing, u32),
    ) -> Option<Self> {
        let limits = firm.rulebook.limits();
        let above = firm.things.all_above(thing);
        let things: Vec<NumberedThing> = std::iter::once(thing).chain(above).collect();
        let moves = MovesOfThings::of(ask.compiled, ask.product, things, user)?;
        let relevant = RelevantInputs::beside(ask.compiled, ask.asked.action, &moves.near);
        let cast = ThingCast::of(
            firm,
            CastWanted {
                product: ask.product,
                asked: user,
                things: &moves.things,
                relevant: &relevant,
                reads_lists: moves.reads_lists,
                groups: moves.groups_of_interest(firm),
                copies: limits.plan_steps.saturating_mul(EACH),
            },
        );
        Some(Self {
            ask,
            question,
            moves,
            relevant,
            cast,
            budget: limits.budget(limits.plan_states),
            is_wide: false,
            found: PlansOnThing::default(),
            enough: Vec::new(),
            known: HashMap::new(),
        })
    }

    /// Everything that is found within the bounds.
    pub(super) fn run(mut self, firm: &Firm) -> Result<PlansOnThing, AskError> {
        let limits = firm.rulebook.limits();
        let mut stop = self.pass(firm, limits.plan_steps);
        if stop.is_ok() {
            self.is_wide = true;
            self.known.clear();
            if !self.found.found.is_empty() {
                self.budget = Budget::of(limits.plan_states, limits.search_time / PARTS);
            }
            stop = self.pass(firm, limits.plan_steps);
        }
        match stop {
            Err(SearchStop::Failed(error)) => return Err(error),
            Err(SearchStop::CutOff(cut_off)) => self.found.cut_off = Some(cut_off),
            Ok(()) if self.found.found.is_empty() => {
                let by = SearchBound::Steps {
                    limit: limits.plan_steps,
                };
                let states = self.budget.states();
                self.found.cut_off = Some(CutOff { by, states });
            }
            Ok(()) => {}
        }
        self.keep_smallest();
        Ok(self.found)
    }

    /// Goes through all states of so many changes, those of fewer first.
    fn pass(&mut self, firm: &Firm, most: usize) -> Result<(), SearchStop> {
        let mut level = vec![ThingState {
            firm: firm.clone(),
            steps: Vec::new(),
            end: StateEnd::default(),
            named: BTreeSet::new(),
        }];
        for left in (1..=most).rev() {
            let mut next = Vec::new();
            for state in &level {
                self.follow(state, left, &mut next)?;
            }
            level = next;
        }
        Ok(())
    }

    /// Tries every change in a state from which so many more may be made.
    fn follow(
        &mut self,
        state: &ThingState,
        left: usize,
        next: &mut Vec<ThingState>,
    ) -> Result<(), SearchStop> {
        let firm = &state.firm;
        let (users, groups) = if self.is_wide {
            (
                self.cast.first_people(state, &self.relevant),
                self.cast.first_groups(state, &self.relevant),
            )
        } else {
            (vec![self.moves.user], Vec::new())
        };
        let all = self
            .moves
            .all(firm, (&users, &groups), (&self.relevant, left));
        let mut is_refused = false;
        for change in all.near {
            is_refused |= self.make(state, change, next)?;
        }
        // What every maker may do now is not opened by others who come to stand somewhere.
        let is_opened = is_refused || left > 2 || !self.moves.is_plain;
        for change in all.of_others {
            if self.moves.may_help(&change, is_opened) {
                self.make(state, change, next)?;
            }
        }
        Ok(())
    }

    /// Makes one change, by whoever may. Returns whether nobody may.
    fn make(
        &mut self,
        state: &ThingState,
        change: ResolvedChange,
        next: &mut Vec<ThingState>,
    ) -> Result<bool, SearchStop> {
        self.budget.work()?;
        let outcomes = self.outcomes(&state.firm, change)?;
        if outcomes.is_empty() {
            if state.steps.is_empty() && !self.is_wide {
                self.note_refused(&state.firm, change)?;
            }
            return Ok(true);
        }
        for (user, outcome) in outcomes {
            if !outcome.alterations.is_empty() || !outcome.things.is_empty() {
                self.reach(
                    state.then(ResolvedChange { user, ..change }, &outcome),
                    next,
                )?;
            }
        }
        Ok(false)
    }

    /// What comes of a change, with the first maker of each outcome.
    fn outcomes(
        &self,
        firm: &Firm,
        change: ResolvedChange,
    ) -> Result<Vec<(u32, ChangeOutcome)>, AskError> {
        let compiled = self.ask.compiled;
        let declared = compiled.product.change(change.change);
        let is_same_by_all =
            declared.is_some_and(|declared| is_same_by_all(&compiled.product, declared));
        let mut outcomes: Vec<(u32, ChangeOutcome)> = Vec::new();
        for user in &self.cast.people {
            let change = ResolvedChange {
                user: *user,
                ..change
            };
            if !firm.judged(compiled, &change)?.accepted {
                continue;
            }
            let outcome = firm.outcome(compiled, &change)?;
            let is_known = outcomes
                .iter()
                .any(|(_, known)| known.alters_the_same(&outcome));
            if !outcome.judged.accepted || is_known {
                continue;
            }
            outcomes.push((*user, outcome));
            if is_same_by_all {
                break;
            }
        }
        Ok(outcomes)
    }

    /// Takes a state that changes lead to, unless it is known.
    fn reach(&mut self, reached: ThingState, next: &mut Vec<ThingState>) -> Result<(), SearchStop> {
        let set = reached.set();
        let mut enough = self.enough.iter();
        let has_part = enough.any(|(enough, _, end)| {
            enough.is_subset(&set) && (enough.len() < set.len() || *end == reached.end)
        });
        if set.len() < reached.steps.len() || has_part {
            return Ok(());
        }
        let known = self.known.entry_ref(&set).or_default();
        if known.contains(&reached.end) {
            return Ok(());
        }
        known.push(reached.end.clone());
        self.budget.take_state()?;
        if !reached.firm.answer(self.question)?.is_allowed() {
            next.push(reached);
            return Ok(());
        }
        let (steps, end) = (reached.steps.clone(), reached.end.clone());
        self.enough.push((set, steps, end));
        // Those of people alone are found by the search over people.
        let product = &self.ask.compiled.product;
        let declared = |step: &ResolvedChange| product.change(step.change);
        let mut of_things = reached.steps.iter().filter_map(declared);
        if of_things.any(|declared| !declared.is_about_users()) {
            self.found.found.push(reached);
        }
        Ok(())
    }

    /// Keeps plans of which no part is one, whoever of those who are alike it is about, and of plans that are equal after renaming
    /// them, the first.
    fn keep_smallest(&mut self) {
        let cast = &self.cast;
        let mut enough: Vec<&[ResolvedChange]> = Vec::new();
        for (_, steps, _) in &self.enough {
            if !enough.iter().any(|known| cast.is_part(known, steps)) {
                enough.push(steps);
            }
        }
        let found = std::mem::take(&mut self.found.found);
        let mut kept: Vec<ThingState> = Vec::new();
        for state in found {
            let set = state.set();
            let is_part = |part: &&[ResolvedChange]| {
                part.len() < set.len() && cast.is_part(part, &state.steps)
            };
            let is_known = |known: &ThingState| {
                known.set() != set
                    && known.steps.len() == set.len()
                    && cast.is_part(&known.steps, &state.steps)
            };
            if !enough.iter().any(is_part) && !kept.iter().any(is_known) {
                kept.push(state);
            }
        }
        self.found.found = kept;
    }

    /// Notes a change that would be enough and that nobody may make.
    fn note_refused(&mut self, firm: &Firm, change: ResolvedChange) -> Result<(), SearchStop> {
        let compiled = self.ask.compiled;
        let declared = compiled.product.change(change.change);
        if declared.is_none_or(LinkedChange::is_about_users) {
            return Ok(());
        }
        let user = firm.maker(compiled, &change)?;
        let change = ResolvedChange { user, ..change };
        let Consequences { things, .. } = firm.done_anyway(compiled, &change);
        if things.is_empty() {
            return Ok(());
        }
        let after = firm.clone().with_altered_things(&things);
        if !after.answer(self.question)?.is_allowed() {
            return Ok(());
        }
        let named = change.named(firm, compiled);
        let verdict = firm.judge(&named)?;
        self.found.refused.push(ClosestRefusal {
            line: named.line(&firm.rulebook)?,
            user: named.user,
            rule: verdict.grounds.rule.to_string(),
            reason: verdict.grounds.reason.to_string(),
        });
        Ok(())
    }
}
