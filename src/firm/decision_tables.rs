//! The tables that decide: everything that a decision reads, in one place.

use std::num::NonZeroU32;
use std::sync::Arc;

use super::profiles::ProfileClass;
use super::roster::Roster;
use crate::explore::code::{DecisionCode, StandingCode};
use crate::explore::layout::{HalfWord, Word};
use crate::explore::lookup::{ExtraWord, Lookup};
use crate::link::product::RulingId;
use crate::rulebook::Rulebook;

/// What a decision touches. Rulebook and roster own it; here it is reached in one step.
#[derive(Clone)]
pub(crate) struct DecisionTables {
    /// The stamps that handles have to bear: of users whose serials are positions, and of the rulebook.
    pub(crate) stamps: [NonZeroU32; 2],
    /// By number of the lookup, how answers are found in this firm with its readings.
    pub(crate) lookups: Arc<[Lookup]>,
    /// What the cells of all tables hold.
    cells: Arc<[DecisionCode]>,
    /// The profiles of everybody, by product and for each product by user, where they fit half a word.
    short: Arc<[HalfWord]>,
    /// What everybody is, in the same order.
    classes: Arc<[ProfileClass]>,
    users: usize,
    /// What lookups read beside one word of each person.
    more: Arc<[ExtraWord]>,
    /// The words of profiles of more than one word.
    words: Arc<Vec<Word>>,
}

impl DecisionTables {
    /// The tables of a firm with these people and these readings.
    pub(super) fn new(rulebook: &Rulebook, roster: &mut Roster, readings: &[Vec<Word>]) -> Self {
        let lookups = rulebook.lookups();
        let (classes, words) = roster.settled();
        Self {
            stamps: [roster.stamp_of_positions(), rulebook.stamp()],
            lookups: lookups.of_firm(roster.len(), readings),
            cells: lookups.cells(),
            short: short(&classes),
            classes,
            users: roster.len(),
            more: lookups.more(),
            words,
        }
    }

    /// Chooses readings.
    pub(super) fn set_readings(&mut self, rulebook: &Rulebook, readings: &[Vec<Word>]) {
        self.lookups = rulebook.lookups().of_firm(self.users, readings);
    }

    /// Takes people as changes have left them.
    pub(super) fn set_people(&mut self, roster: &mut Roster) {
        (self.classes, self.words) = roster.settled();
        self.short = short(&self.classes);
    }

    /// How many users there are.
    #[inline]
    pub(crate) fn users(&self) -> usize {
        self.users
    }

    /// The profile class of a user. Returns `None` for an unknown number.
    pub(crate) fn class(&self, product: usize, user: u32) -> Option<ProfileClass> {
        let user = Some(user as usize).filter(|user| *user < self.users)?;
        self.classes.get(product * self.users + user).copied()
    }

    /// The profile at a place that a plain lookup gives for a user of this firm.
    #[inline]
    pub(crate) fn profile_at(&self, place: usize) -> Option<Word> {
        self.short.get(place).copied().map(Word::from)
    }

    /// What stands in a cell.
    #[inline]
    pub(crate) fn cell(&self, number: u32) -> Option<DecisionCode> {
        self.cells.get(number as usize).copied()
    }

    /// The answer if a profile does not fit half a word, or if more than one word of a person is read. Returns `None` if there is
    /// no table, or if a target is missing or not expected. Rulings are counted from `first`.
    #[inline(never)]
    pub(crate) fn long(
        &self,
        (lookup, facts): (u32, u32),
        [user, target]: [u32; 2],
        has_target: bool,
        first: RulingId,
    ) -> Option<DecisionCode> {
        let lookup = self.lookups.get(lookup as usize)?;
        if lookup.is_walked() || lookup.is_on_target() != has_target {
            return None;
        }
        let same = user == target;
        let class = |user| self.classes.get(lookup.profile_of(user)).copied();
        let (user, target) = (class(user)?, class(target)?);
        let number = if lookup.is_wide() {
            self.wide_cell(lookup, facts, same, [user, target])?
        } else {
            let number = lookup.cell(facts, same, user.word(), target.word());
            self.and_more(lookup, number, |more| Some(more.of([user, target]).word()))?
        };
        let standing = StandingCode::of(user.word(), target.word());
        Some(standing.or(self.cell(number)?.after(first), lookup.ground))
    }

    /// The number of the cell where profiles have more than one word.
    #[inline]
    fn wide_cell(
        &self,
        lookup: &Lookup,
        facts: u32,
        same: bool,
        people: [ProfileClass; 2],
    ) -> Option<u32> {
        let words = self.words.as_slice();
        let word =
            |class: ProfileClass, word: u16| words.get(class.place() + usize::from(word)).copied();
        let ([user, target], [of_user, of_target]) = (people, lookup.words());
        let number = lookup.cell(facts, same, word(user, of_user)?, word(target, of_target)?);
        self.and_more(lookup, number, |more| word(more.of(people), more.word))
    }

    /// The number of the cell with what is read beside one word of each person.
    #[inline]
    fn and_more(
        &self,
        lookup: &Lookup,
        number: u32,
        word: impl Fn(&ExtraWord) -> Option<Word>,
    ) -> Option<u32> {
        let mut more = lookup.more(&self.more).iter();
        more.try_fold(number, |number, more| {
            Some(number.wrapping_add(more.pick.number(word(more)?)))
        })
    }
}

/// The same profiles, each in half a word; what does not fit is never looked at.
fn short(classes: &[ProfileClass]) -> Arc<[HalfWord]> {
    let half = |class: &ProfileClass| class.word() as HalfWord;
    classes.iter().map(half).collect()
}
