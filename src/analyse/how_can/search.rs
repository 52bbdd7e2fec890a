//! The search: every firm that permitted changes lead to, nearest first.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet, VecDeque};

use hashbrown::HashMap;

use super::people::{ProfileWords, SampleFirm};
use super::relaxed::PossibleValues;
use super::{MadeSet, PlanGoal};
use crate::analyse::search_stop::SearchStop;
use crate::change::judge::ChangeOutcome;
use crate::finding::AskError;
use crate::firm::Firm;

/// One change of a plan, by numbers of a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct PlannedStep {
    pub(super) number: usize,
    pub(super) target: u32,
}

/// A change of a plan, and a user who can make it.
#[derive(Debug, Clone, Copy)]
pub(super) struct StepWithMaker {
    pub(super) step: PlannedStep,
    pub(super) user: u32,
}

/// A firm reached by changes.
#[derive(Clone)]
pub(super) struct SearchState {
    pub(super) firm: Firm,
    pub(super) steps: Vec<StepWithMaker>,
    /// By user, whether they were altered.
    touched: Vec<bool>,
}

/// The key of a state: the two people in question, and the number of people of every other kind.
type StateKey = (Vec<ProfileWords>, BTreeMap<ProfileWords, u32>);

/// The changes so far, everybody's profile, and whether they were altered.
type ExactState = (Vec<PlannedStep>, Vec<ProfileWords>, Vec<bool>);

/// The nearest allowed answer.
pub(super) enum NearestPlan {
    /// It takes these changes, and not fewer.
    After(MadeSet),
    /// No permitted changes lead there.
    Beyond,
}

/// The key of a lower bound: the two people in question, and which other kinds exist.
type KindsPresent = (Vec<ProfileWords>, BTreeSet<ProfileWords>);

/// Searches one sample.
pub(super) struct PlanSearch<'a> {
    pub(super) ask: &'a PlanGoal<'a>,
    pub(super) sample: &'a SampleFirm,
    /// For each set of kinds, the fewest further changes.
    ahead: RefCell<HashMap<KindsPresent, Option<usize>>>,
    /// A lower bound for the number of changes from the start.
    least: Cell<usize>,
}

impl<'a> PlanSearch<'a> {
    pub(super) fn of(ask: &'a PlanGoal<'a>, sample: &'a SampleFirm) -> Self {
        Self {
            ask,
            sample,
            ahead: RefCell::default(),
            least: Cell::new(1),
        }
    }

    /// The best known lower bound for the changes in this sample.
    pub(super) fn least(&self) -> usize {
        self.least.get()
    }

    /// The fewest changes to an allowed answer. States with the lowest estimated total come first.
    pub(super) fn nearest(&self) -> Result<NearestPlan, SearchStop> {
        let start = self.start();
        let mut known: HashMap<StateKey, usize> = HashMap::new();
        let mut open: BTreeMap<(usize, Reverse<usize>), VecDeque<SearchState>> = BTreeMap::new();
        let mut next = vec![start];
        loop {
            for state in next {
                let (key, steps) = (self.key(&state.firm), state.steps.len());
                if known.get(&key).is_some_and(|fewest| *fewest <= steps) {
                    continue;
                }
                let Some(ahead) = self.ahead(&state.firm)? else {
                    continue;
                };
                self.ask.budget.take_state()?;
                known.insert(key, steps);
                let place = (steps + ahead, Reverse(steps));
                open.entry(place).or_default().push_back(state);
            }
            let Some(mut first) = open.first_entry() else {
                return Ok(NearestPlan::Beyond);
            };
            let (in_all, _) = *first.key();
            self.least.set(in_all.max(self.least.get()));
            let Some(state) = first.get_mut().pop_front() else {
                first.remove();
                next = Vec::new();
                continue;
            };
            if self.is_allowed(&state.firm) {
                return Ok(NearestPlan::After(state.steps));
            }
            let fewest = known.get(&self.key(&state.firm));
            let is_longer = fewest.is_some_and(|fewest| *fewest < state.steps.len());
            next = if is_longer {
                Vec::new()
            } else {
                self.next(&state)?
            };
        }
    }

