//! The ledger of a plan: what is to be altered, and what of it is still open.

use std::sync::Arc;

use hashbrown::HashMap;

use crate::link::product::UserPart;
use crate::value::Value;

/// One thing about one user of one product.
pub(super) type LedgerKey = (usize, u32, UserPart);

/// What something is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LedgerEntry {
    pub(super) key: LedgerKey,
    pub(super) to: Value,
}

/// What is to be altered, each with its number, in the order in which it is tried.
#[derive(Clone)]
pub(super) struct AlterationLedger {
    /// What was to be altered from the beginning.
    given: Arc<[LedgerEntry]>,
    /// By user, the number of the first entry about them.
    firsts: Arc<[u32]>,
    /// What has been altered on the way and has to be altered back.
    more: Vec<LedgerEntry>,
    /// What does not stand behind the first entry about its user.
    apart: HashMap<LedgerKey, u32>,
    /// By number, whether it is still to be done.
    open: Vec<bool>,
    /// The numbers of those that are tried.
    left: Vec<u32>,
}

/// No entry.
const NONE: u32 = u32::MAX;

impl AlterationLedger {
    /// A ledger of a firm of so many users.
    pub(super) fn new(given: Arc<[LedgerEntry]>, users: usize) -> Self {
        let mut firsts = vec![NONE; users];
        let mut apart = HashMap::new();
        let mut last = None;
        for (number, entry) in (0..).zip(&*given) {
            let (_, user, _) = entry.key;
            match firsts.get_mut(user as usize) {
                Some(first) if *first == NONE => *first = number,
                _ if last == Some(user) => {}
                _ => {
                    apart.insert(entry.key, number);
                    continue;
                }
            }
            last = Some(user);
        }
        Self {
            open: vec![true; given.len()],
            left: (0..given.len() as u32).collect(),
            firsts: firsts.into(),
            given,
            more: Vec::new(),
            apart,
        }
    }

    /// What has this number.
    pub(super) fn entry(&self, number: u32) -> Option<LedgerEntry> {
        let number = number as usize;
        let more = || self.more.get(number - self.given.len());
        self.given.get(number).or_else(more).copied()
    }

    /// The number that is tried as the one at this place, if it is still open.
    pub(super) fn at(&self, place: usize) -> Option<(u32, bool)> {
        let number = *self.left.get(place)?;
        Some((number, self.is_open(number)))
    }

    fn is_open(&self, number: u32) -> bool {
        self.open.get(number as usize) == Some(&true)
    }

    fn find(&self, key: LedgerKey) -> Option<u32> {
        let (_, user, _) = key;
        let first = self.firsts.get(user as usize).copied();
        let first = first.filter(|first| *first != NONE).unwrap_or_default();
        let about = self.given.get(first as usize..).unwrap_or_default();
        let mut about = (first..).zip(about.iter().take_while(|entry| entry.key.1 == user));
        let found = about.find(|(_, entry)| entry.key == key);
        found
            .map(|(number, _)| number)
            .or_else(|| self.apart.get(&key).copied())
    }

    /// Notes that something is as it is in the end.
    pub(super) fn close(&mut self, key: LedgerKey) {
        let number = self.find(key);
        if let Some(open) = number.and_then(|number| self.open.get_mut(number as usize)) {
            *open = false;
        }
    }

    /// Notes that something is not as it is in the end, and is tried after everything else.
    pub(super) fn reopen(&mut self, entry: LedgerEntry) {
        let known = self.find(entry.key);
        let number = known.unwrap_or_else(|| {
            let number = self.open.len() as u32;
            self.open.push(false);
            self.more.push(entry);
            self.apart.insert(entry.key, number);
            number
        });
        match self.open.get_mut(number as usize) {
            Some(open) if !*open => {
                *open = true;
                self.left.push(number);
            }
            _ => {}
        }
    }

    /// Leaves aside what is done.
    pub(super) fn tidy(&mut self) {
        let open = &self.open;
        self.left
            .retain(|number| open.get(*number as usize) == Some(&true));
    }

    /// How much is left.
    pub(super) fn len(&self) -> usize {
        self.left.len()
    }

    /// What is left, in the order in which it is tried, each once.
    pub(super) fn left(&mut self) -> Vec<LedgerEntry> {
        self.tidy();
        let mut left = Vec::with_capacity(self.left.len());
        for number in self.left.clone() {
            if let Some(open) = self.open.get_mut(number as usize).filter(|open| **open) {
                *open = false;
                left.extend(self.entry(number));
            }
        }
        left
    }
}
