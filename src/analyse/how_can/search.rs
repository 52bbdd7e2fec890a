//! The search: every firm that permitted changes lead to, nearest first.

use std::collections::{BTreeMap, HashSet, VecDeque};

use hashbrown::HashMap;

use super::Ask;
use super::people::{Cast, Kind};
use crate::answer::AskError;
use crate::answer::resolve::error;
use crate::change::judge::Outcome;
use crate::change::resolve::Resolved;
use crate::finding::ask as codes;
use crate::firm::Firm;

/// One change of a plan, by numbers of a cast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Step {
    pub(super) number: usize,
    pub(super) target: u32,
    /// Who makes it, where that makes a difference: it alters them as well.
    pub(super) by: Option<u32>,
}

/// A change of a plan, and somebody who can make it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Made {
    pub(super) step: Step,
    pub(super) user: u32,
}

/// A firm that changes have led to.
#[derive(Clone)]
struct State {
    firm: Firm,
    steps: Vec<Made>,
    /// By user, whether anything of theirs was altered.
    touched: Vec<bool>,
}

/// What tells states apart: the two who are asked about, and how many there are of every other kind.
type Key = (Vec<Kind>, BTreeMap<Kind, u32>);

/// How far it is to an allowed answer.
pub(super) enum Distance {
    /// So many changes.
    Steps(usize),
    /// No permitted changes lead there.
    Beyond,
}

/// Searches one cast.
pub(super) struct Search<'a> {
    pub(super) ask: &'a Ask<'a>,
    pub(super) cast: &'a Cast,
}