    /// A lower bound for the changes from here. `None` when nothing leads there.
    fn ahead(&self, firm: &Firm) -> Result<Option<usize>, SearchStop> {
        let (asked, others) = self.key(firm);
        let kinds = (asked, others.keys().cloned().collect());
        if let Some(known) = self.ahead.borrow().get(&kinds) {
            return Ok(*known);
        }
        let relaxed = &self.ask.relaxed;
        let words = |user: u32| firm.roster.profile(self.ask.product, user);
        let asked = self.sample.asked as u32;
        let mut people: Vec<PossibleValues> = Vec::new();
        people.extend((0..asked).map(|user| relaxed.people(words(user), false)));
        let mut seen: HashSet<ProfileWords> = HashSet::new();
        for user in asked..self.sample.len() {
            if seen.insert(self.kind(firm, user)) {
                people.push(relaxed.people(words(user), true));
            }
        }
        let [_, target] = self.sample.question(self.ask.has_target());
        let ahead = relaxed.distance(&mut people, target as usize, || self.ask.budget.work())?;
        self.ahead.borrow_mut().insert(kinds, ahead);
        Ok(ahead)
    }

    /// Every smallest set of at most this many changes, each in an order in which they can be made. Of sets that are
    /// equal up to renaming people who are alike at the start, the first is kept. Returns the number of changes of
    /// the longest sequence tried. When the search is cut off, `sets` has the sets found so far.
    pub(super) fn sets(&self, steps: usize, sets: &mut Vec<MadeSet>) -> Result<usize, SearchStop> {
        let mut deepest = 0;
        let mut found: Vec<SearchState> = Vec::new();
        let mut known: HashSet<ExactState> = HashSet::new();
        let mut open = VecDeque::from([(self.start(), Vec::new())]);
        while let Some((state, mut before)) = open.pop_front() {
            deepest = state.steps.len();
            if self.is_allowed(&state.firm) {
                let is_known = |known: &SearchState| self.is_renamed(known, &state);
                if !found.iter().any(is_known) && self.is_smallest(&state.steps)? {
                    sets.push(state.steps.clone());
                    found.push(state);
                }
                continue;
            }
            if state.steps.len() == steps {
                continue;
            }
            before.push(self.key(&state.firm));
            for next in self.next(&state)? {
                let ahead = self.ahead(&next.firm)?;
                if ahead.is_none_or(|ahead| next.steps.len() + ahead > steps) {
                    continue;
                }
                // Returning to an earlier state up to renaming makes the changes in between useless.
                if !before.contains(&self.key(&next.firm)) && known.insert(self.exact(&next)) {
                    self.ask.budget.take_state()?;
                    open.push_back((next, before.clone()));
                }
            }
        }
        Ok(deepest)
    }

    /// Whether no part of a set is enough, in any order and with any makers.
    fn is_smallest(&self, set: &[StepWithMaker]) -> Result<bool, SearchStop> {
        let mut known: HashSet<ExactState> = HashSet::new();
        let mut open = vec![self.start()];
        while let Some(state) = open.pop() {
            let left = without(set, &state.steps);
            if left.is_empty() {
                continue;
            }
            if self.is_allowed(&state.firm) {
                return Ok(false);
            }
            for made in left {
                for user in 0..self.sample.len() {
                    let PlannedStep { number, target } = made.step;
                    let Some(outcome) = self.accepted(&state.firm, number, user, target)? else {
                        continue;
                    };
                    let firm = state.firm.altered(&outcome.alterations);
                    let next = state.then(StepWithMaker { user, ..*made }, firm, &outcome);
                    if known.insert(self.exact(&next)) {
                        self.ask.budget.work()?;
                        open.push(next);
                    }
                }
            }
        }
        Ok(true)
    }

    /// The key of a state with all changes so far, whatever their order.
    fn exact(&self, state: &SearchState) -> ExactState {
        let mut steps: Vec<PlannedStep> = state.steps.iter().map(|made| made.step).collect();
        steps.sort_unstable();
        (steps, self.kinds(&state.firm), state.touched.clone())
    }

    pub(super) fn kinds(&self, firm: &Firm) -> Vec<ProfileWords> {
        (0..self.sample.len())
            .map(|user| self.kind(firm, user))
            .collect()
    }

    fn start(&self) -> SearchState {
        SearchState {
            firm: self.sample.firm.clone(),
            steps: Vec::new(),
            touched: vec![false; self.sample.users.len()],
        }
    }

    fn is_allowed(&self, firm: &Firm) -> bool {
        self.ask
            .is_allowed(firm, self.sample.question(self.ask.has_target()))
    }

