//! Steps that all searches for nearest names of a run may take together. They are spent in the order of the lines, whoever
//! answers them, so that the same lines get the same replies.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use clio_rules::{Finding, Limits};

/// What is left of the steps, and whose turn it is to spend them.
pub(crate) struct Purse {
    passed: Mutex<Passed>,
    /// Told whenever the turn passes on.
    passes_on: Condvar,
    /// Whether a chunk whose turn it was has spent the last step.
    is_empty: AtomicBool,
}

/// Who has had their turn.
struct Passed {
    steps: usize,
    /// The chunk whose turn it is: all before it have been answered.
    next: u64,
    /// Chunks behind it that have been answered.
    answered: BTreeSet<u64>,
}

/// What a chunk may spend. When it is dropped, the chunk has been answered.
pub(crate) struct Share<'p> {
    purse: &'p Purse,
    chunk: u64,
}

impl Purse {
    /// As many steps as a run may take.
    pub(crate) fn new() -> Self {
        Self::with_steps(Limits::DEFAULT.name_steps)
    }

    /// So many steps.
    fn with_steps(steps: usize) -> Self {
        Self {
            passed: Mutex::new(Passed {
                steps,
                next: 0,
                answered: BTreeSet::new(),
            }),
            passes_on: Condvar::new(),
            is_empty: AtomicBool::new(steps == 0),
        }
    }

    /// The share of a chunk. Each chunk that was fetched has to take its own, or those behind it wait for ever.
    pub(crate) fn share_of(&self, chunk: u64) -> Share<'_> {
        Share { purse: self, chunk }
    }

    fn passed(&self) -> MutexGuard<'_, Passed> {
        self.passed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Share<'_> {
    /// Has a finding look for the nearest name, in the steps that are left.
    pub(crate) fn spend_on(&self, finding: &Finding) {
        let purse = self.purse;
        if !finding.awaits_search() {
            return;
        }
        if purse.is_empty.load(Ordering::Acquire) {
            finding.help_within(&mut 0);
            return;
        }
        let mut passed = purse.passed();
        while passed.next < self.chunk {
            let woken = purse.passes_on.wait(passed);
            passed = woken.unwrap_or_else(PoisonError::into_inner);
        }
        finding.help_within(&mut passed.steps);
        if passed.steps == 0 {
            // Who waits for a turn need not: there is nothing left to wait for.
            passed.next = u64::MAX;
            purse.is_empty.store(true, Ordering::Release);
            purse.passes_on.notify_all();
        }
    }
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        let purse = self.purse;
        let mut passed = purse.passed();
        if passed.steps == 0 {
            return;
        }
        passed.answered.insert(self.chunk);
        let mut next = passed.next;
        while passed.answered.remove(&next) {
            next += 1;
        }
        passed.next = next;
        purse.passes_on.notify_all();
    }
}

#[cfg(test)]
mod tests;
