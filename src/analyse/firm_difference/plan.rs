//! Plans: the order in which permitted changes lead from one state of a firm to another.
//!
//! Each step has to bring a property to its final value. Properties that no permission depends on are altered as soon
//! as possible. The other steps either give permissions, hand on a role with a single holder, or take permissions.
//! The six orders of these three groups are tried. The first order that reaches the goal is taken, or else the one
//! that leaves the least open.
//!
//! The search for a user who can bring a property about runs once for all who are alike now and at the end. The
//! possible other people of a change are tried one by one: there are few, however large the firm is.

use std::collections::BTreeSet;
use std::sync::Arc;

use hashbrown::HashMap;
use smallvec::SmallVec;

use super::goal::{TargetState, is_held_by_one, is_step, key};
use super::ledger::{AlterationLedger, LedgerEntry};
use super::means::{AvailableChanges, StandingPeople};
use super::tally;
use crate::finding::AskError;
use crate::firm::profiles::ProfileClass;
use crate::firm::{Alteration, Firm};
use crate::link::product::UserPart;
use crate::value::Value;

/// A path toward the goal, as far as it leads.
pub(super) struct DifferencePlan {
    pub(super) steps: Vec<NumberedStep>,
    /// The open differences, in the order in which they were found.
    pub(super) left: Vec<LedgerEntry>,
    /// Whether the limit on rounds was met, so that open differences may be possible.
    pub(super) is_cut: bool,
    /// The firm as far as the plan leads, for judging.
    pub(super) firm: Firm,
}

/// A step by numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct NumberedStep {
    /// The product it is made in.
    pub(super) product: u32,
    pub(super) person: u32,
    /// The number of the candidate among the means of the product.
    pub(super) candidate: u32,
    /// The user and the target.
    pub(super) pair: [u32; 2],
}

/// The groups of alterations. Those that no permission depends on come first in every order.
const ORDERS: [[u8; 3]; 6] = [
    [1, 2, 3],
    [2, 1, 3],
    [1, 3, 2],
    [3, 1, 2],
    [2, 3, 1],
    [3, 2, 1],
];

/// The best plan from a firm to its goal.
pub(super) fn plan(
    from: &Firm,
    goal: &TargetState<'_>,
    means: &mut [AvailableChanges<'_>],
    entries: Arc<[LedgerEntry]>,
) -> Result<DifferencePlan, AskError> {
    let mut first = PlanAttempt::new(from, goal, entries);
    let is_further = first.pass(means, 0)?;
    let mut best: Option<PlanAttempt<'_>> = None;
    let mut is_any_cut = false;
    for order in ORDERS {
        let mut attempt = first.clone();
        attempt.run(means, order, is_further)?;
        let is_better = |best: &PlanAttempt<'_>| attempt.ledger.len() < best.ledger.len();
        let is_done = attempt.ledger.len() == 0;
        is_any_cut |= attempt.is_cut;
        if best.as_ref().is_none_or(is_better) {
            best = Some(attempt);
        }
        if is_done {
            break;
        }
    }
    let mut plan = best.unwrap_or(first).plan();
    // An order that was cut off might have got further.
    plan.is_cut = is_any_cut && !plan.left.is_empty();
    Ok(plan)
}

/// The representatives of one product, and the known results for everybody else.
#[derive(Default, Clone)]
struct PlanPeople {
    standing: StandingPeople,
    known: HashMap<SharedGoal, Option<FoundChange>>,
}

/// The key of a search result: the value to bring about, and the person's present and final profile. The same change
/// works for all people with the same key.
type SharedGoal = (UserPart, Value, Option<ProfileClass>, Option<ProfileClass>);

/// A change that brings a difference about.
#[derive(Clone)]
struct FoundChange {
    candidate: usize,
    /// The user and the target. `None` stands for the person themselves.
    pair: [Option<u32>; 2],
    /// The alterations it makes to the person.
    alters: SmallVec<[(UserPart, Value); 2]>,
}

/// An attempt with one order.
#[derive(Clone)]
struct PlanAttempt<'a> {
    goal: &'a TargetState<'a>,
    firm: Firm,
    ledger: AlterationLedger,
    steps: Vec<NumberedStep>,
    /// By product.
    parts: HashMap<usize, PlanPeople>,
    /// People who are altered in any product. Others can only be the other person of a change.
    altered: BTreeSet<u32>,
    is_cut: bool,
}

