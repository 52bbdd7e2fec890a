//! Plans: in which order permitted changes lead from one state of a firm to another.
//!
//! Each step has to bring something to what it is in the end. What nobody's permissions depend on is done as soon as it
//! can be; what gives such permissions, hands on what exactly one holds, and takes permissions is tried in each of the six
//! orders, and the first that does it all is taken, else the one that leaves least.
//!
//! Who can make something so is looked for once for all who are alike, in what they are and in what they are in the end.
//! Those who may be the other person of a change are looked at one by one: there are few of them, however large the firm.

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

/// A way to the goal, as far as it goes.
pub(super) struct DifferencePlan {
    pub(super) steps: Vec<NumberedStep>,
    /// What is not so yet, in the order in which it was met.
    pub(super) left: Vec<LedgerEntry>,
    /// Whether more rounds than there may be were needed, so that what is left may be possible.
    pub(super) is_cut: bool,
    /// The firm as far as it came, for judging.
    pub(super) firm: Firm,
}

/// A step by numbers.
#[derive(Debug, Clone, Copy)]
pub(super) struct NumberedStep {
    pub(super) product: u32,
    /// Whose state it was made for.
    pub(super) person: u32,
    /// The number of the candidate among the means of the product.
    pub(super) candidate: u32,
    /// Who makes it, and whom it is done to.
    pub(super) pair: [u32; 2],
}

/// The kinds of thing that are altered: what nobody's permissions depend on comes first in every order.
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
    // An order that was cut off might have come further.
    plan.is_cut = is_any_cut && !plan.left.is_empty();
    Ok(plan)
}

/// People who stand for all that changes of one product tell apart, and what is known of whoever is none of them.
#[derive(Default, Clone)]
struct PlanPeople {
    standing: StandingPeople,
    known: HashMap<SharedGoal, Option<FoundChange>>,
}

/// What those have in common for whom the same change makes the same thing so: what is to be made so, and what they are and
/// will be.
type SharedGoal = (UserPart, Value, Option<ProfileClass>, Option<ProfileClass>);

/// A change that makes something so.
#[derive(Clone)]
struct FoundChange {
    candidate: usize,
    /// Who makes it and whom it is done to; none for the person themselves.
    pair: [Option<u32>; 2],
    /// What it alters of the person.
    alters: SmallVec<[(UserPart, Value); 2]>,
}

/// One order that is tried.
#[derive(Clone)]
struct PlanAttempt<'a> {
    goal: &'a TargetState<'a>,
    firm: Firm,
    ledger: AlterationLedger,
    steps: Vec<NumberedStep>,
    /// By product.
    parts: HashMap<usize, PlanPeople>,
    /// Who are altered, in any product: others are done things to instead of them, or by them.
    altered: BTreeSet<u32>,
    is_cut: bool,
}

impl<'a> PlanAttempt<'a> {
    fn new(from: &Firm, goal: &'a TargetState<'a>, entries: Arc<[LedgerEntry]>) -> Self {
        /// Of those altered, so many are tried as the other person of a change.
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

    /// Tries everything in an order, after everything of the lowest rank has been tried once.
    fn run(
        &mut self,
        means: &mut [AvailableChanges<'_>],
        order: [u8; 3],
        mut is_further: bool,
    ) -> Result<(), AskError> {
        for _ in 0..self.firm.rulebook().limits().difference_rounds {
            for rank in order {
                is_further |= self.pass(means, rank)?;
                // Whatever has become possible for those without power comes before the next of those with it.
                if is_further {
                    break;
                }
            }
            if !is_further {
                return Ok(());
            }
            // What has been altered may have made other kinds of people.
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

    /// Makes one thing so, where somebody may.
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
            // It alters others as well.
            Some(None) => {}
        }
        Ok(self.take(means, entry, found))
    }

    /// Looks for the first change that makes something so.
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

    /// Does what was found for somebody who is like the person.
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

    /// Does what was found, if anything was.
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
            // What is known depends on those who stand for others.
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

/// What a search found.
struct SearchHit {
    candidate: usize,
    pair: [u32; 2],
    alterations: SmallVec<[Alteration; 2]>,
}

impl SearchHit {
    /// The same for whoever is like this person; none where it alters somebody else.
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
