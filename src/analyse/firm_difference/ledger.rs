//! The ledger of a plan: the alterations to make, and those still open.

use std::sync::Arc;

use hashbrown::HashMap;

use crate::link::product::UserPart;
use crate::value::Value;

/// One property of one user in one product.
pub(super) type LedgerKey = (usize, u32, UserPart);

/// The final value of a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LedgerEntry {
    pub(super) key: LedgerKey,
    pub(super) to: Value,
}

/// The alterations to make, each with its number, in the order in which they are tried.
#[derive(Clone)]
pub(super) struct AlterationLedger {
    /// The alterations known from the beginning.
    given: Arc<[LedgerEntry]>,
    /// By user, the number of the first entry about them.
    firsts: Arc<[u32]>,
    /// Properties altered along the way that have to be altered back.
    more: Vec<LedgerEntry>,
    /// Entries that do not follow the first entry of their user.
    apart: HashMap<LedgerKey, u32>,
    /// By number, whether it is still open.
    open: Vec<bool>,
    /// The numbers of the open entries.
    left: Vec<u32>,
}

/// No entry.
const NONE: u32 = u32::MAX;

impl AlterationLedger {
    /// A ledger for a firm with this many users.
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

    /// The entry with this number.
    pub(super) fn entry(&self, number: u32) -> Option<LedgerEntry> {
        let number = number as usize;
        let more = || self.more.get(number - self.given.len());
        self.given.get(number).or_else(more).copied()
    }

    /// The number at this position, if it is still open.
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

    /// Notes that a property has its final value.
    pub(super) fn close(&mut self, key: LedgerKey) {
        let number = self.find(key);
        if let Some(open) = number.and_then(|number| self.open.get_mut(number as usize)) {
            *open = false;
        }
    }

    /// Notes that a property does not have its final value. It is tried after everything else.
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

    /// Removes finished entries.
    pub(super) fn tidy(&mut self) {
        let open = &self.open;
        self.left
            .retain(|number| open.get(*number as usize) == Some(&true));
    }

    /// The number of open entries.
    pub(super) fn len(&self) -> usize {
        self.left.len()
    }

    /// The open entries, in the order in which they are tried, each once.
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
