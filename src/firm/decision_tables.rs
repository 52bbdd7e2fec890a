//! The tables that decide: everything that a decision reads, in one place.

use std::num::NonZeroU32;
use std::sync::Arc;

use super::overlay::Overlay;
use super::profile_words::ProfileWords;
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
    /// The profiles of everybody, by product and for each product by user, where they fit half a word. Where changes have altered
    /// anybody, no lookup reads them.
    short: Arc<[HalfWord]>,
    /// What everybody is, in the same order.
    classes: Arc<[ProfileClass]>,
    /// What changes have altered of that.
    altered: Overlay<ProfileClass>,
    users: usize,
    /// What lookups read beside one word of each person.
    more: Arc<[ExtraWord]>,
    /// The words of profiles of more than one word.
    words: ProfileWords,
}

impl DecisionTables {
    /// The tables of a firm with these people and these readings.
    pub(super) fn new(rulebook: &Rulebook, roster: &mut Roster, readings: &[Vec<Word>]) -> Self {
        let lookups = rulebook.lookups();
        roster.settle();
        let profiles = roster.packed();
        Self {
            stamps: [roster.stamp_of_positions(), rulebook.stamp()],
            lookups: lookups.of_firm(roster.len(), readings),
            cells: lookups.cells(),
            short: short(profiles.classes()),
            classes: Arc::clone(profiles.classes()),
            altered: profiles.altered().clone(),
            users: roster.len(),
            more: lookups.more(),
            words: profiles.words().clone(),
        }
    }

    /// Chooses readings.
    pub(super) fn set_readings(&mut self, rulebook: &Rulebook, readings: &[Vec<Word>]) {
        self.lookups = rulebook.lookups().of_firm(self.users, readings);
        self.look_at_altered();
    }

    /// Takes people as changes have left them.
    pub(super) fn set_people(&mut self, roster: &Roster) {
        let profiles = roster.packed();
        let was_altered = !self.altered.is_empty();
        self.altered = profiles.altered().clone();
        self.words = profiles.words().clone();
        if !Arc::ptr_eq(&self.classes, profiles.classes()) {
            self.classes = Arc::clone(profiles.classes());
            self.short = short(&self.classes);
        }
        if !was_altered {
            self.look_at_altered();
        }
    }

    /// Makes lookups look at what changes have altered, if there is anything.
    fn look_at_altered(&mut self) {
        if !self.altered.is_empty() {
            self.lookups = self.lookups.iter().map(Lookup::of_altered).collect();
        }
    }

    /// How many users there are.
    #[inline]
    pub(crate) fn users(&self) -> usize {
        self.users
    }

    /// The profile class of a user. Returns `None` for an unknown number.
    pub(crate) fn class(&self, product: usize, user: u32) -> Option<ProfileClass> {
        let user = Some(user as usize).filter(|user| *user < self.users)?;
        self.class_at(product * self.users + user)
    }

    /// The profile class at a place that a lookup gives for a user of this firm.
    #[inline]
    fn class_at(&self, place: usize) -> Option<ProfileClass> {
        if self.altered.is_empty() {
            return self.classes.get(place).copied();
        }
        self.altered_class_at(place)
    }

    /// The same after changes. Not inlined, so that the loops that call it stay small.
    #[inline(never)]
    fn altered_class_at(&self, place: usize) -> Option<ProfileClass> {
        let altered = self.altered.get(place);
        altered.or_else(|| self.classes.get(place)).copied()
    }

    /// What stands in a cell.
    #[inline]
    fn cell(&self, number: u32) -> Option<DecisionCode> {
        self.cells.get(number as usize).copied()
    }

    /// The answer of a plain lookup. Rulings are counted from `first`.
    #[inline(always)]
    pub(crate) fn plain(
        &self,
        lookup: &Lookup,
        facts: u32,
        people: [u32; 2],
        first: RulingId,
    ) -> Option<DecisionCode> {
        self.found((lookup, facts), people, first, |place| {
            self.short.get(place).copied()
        })
    }

    /// The same with the profiles at the places that the lookup gives.
    #[inline(always)]
    fn found(
        &self,
        (lookup, facts): (&Lookup, u32),
        [user, target]: [u32; 2],
        first: RulingId,
        profile: impl Fn(usize) -> Option<HalfWord>,
    ) -> Option<DecisionCode> {
        // Without an expected target, it adds nothing.
        let same = user == target;
        let user = profile(lookup.profile_of(user)).map(Word::from)?;
        let target = profile(lookup.profile_of(target)).map(Word::from)?;
        let code = self
            .cell(lookup.cell(facts, same, user, target))?
            .after(first);
        Some(StandingCode::of(user, target).or(code, lookup.ground))
    }

    /// The answer of a lookup that is not plain, or not for this question. Returns `None` if there is no table, or if a target is
    /// missing or not expected. Rulings are counted from `first`.
    #[inline(never)]
    pub(crate) fn beyond(
        &self,
        (number, facts): (u32, u32),
        people: [u32; 2],
        has_target: bool,
        first: RulingId,
    ) -> Option<DecisionCode> {
        let lookup = self.lookups.get(number as usize)?;
        if !lookup.is_plain_but_altered(has_target) {
            return self.long((number, facts), people, has_target, first);
        }
        self.found((lookup, facts), people, first, |place| {
            match self.altered.get(place) {
                Some(class) => Some(class.word() as HalfWord),
                None => self.short.get(place).copied(),
            }
        })
    }

    /// The answer if a profile does not fit half a word, or if more than one word of a person is read. Returns `None` if there is
    /// no table, or if a target is missing or not expected. Rulings are counted from `first`.
    #[inline(never)]
    fn long(
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
        let class = |user| self.class_at(lookup.profile_of(user));
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
        let word = |class: ProfileClass, word: u16| self.words.word(class.place(), word);
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