impl<'a> PlanAttempt<'a> {
    fn new(from: &Firm, goal: &'a TargetState<'a>, entries: Arc<[LedgerEntry]>) -> Self {
        /// Most altered people who are tried as the other person of a change.
        const TRIED: usize = 64;
        let mut altered = BTreeSet::new();
        for entry in &*entries {
            let (_, user, _) = entry.key;
            altered.insert(user);
            if altered.len() > TRIED {
                altered.pop_last();
            }
        }
        Self {
            goal,
            firm: from.clone(),
            ledger: AlterationLedger::new(entries, from.roster.len()),
            steps: Vec::new(),
            parts: HashMap::new(),
            altered,
            is_cut: false,
        }
    }

    fn plan(mut self) -> DifferencePlan {
        DifferencePlan {
            steps: self.steps,
            left: self.ledger.left(),
            is_cut: self.is_cut,
            firm: self.firm,
        }
    }

    /// Tries everything in an order, after one attempt at everything of the lowest rank.
    fn run(
        &mut self,
        means: &mut [AvailableChanges<'_>],
        order: [u8; 3],
        mut is_further: bool,
    ) -> Result<(), AskError> {
        for _ in 0..self.firm.rulebook().limits().difference_rounds {
            for rank in order {
                is_further |= self.pass(means, rank)?;
                // Changes that have become possible without new power come before the next power change.
                if is_further {
                    break;
                }
            }
            if !is_further {
                return Ok(());
            }
            // Alterations may have created new kinds of people.
            self.parts.clear();
            is_further = self.pass(means, 0)?;
        }
        self.is_cut = self.ledger.len() > 0;
        Ok(())
    }

    /// Tries everything of one rank once.
    fn pass(&mut self, means: &mut [AvailableChanges<'_>], rank: u8) -> Result<bool, AskError> {
        let mut is_further = false;
        let mut at = 0;
        while let Some((number, is_open)) = self.ledger.at(at) {
            at += 1;
            let Some(entry) = self.ledger.entry(number).filter(|_| is_open) else {
                continue;
            };
            let (product, _, _) = entry.key;
            let Some(means) = means.get_mut(product) else {
                continue;
            };
            tally::look();
            if rank_of(means, entry) == rank {
                is_further |= self.attempt(means, entry, rank)?;
            }
        }
        self.ledger.tidy();
        Ok(is_further)
    }

    /// Brings one difference about, if somebody may.
    fn attempt(
        &mut self,
        means: &mut AvailableChanges<'_>,
        entry: LedgerEntry,
        rank: u8,
    ) -> Result<bool, AskError> {
        let (product, person, what) = entry.key;
        let (firm, altered) = (&self.firm, &self.altered);
        let parts = self.parts.entry(product).or_insert_with(|| PlanPeople {
            standing: means.standing(firm, altered),
            known: HashMap::new(),
        });
        if tally::is_one_by_one() || parts.standing.all.contains(&person) {
            let found = self.search(means, entry, rank)?;
            return Ok(self.take(means, entry, found));
        }
        let alike = (
            what,
            entry.to,
            firm.roster.class(product, person),
            self.goal.class(product, person),
        );
        if let Some(known) = parts.known.get(&alike) {
            let Some(found) = known.clone() else {
                return Ok(false);
            };
            self.take_known(entry, found);
            return Ok(true);
        }
        let found = self.search(means, entry, rank)?;
        let known = found.as_ref().map(|found| found.of(person));
        let parts = self.parts.entry(product).or_default();
        match known {
            None => {
                parts.known.insert(alike, None);
            }
            Some(Some(known)) => {
                parts.known.insert(alike, Some(known));
            }
            // It alters other people as well.
            Some(None) => {}
        }
        Ok(self.take(means, entry, found))
    }

    /// Looks for the first change that brings a difference about.
    fn search(
        &self,
        means: &mut AvailableChanges<'_>,
        entry: LedgerEntry,
        rank: u8,
    ) -> Result<Option<SearchHit>, AskError> {
        let (product, person, what) = entry.key;
        let Some(parts) = self.parts.get(&product) else {
            return Ok(None);
        };
        let found = means.find(what, entry.to);
        for (number, candidate) in (found.start..).zip(means.candidates(found)) {
            if !candidate.can_be_about(&self.firm, product, person) {
                continue;
            }
            for pair in candidate.parts(person, &parts.standing) {
                let Some(judged) = candidate.judged(&self.firm, product, pair) else {
                    continue;
                };
                let alterations = judged.alterations();
                if judged.is_accepted() && is_step(self.goal, alterations, entry, rank) {
                    return Ok(Some(SearchHit {
                        candidate: number,
                        pair,
                        alterations: alterations.into(),
                    }));
                }
            }
        }
        Ok(None)
    }

    /// Applies a known result for a person with the same key.
    fn take_known(&mut self, entry: LedgerEntry, found: FoundChange) {
        let (product, person, _) = entry.key;
        let alterations = found.alters.iter().map(|(what, to)| Alteration {
            product,
            user: person,
            what: *what,
            to: *to,
        });
        self.alter(&alterations.collect::<SmallVec<[Alteration; 2]>>());
        self.steps.push(NumberedStep {
            product: product as u32,
            person,
            candidate: found.candidate as u32,
            pair: found.pair.map(|one| one.unwrap_or(person)),
        });
    }

    /// Makes the change that was found, if any.
    fn take(
        &mut self,
        means: &AvailableChanges<'_>,
        entry: LedgerEntry,
        found: Option<SearchHit>,
    ) -> bool {
        let Some(found) = found else { return false };
        let (_, person, _) = entry.key;
        self.alter(&found.alterations);
        self.steps.push(NumberedStep {
            product: means.product as u32,
            person,
            candidate: found.candidate as u32,
            pair: found.pair,
        });
        true
    }

    fn alter(&mut self, alterations: &[Alteration]) {
        self.firm.alter_for_judging(alterations);
        for altered in alterations {
            let key = key(altered);
            match self.goal.value(key) {
                Some(wanted) if wanted != altered.to => {
                    self.ledger.reopen(LedgerEntry { key, to: wanted })
                }
                _ => self.ledger.close(key),
            }
            // The known results depend on the representatives.
            if let Some(parts) = self.parts.get_mut(&altered.product) {
                let is_held_by_one = match altered.what {
                    UserPart::Role(role) => is_held_by_one(&self.firm, altered.product, role),
                    UserPart::Setting(_) => false,
                };
                if is_held_by_one {
                    parts.standing.all.insert(altered.user);
                }
                if parts.standing.all.contains(&altered.user) {
                    parts.known.clear();
                }
            }
        }
    }
}

/// The result of a search.
struct SearchHit {
    candidate: usize,
    pair: [u32; 2],
    alterations: SmallVec<[Alteration; 2]>,
}

impl SearchHit {
    /// The same result for anybody with the same key. `None` when it alters other people.
    fn of(&self, person: u32) -> Option<FoundChange> {
        let mut alterations = self.alterations.iter();
        if alterations.any(|altered| altered.user != person) {
            return None;
        }
        let alters = self.alterations.iter();
        Some(FoundChange {
            candidate: self.candidate,
            pair: self.pair.map(|one| (one != person).then_some(one)),
            alters: alters.map(|altered| (altered.what, altered.to)).collect(),
        })
    }
}

fn rank_of(means: &AvailableChanges<'_>, entry: LedgerEntry) -> u8 {
    let (_, _, what) = entry.key;
    match what {
        UserPart::Role(role) if means.is_held_by_one(role) => 2,
        _ if !means.is_power(what) => 0,
        UserPart::Role(_) if entry.to.is_yes() => 1,
        _ => 3,
    }
}
