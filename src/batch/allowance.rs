//! Steps that all searches for nearest names of a run may take together. They are spent in the order of the lines, whoever
//! answers them, so that the same lines get the same replies.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::finding::Finding;

/// What is left of the steps, and whose turn it is to spend them.
pub(super) struct SearchAllowance {
    turns: Mutex<AllowanceTurns>,
    /// Told whenever the turn passes on.
    passes_on: Condvar,
    /// Whether a chunk whose turn it was has spent the last step.
    is_empty: AtomicBool,
}

/// The steps that are left, and the chunks that have had their turn.
struct AllowanceTurns {
    steps: usize,
    /// The chunk whose turn it is: all before it have been answered.
    next: u64,
    /// Chunks behind it that have been answered.
    answered: BTreeSet<u64>,
}

/// What a chunk may spend. When it is dropped, the chunk has been answered.
pub(super) struct AllowanceShare<'p> {
    allowance: &'p SearchAllowance,
    chunk: u64,
}

impl SearchAllowance {
    /// So many steps.
    pub(super) fn with_steps(steps: usize) -> Self {
        Self {
            turns: Mutex::new(AllowanceTurns {
                steps,
                next: 0,
                answered: BTreeSet::new(),
            }),
            passes_on: Condvar::new(),
            is_empty: AtomicBool::new(steps == 0),
        }
    }

    /// The share of a chunk. Each chunk that was fetched has to take its own, or those behind it wait for ever.
    pub(super) fn share_of(&self, chunk: u64) -> AllowanceShare<'_> {
        AllowanceShare {
            allowance: self,
            chunk,
        }
    }

    fn turns(&self) -> MutexGuard<'_, AllowanceTurns> {
        self.turns.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl AllowanceShare<'_> {
    /// Has a finding look for the nearest name, in the steps that are left.
    pub(super) fn spend_on(&self, finding: &Finding) {
        let allowance = self.allowance;
        if !finding.awaits_search() {
            return;
        }
        if allowance.is_empty.load(Ordering::Acquire) {
            finding.help_within(&mut 0);
            return;
        }
        let mut turns = allowance.turns();
        while turns.next < self.chunk {
            let woken = allowance.passes_on.wait(turns);
            turns = woken.unwrap_or_else(PoisonError::into_inner);
        }
        finding.help_within(&mut turns.steps);
        if turns.steps == 0 {
            // Who waits for a turn need not: there is nothing left to wait for.
            turns.next = u64::MAX;
            allowance.is_empty.store(true, Ordering::Release);
            allowance.passes_on.notify_all();
        }
    }
}

impl Drop for AllowanceShare<'_> {
    fn drop(&mut self) {
        let allowance = self.allowance;
        let mut turns = allowance.turns();
        if turns.steps == 0 {
            return;
        }
        turns.answered.insert(self.chunk);
        let mut next = turns.next;
        while turns.answered.remove(&next) {
            next += 1;
        }
        turns.next = next;
        allowance.passes_on.notify_all();
    }
}

#[cfg(test)]
mod tests;