    fn kind(&self, firm: &Firm, user: u32) -> ProfileWords {
        let words = firm.roster.profile(self.ask.product, user);
        self.ask
            .relevant
            .matter(words, (user as usize) < self.sample.asked)
    }

    fn key(&self, firm: &Firm) -> StateKey {
        let asked = self.sample.asked as u32;
        let mut others = BTreeMap::new();
        for user in asked..self.sample.len() {
            *others.entry(self.kind(firm, user)).or_default() += 1;
        }
        (
            (0..asked).map(|user| self.kind(firm, user)).collect(),
            others,
        )
    }

    /// The representatives of a state: the people in question with one of every other kind, and the second ones of
    /// those kinds. People who are not altered yet come first.
    fn cast_of(&self, state: &SearchState) -> (Vec<u32>, Vec<u32>) {
        let asked = self.sample.asked as u32;
        let mut others: Vec<u32> = (asked..self.sample.len()).collect();
        let is_touched = |user: u32| state.touched.get(user as usize) == Some(&true);
        others.sort_by_key(|user| (is_touched(*user), self.sample.users.get(*user as usize)));
        let mut seen: HashMap<ProfileWords, usize> = HashMap::new();
        let (mut first, mut second) = ((0..asked).collect::<Vec<u32>>(), Vec::new());
        for user in others {
            let times = seen.entry(self.kind(&state.firm, user)).or_default();
            *times += 1;
            match times {
                1 => first.push(user),
                2 => second.push(user),
                _ => {}
            }
        }
        (first, second)
    }

    /// All states that are one accepted change away and differ in a relevant input.
    fn next(&self, state: &SearchState) -> Result<Vec<SearchState>, SearchStop> {
        let (targets, more) = self.cast_of(state);
        let before = self.key(&state.firm);
        let mut next = Vec::new();
        for target in &targets {
            let of_target = self.kind(&state.firm, *target);
            for (number, one) in self.ask.relevant.moves.iter().enumerate() {
                self.ask.budget.work()?;
                let mut known = HashSet::new();
                let second = more.iter().filter(|user| {
                    (*target as usize) >= self.sample.asked
                        && self.kind(&state.firm, **user) == of_target
                });
                for user in targets.iter().chain(second) {
                    let Some(outcome) = self.accepted(&state.firm, number, *user, *target)? else {
                        continue;
                    };
                    let firm = state.firm.altered(&outcome.alterations);
                    let step = PlannedStep {
                        number,
                        target: *target,
                    };
                    let is_new = known.insert(self.kinds(&firm));
                    if is_new && self.key(&firm) != before {
                        let made = StepWithMaker { step, user: *user };
                        next.push(state.then(made, firm, &outcome));
                    }
                    if one.is_same_by_all {
                        break;
                    }
                }
            }
        }
        Ok(next)
    }

    /// The result of a move, if it is accepted and alters something.
    pub(super) fn accepted(
        &self,
        firm: &Firm,
        number: usize,
        user: u32,
        target: u32,
    ) -> Result<Option<ChangeOutcome>, AskError> {
        let Some(one) = self.ask.relevant.moves.get(number) else {
            return Ok(None);
        };
        let resolved = one.bound.by(self.ask.product, [user, target]);
        let outcome = firm.outcome(self.ask.compiled, &resolved)?;
        Ok((outcome.judged.accepted && !outcome.alterations.is_empty()).then_some(outcome))
    }
}

impl SearchState {
    fn then(&self, made: StepWithMaker, firm: Firm, outcome: &ChangeOutcome) -> Self {
        let mut next = Self {
            firm,
            ..self.clone()
        };
        next.steps.push(made);
        for one in &outcome.alterations {
            if let Some(touched) = next.touched.get_mut(one.user as usize) {
                *touched = true;
            }
        }
        next
    }
}

/// The steps of a set that are not done yet. A set may contain a step several times; what is left of it is given once.
fn without<'s>(set: &'s [StepWithMaker], done: &[StepWithMaker]) -> Vec<&'s StepWithMaker> {
    let count = |set: &[StepWithMaker], step: PlannedStep| {
        set.iter().filter(|made| made.step == step).count()
    };
    let mut left: Vec<&StepWithMaker> = Vec::new();
    for made in set {
        let is_left = count(set, made.step) > count(done, made.step);
        if is_left && left.iter().all(|other| other.step != made.step) {
            left.push(made);
        }
    }
    left
}
