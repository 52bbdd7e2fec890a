//! The search: every firm that permitted changes lead to, nearest first.

use std::collections::{BTreeMap, HashSet, VecDeque};

use hashbrown::HashMap;

use super::people::{Cast, Kind};
use super::{Ask, MadeSet};
use crate::change::judge::Outcome;
use crate::change::resolve::Resolved;
use crate::finding::AskError;
use crate::finding::ask as codes;
use crate::finding::error;
use crate::firm::Firm;

/// One change of a plan, by numbers of a cast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Step {
    pub(super) number: usize,
    pub(super) target: u32,
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

/// Who is renamed to whom.
type Names = Vec<(u32, u32)>;

/// The changes so far, what everybody is, and whether anything of theirs was altered.
type Exact = (Vec<Step>, Vec<Kind>, Vec<bool>);

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

    /// Every smallest set of at most so many changes, each in an order in which they can be made; of sets that only say other
    /// people who are alike from the start, the first. And how many changes the longest sequence had that was looked at.
    pub(super) fn sets(&self, steps: usize) -> Result<(Vec<MadeSet>, usize), AskError> {
        let mut deepest = 0;
        let mut found: Vec<State> = Vec::new();
        let mut known: HashSet<Exact> = HashSet::new();
        let mut open = VecDeque::from([(self.start(), Vec::new())]);
        while let Some((state, mut before)) = open.pop_front() {
            deepest = state.steps.len();
            if self.is_allowed(&state.firm) {
                let is_known = |known: &State| self.is_renamed(known, &state);
                if !found.iter().any(is_known) && self.is_smallest(&state.steps)? {
                    found.push(state);
                }
                continue;
            }
            if state.steps.len() == steps {
                continue;
            }
            before.push(self.key(&state.firm));
            for next in self.next(&state)? {
                // Whoever comes back to where they were, but for who is who, has made changes for nothing.
                if !before.contains(&self.key(&next.firm)) && known.insert(self.exact(&next)) {
                    open.push_back((next, before.clone()));
                }
            }
            self.bound(known.len())?;
        }
        let sets = found.into_iter().map(|state| state.steps).collect();
        Ok((sets, deepest))
    }

    /// Whether no part of a set does it, in any order, whoever makes the changes.
    fn is_smallest(&self, set: &[Made]) -> Result<bool, AskError> {
        let mut known: HashSet<Exact> = HashSet::new();
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
                for user in 0..self.cast.len() {
                    let Step { number, target } = made.step;
                    let Some(outcome) = self.accepted(&state.firm, number, user, target)? else {
                        continue;
                    };
                    let firm = state.firm.altered(&outcome.alterations);
                    let next = state.then(Made { user, ..*made }, firm, &outcome);
                    if known.insert(self.exact(&next)) {
                        open.push(next);
                    }
                }
            }
            self.bound(known.len())?;
        }
        Ok(true)
    }

    /// Whether two states differ only in who of those who are alike from the start is meant: the same is done, and everybody is the
    /// same after it.
    fn is_renamed(&self, one: &State, other: &State) -> bool {
        let steps = |state: &State| -> Vec<Step> {
            let steps = state.steps.iter();
            steps.map(|made| made.step).collect()
        };
        let ends = [self.kinds(&one.firm), self.kinds(&other.firm)];
        one.steps.len() == other.steps.len()
            && self.rename(&steps(one), &steps(other), &mut Vec::new(), &ends)
    }

    /// Finds for each step one of the other set that is the same once people are renamed, each person to one other.
    fn rename(
        &self,
        one: &[Step],
        other: &[Step],
        names: &mut Names,
        ends: &[Vec<Kind>; 2],
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

    /// Whether everybody ends as whoever they are renamed to; those who are not renamed may be so in any way.
    fn end_alike(&self, names: &Names, [one, other]: &[Vec<Kind>; 2]) -> bool {
        let rest = |kinds: &[Kind], side: fn(&(u32, u32)) -> u32| {
            let free = (0..)
                .zip(kinds)
                .filter(|(user, _)| !names.iter().any(|name| side(name) == *user));
            let free = free.map(|(user, kind)| {
                let asked = (user as usize) < self.cast.asked;
                let was = self.cast.kind_of.get(user as usize).copied().flatten();
                (asked.then_some(user), was, kind.clone())
            });
            let mut free: Vec<_> = free.collect();
            free.sort_unstable();
            free
        };
        names
            .iter()
            .all(|name| one.get(name.0 as usize) == other.get(name.1 as usize))
            && rest(one, |name| name.0) == rest(other, |name| name.1)
    }

    /// Whether one person may be renamed to another, who is alike from the start; if so, they are from now on.
    fn may_be(&self, one: u32, other: u32, names: &mut Names) -> bool {
        let known = names.iter().find(|name| name.0 == one || name.1 == other);
        if let Some(known) = known {
            return *known == (one, other);
        }
        let kind = |user: u32| self.cast.kind_of.get(user as usize).copied().flatten();
        let is_alike = one == other || kind(one).is_some() && kind(one) == kind(other);
        names.extend(is_alike.then_some((one, other)));
        is_alike
    }

    /// A state with all that was changed on the way, whatever the order.
    fn exact(&self, state: &State) -> Exact {
        let mut steps: Vec<Step> = state.steps.iter().map(|made| made.step).collect();
        steps.sort_unstable();
        (steps, self.kinds(&state.firm), state.touched.clone())
    }

    fn kinds(&self, firm: &Firm) -> Vec<Kind> {
        (0..self.cast.len())
            .map(|user| self.kind(firm, user))
            .collect()
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
        let is_touched = |user: u32| state.touched.get(user as usize) == Some(&true);
        others.sort_by_key(|user| (is_touched(*user), self.cast.users.get(*user as usize)));
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
                let mut known = HashSet::new();
                let second = more.iter().filter(|user| {
                    (*target as usize) >= self.cast.asked
                        && self.kind(&state.firm, **user) == of_target
                });
                for user in targets.iter().chain(second) {
                    let Some(outcome) = self.accepted(&state.firm, number, *user, *target)? else {
                        continue;
                    };
                    let firm = state.firm.altered(&outcome.alterations);
                    let step = Step {
                        number,
                        target: *target,
                    };
                    let is_new = known.insert(self.kinds(&firm));
                    if is_new && self.key(&firm) != before {
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

/// What is left of a set without some of its changes, each of which it may have more than once; equal ones are given once.
fn without<'s>(set: &'s [Made], done: &[Made]) -> Vec<&'s Made> {
    let count = |set: &[Made], step: Step| set.iter().filter(|made| made.step == step).count();
    let mut left: Vec<&Made> = Vec::new();
    for made in set {
        let is_left = count(set, made.step) > count(done, made.step);
        if is_left && left.iter().all(|other| other.step != made.step) {
            left.push(made);
        }
    }
    left
}

fn without_one(steps: &[Step], at: usize) -> Vec<Step> {
    let (before, from) = steps.split_at_checked(at).unwrap_or((steps, &[]));
    let rest = from.split_first().map_or(from, |(_, rest)| rest);
    [before, rest].concat()
}
