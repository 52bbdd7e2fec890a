//! The states of a firm: what a verdict is about, and a word for each that is the same in every process.

use std::sync::atomic::{AtomicU64, Ordering};

use super::Firm;
use super::ends::{EntryEnds, EntryPlace, ListMember};
use super::things::FirmThings;
use crate::explore::layout::Word;
use crate::link::product::ConflictWords;

/// Tells one state of a firm from every other: of the same firm after a change or with other readings, and of other
/// firms. Clones of a firm share it. Handles outlive a change and bear the stamp of the roster; verdicts do not and
/// bear this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StateStamp(u64);

impl StateStamp {
    /// A stamp that no other state of this process has.
    pub(crate) fn next() -> Self {
        static STATES: AtomicU64 = AtomicU64::new(0);
        Self(STATES.fetch_add(1, Ordering::Relaxed))
    }
}

impl Firm {
    /// A word for what the firm holds: its name, its people with their names, seats, roles and settings, its readings and its own conflicts, its groups
    /// and things, and when entries end. Two
    /// firms under the same rules that hold the same have the same word, in every process of one version of this program.
    ///
    /// A change can name the state it is meant for, and is then refused in every other state:
    /// [`Change::if_state`](crate::Change::if_state). The first call looks at all users; the word is then kept.
    /// Different states have different words in normal use, but somebody could construct two states with one word on purpose.
    ///
    /// ```
    /// use clio_rules::{Change, Firm, Rulebook};
    ///
    /// let firm = Firm::example(&Rulebook::builtin()?)?;
    /// let grant = Change::new("tomas", "grant").role("billing").target("wren");
    /// let after = firm.apply(&grant.clone().if_state(firm.state()))?.firm;
    /// assert_ne!(after.state(), firm.state());
    /// let stale = after.judge(&grant.if_state(firm.state())).unwrap_err();
    /// assert_eq!(stale.code().name(), "stale-verdict");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn state(&self) -> String {
        let digest = self.digest.get_or_init(|| self.digest());
        format!("{digest:032x}")
    }

    fn digest(&self) -> u128 {
        let mut digest = StateDigest::default();
        digest.text(self.name());
        for (number, compiled) in self.rulebook.compiled().iter().enumerate() {
            digest.text(&compiled.product.id);
            digest.words(self.readings_of(number));
            for conflict in self.roster.conflicts(number) {
                digest.conflict(&conflict.id, &conflict.in_words(&compiled.product));
            }
        }
        for user in 0..self.roster.len() as u32 {
            digest.text(self.roster.id(user));
            digest.text(self.roster.name_of(user));
            for product in 0..self.rulebook.compiled().len() {
                digest.words(self.roster.profile(product, user));
            }
        }
        if !self.things.is_empty() {
            digest.things(&self.things);
        }
        digest.ends(&self.ends);
        digest.0
    }
}

/// FNV-1a of 128 bits over numbers instead of bytes: short, quick, and the same everywhere.
struct StateDigest(u128);

impl Default for StateDigest {
    fn default() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }
}

impl StateDigest {
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;

    fn add(&mut self, number: u64) {
        self.0 = (self.0 ^ u128::from(number)).wrapping_mul(Self::PRIME);
    }

    /// A text with its length, so that no two rows of texts are one.
    fn text(&mut self, text: &str) {
        self.add(text.len() as u64);
        for part in text.as_bytes().chunks(8) {
            let mut bytes = [0; 8];
            let there = bytes.iter_mut().zip(part);
            there.for_each(|(byte, there)| *byte = *there);
            self.add(u64::from_le_bytes(bytes));
        }
    }

    fn conflict(&mut self, id: &str, words: &ConflictWords<'_>) {
        let ConflictWords {
            title,
            both,
            except,
            because,
            basis,
            section,
        } = words;
        for list in [both, except] {
            self.add(list.len() as u64);
            list.iter().for_each(|id| self.text(id));
        }
        let others = [basis.unwrap_or_default(), section.unwrap_or_default()];
        let texts = [id, title, because].into_iter().chain(others);
        texts.for_each(|text| self.text(text));
    }

    fn things(&mut self, things: &FirmThings) {
        for (id, entries) in things.groups.iter() {
            self.text(id);
            self.entries(&entries.users, &entries.groups);
        }
        for (product, kind, of_kind) in things.kinds() {
            self.add(product as u64);
            self.add(u64::from(kind.0));
            for thing in 0..of_kind.len() as u32 {
                self.text(of_kind.id(thing));
                self.text(of_kind.title(thing));
                self.add(of_kind.whole(thing).map_or(u64::MAX, u64::from));
                for value in of_kind.properties(thing) {
                    self.add(u64::from(value.0));
                }
                for list in of_kind.lists(thing) {
                    match list {
                        Some(list) => self.entries(list.users, list.groups),
                        None => self.add(u64::MAX),
                    }
                }
            }
        }
    }

    fn ends(&mut self, ends: &EntryEnds) {
        for (place, end) in ends.iter() {
            match place {
                EntryPlace::Role {
                    user,
                    product,
                    role,
                } => [u64::from(user), product as u64, u64::from(role.0)]
                    .into_iter()
                    .for_each(|number| self.add(number)),
                EntryPlace::Member { group, member } => {
                    self.add(u64::from(group));
                    self.member(member);
                }
                EntryPlace::Listed { list, member } => {
                    self.add(list.product as u64);
                    self.add(u64::from(list.kind.0));
                    self.add(u64::from(list.thing));
                    self.add(list.list as u64);
                    self.member(member);
                }
            }
            self.text(&end.until.to_string());
        }
    }

    fn member(&mut self, member: ListMember) {
        let (kind, number) = match member {
            ListMember::User(user) => (0, user),
            ListMember::Group(group) => (1, group),
        };
        self.add(kind);
        self.add(u64::from(number));
    }

    fn entries(&mut self, users: &[u32], groups: &[u32]) {
        for numbers in [users, groups] {
            self.add(numbers.len() as u64);
            numbers
                .iter()
                .for_each(|number| self.add(u64::from(*number)));
        }
    }

    fn words(&mut self, words: &[Word]) {
        for word in words {
            self.add(u64::from(*word));
        }
    }
}

#[cfg(test)]
mod tests;