impl Search<'_> {
    /// The fewest changes to an allowed answer.
    pub(super) fn distance(&self) -> Result<Distance, AskError> {
        let start = self.start();
        let mut known: HashSet<Key> = HashSet::from([self.key(&start.firm)]);
        let mut open = VecDeque::from([start]);
        while let Some(state) = open.pop_front() {
            if self.is_allowed(&state.firm) {
                return Ok(Distance::Steps(state.steps.len()));
            }
            for next in self.next(&state)? {
                if known.insert(self.key(&next.firm)) {
                    open.push_back(next);
                }
            }
            self.bound(known.len())?;
        }
        Ok(Distance::Beyond)
    }

    /// Every smallest set of at most so many changes, each in an order in which they can be made.
    pub(super) fn sets(&self, steps: usize) -> Result<Vec<Vec<Made>>, AskError> {
        let mut found: Vec<Vec<Made>> = Vec::new();
        let mut known: HashSet<(Vec<Step>, Key)> = HashSet::new();
        let mut open = VecDeque::from([self.start()]);
        while let Some(state) = open.pop_front() {
            if self.is_allowed(&state.firm) {
                let has = |made: &Made| state.steps.iter().any(|other| other.step == made.step);
                let is_in = |set: &Vec<Made>| set.iter().all(has);
                if !found.iter().any(is_in) && self.is_smallest(&state.steps)? {
                    found.push(state.steps);
                }
                continue;
            }
            if state.steps.len() == steps {
                continue;
            }
            for next in self.next(&state)? {
                let mut set: Vec<Step> = next.steps.iter().map(|made| made.step).collect();
                set.sort_unstable();
                if known.insert((set, self.key(&next.firm))) {
                    open.push_back(next);
                }
            }
            self.bound(known.len())?;
        }
        Ok(found)
    }

    /// Whether no part of a set does it, in any order, whoever makes the changes.
    fn is_smallest(&self, set: &[Made]) -> Result<bool, AskError> {
        let mut known: HashSet<(Vec<Step>, Key)> = HashSet::new();
        let mut open = vec![self.start()];
        while let Some(state) = open.pop() {
            let is_done = |made: &&Made| state.steps.iter().any(|done| done.step == made.step);
            let left: Vec<&Made> = set.iter().filter(|made| !is_done(made)).collect();
            if left.is_empty() {
                continue;
            }
            if self.is_allowed(&state.firm) {
                return Ok(false);
            }
            for made in left {
                for user in 0..self.cast.len() {
                    let Step { number, target, .. } = made.step;
                    let Some(outcome) = self.accepted(&state.firm, number, user, target)? else {
                        continue;
                    };
                    let firm = state.firm.altered(&outcome.alterations);
                    let next = state.then(Made { user, ..*made }, firm, &outcome);
                    let mut steps: Vec<Step> = next.steps.iter().map(|made| made.step).collect();
                    steps.sort_unstable();
                    if known.insert((steps, self.key(&next.firm))) {
                        open.push(next);
                    }
                }
            }
        }
        Ok(true)
    }

    fn bound(&self, states: usize) -> Result<(), AskError> {
        let limit = self.ask.states;
        match states > limit {
            true => Err(error(&codes::PLAN_TOO_LARGE, &[&states, &limit]).into()),
            false => Ok(()),
        }
    }

    fn start(&self) -> State {
        State {
            firm: self.cast.firm.clone(),
            steps: Vec::new(),
            touched: vec![false; self.cast.users.len()],
        }
    }

    fn is_allowed(&self, firm: &Firm) -> bool {
        self.ask
            .is_allowed(firm, self.cast.question(self.ask.has_target))
    }

    fn kind(&self, firm: &Firm, user: u32) -> Kind {
        let words = firm.roster.profile(self.ask.product, user);
        self.ask
            .bearing
            .matter(words, (user as usize) < self.cast.asked)
    }

    fn key(&self, firm: &Firm) -> Key {
        let asked = self.cast.asked as u32;
        let mut others = BTreeMap::new();
        for user in asked..self.cast.len() {
            *others.entry(self.kind(firm, user)).or_default() += 1;
        }
        (
            (0..asked).map(|user| self.kind(firm, user)).collect(),
            others,
        )
    }

    /// Those who stand for everybody in a state: whoever is asked about, and of each other kind the first two. Where somebody
    /// is of a kind from the start, nobody is taken who has become so.
    fn cast_of(&self, state: &State) -> (Vec<u32>, Vec<u32>) {
        let asked = self.cast.asked as u32;
        let mut others: Vec<u32> = (asked..self.cast.len()).collect();
        others.sort_by_key(|user| state.touched.get(*user as usize) == Some(&true));
        let mut seen: HashMap<Kind, usize> = HashMap::new();
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

    /// Every state that is one accepted change away and differs in what matters.
    fn next(&self, state: &State) -> Result<Vec<State>, AskError> {
        let (targets, more) = self.cast_of(state);
        let before = self.key(&state.firm);
        let mut next = Vec::new();
        for target in &targets {
            let of_target = self.kind(&state.firm, *target);
            for number in 0..self.ask.bearing.moves.len() {
                let mut known: HashSet<Key> = HashSet::from([before.clone()]);
                let second = more.iter().filter(|user| {
                    (*target as usize) >= self.cast.asked
                        && self.kind(&state.firm, **user) == of_target
                });
                for user in targets.iter().chain(second) {
                    let Some(outcome) = self.accepted(&state.firm, number, *user, *target)? else {
                        continue;
                    };
                    let firm = state.firm.altered(&outcome.alterations);
                    let key = self.key(&firm);
                    let by = outcome.alterations.iter().any(|one| one.user == *user);
                    let step = Step {
                        number,
                        target: *target,
                        by: by.then_some(*user),
                    };
                    if known.insert(key) {
                        let made = Made { step, user: *user };
                        next.push(state.then(made, firm, &outcome));
                    }
                }
            }
        }
        Ok(next)
    }

    /// What comes of a move, where it is accepted and alters something.
    pub(super) fn accepted(
        &self,
        firm: &Firm,
        number: usize,
        user: u32,
        target: u32,
    ) -> Result<Option<Outcome>, AskError> {
        let Some(one) = self.ask.bearing.moves.get(number) else {
            return Ok(None);
        };
        let resolved = Resolved {
            product: self.ask.product,
            change: one.change,
            user,
            target,
            arguments: one.arguments,
        };
        let outcome = firm.outcome(self.ask.compiled, &resolved)?;
        Ok((outcome.judged.accepted && !outcome.alterations.is_empty()).then_some(outcome))
    }
}

impl State {
    fn then(&self, made: Made, firm: Firm, outcome: &Outcome) -> Self {
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
