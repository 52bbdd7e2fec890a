//! The people of a firm: names beside packed profiles.

use std::num::NonZeroU32;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::profile;
use super::profiles::{ProfileClass, Profiles};
use super::texts::{DistinctTexts, NumberedTexts};
use crate::explore::layout::Word;
use crate::link::product::{Conflict, RoleId, UserPart};
use crate::name::nearest::KnownName;
use crate::rulebook::{Rulebook, next_stamp};
use crate::value::Value;

/// Everybody in a firm, numbered. What decisions touch stands apart from names.
#[derive(Clone)]
pub(crate) struct Roster {
    /// Distinguishes handles of different rosters. A changed roster keeps its stamp and its numbers.
    stamp: NonZeroU32,
    people: Arc<RosterPeople>,
    profiles: Profiles,
}

/// What no permission change touches.
#[derive(Debug, Clone, Default)]
struct RosterPeople {
    firm: String,
    ids: DistinctTexts,
    /// Names for people to read; empty where the id stands for it.
    names: NumberedTexts,
    /// The firm's own conflicts, each with the number of its product.
    conflicts: Vec<(usize, Conflict)>,
}

/// Users of one firm: numbers of users are 32 bits wide.
pub(super) const MOST_USERS: usize = 100_000_000;

/// One thing that changed about one user.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Alteration {
    pub(crate) product: usize,
    pub(crate) user: u32,
    pub(crate) what: UserPart,
    pub(crate) to: Value,
}

impl Roster {
    pub(crate) fn new(rulebook: &Rulebook, name: &str) -> Self {
        let people = RosterPeople {
            firm: name.to_owned(),
            ..RosterPeople::default()
        };
        let products = rulebook.compiled().iter();
        Self {
            stamp: next_stamp(),
            people: Arc::new(people),
            profiles: Profiles::new(products.map(|compiled| compiled.layout.words())),
        }
    }

    /// Adds a user, and returns the number; the first number when the id is taken. `words` are the profiles of all
    /// products, one after the other.
    pub(super) fn add(&mut self, id: &str, name: Option<&str>, words: &[Word]) -> Result<u32, u32> {
        let people = Arc::make_mut(&mut self.people);
        let number = people.ids.push(id)?;
        people
            .names
            .push(name.filter(|name| *name != id).unwrap_or_default());
        self.profiles.push(words);
        Ok(number)
    }

    /// Makes room for so many users.
    pub(super) fn expect(&mut self, users: usize) {
        let more = users.saturating_sub(self.len());
        let people = Arc::make_mut(&mut self.people);
        people.ids.expect(more);
        people.names.expect(more);
        self.profiles.expect(more);
    }

    /// Whether there may be no room for another user.
    pub(super) fn is_full(&self) -> bool {
        self.len() >= MOST_USERS || self.profiles.are_full()
    }

    pub(super) fn set_name(&mut self, name: &str) {
        name.clone_into(&mut Arc::make_mut(&mut self.people).firm);
    }

    pub(super) fn set_conflicts(&mut self, conflicts: Vec<(usize, Conflict)>) {
        Arc::make_mut(&mut self.people).conflicts = conflicts;
    }

    /// Takes over the conflicts of another roster.
    pub(super) fn share_conflicts(&mut self, other: &Self) {
        if !other.people.conflicts.is_empty() {
            self.set_conflicts(other.people.conflicts.clone());
        }
    }

    /// The firm's own conflicts in a product.
    pub(crate) fn conflicts(&self, product: usize) -> impl Iterator<Item = &Conflict> {
        let own = self.people.conflicts.iter();
        own.filter(move |(of, _)| *of == product)
            .map(|(_, conflict)| conflict)
    }

    pub(super) fn set_holder(&mut self, product: usize, role: RoleId, user: u32) {
        self.profiles.set_holder(product, role, user);
    }

    #[inline]
    pub(crate) fn stamp(&self) -> NonZeroU32 {
        self.stamp
    }

    pub(crate) fn len(&self) -> usize {
        self.people.ids.texts().len()
    }

    pub(crate) fn name(&self) -> &str {
        &self.people.firm
    }

    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.people.ids.texts().iter()
    }

    /// The ids of all users, to find the one that is meant by a word that is none. Where it reads like the name of a
    /// person, the names stand for the ids too.
    pub(crate) fn known_ids(&self, word: &str) -> KnownName {
        let people = Arc::clone(&self.people);
        let is_name = word.contains(|letter: char| letter.is_whitespace() || letter.is_uppercase());
        if !is_name {
            return KnownName::new(move |look| people.ids.texts().iter().try_for_each(look));
        }
        KnownName::standing_for(move |look| {
            (0..)
                .zip(people.ids.texts().iter())
                .try_for_each(|(user, id)| {
                    look(id, id)?;
                    match people.names.get(user) {
                        Some(name) if !name.is_empty() => look(name, id),
                        _ => ControlFlow::Continue(()),
                    }
                })
        })
    }

    pub(crate) fn id(&self, user: u32) -> &str {
        self.people.ids.texts().get(user).unwrap_or("?")
    }

    /// The name of a user; the id stands for it where there is none.
    pub(crate) fn name_of(&self, user: u32) -> &str {
        let name = self.people.names.get(user);
        name.filter(|name| !name.is_empty())
            .unwrap_or_else(|| self.id(user))
    }

    pub(crate) fn find(&self, id: &str) -> Option<u32> {
        self.people.ids.find(id)
    }

    /// The classes of everybody, by product and for each product by user, and the words that they have the places of.
    pub(super) fn settled(&mut self) -> (Arc<[ProfileClass]>, Arc<Vec<Word>>) {
        self.profiles.settled()
    }

    /// What a user is in a product; no words for a number that was never given out, which is no seat.
    pub(crate) fn profile(&self, product: usize, user: u32) -> &[Word] {
        self.profiles.of(product, user)
    }

    /// Whether a user has this id and, in all products one after the other, these profiles.
    pub(crate) fn is(&self, user: u32, id: &str, words: &[Word]) -> bool {
        self.people.ids.texts().get(user) == Some(id) && self.profiles.are(user, words)
    }

    /// What a user is in a product, as changes have left them: equal for those whose profiles are equal. None for a number
    /// that was never given out.
    pub(crate) fn class(&self, product: usize, user: u32) -> Option<ProfileClass> {
        self.profiles.class(product, user).copied()
    }

    /// The user who holds a role that exactly one user holds.
    pub(crate) fn holder(&self, product: usize, role: RoleId) -> Option<u32> {
        self.profiles.holder(product, role)
    }

    pub(super) fn alter(&mut self, rulebook: &Rulebook, alterations: &[Alteration]) {
        for alteration in alterations {
            self.alter_one(rulebook, *alteration);
        }
    }

    /// Alters one thing; nothing where there is no such product or user.
    fn alter_one(&mut self, rulebook: &Rulebook, alteration: Alteration) -> Option<()> {
        let Alteration {
            product,
            user,
            what,
            to,
        } = alteration;
        let compiled = rulebook.product(product)?;
        let mut words = self.profiles.of(product, user).to_vec();
        compiled.layout.part(what).write(&mut words, to);
        if let UserPart::Role(role) = what
            && to.is_yes()
            && compiled.product.single_holder(role).is_some()
        {
            self.profiles.set_holder(product, role, user);
        }
        self.profiles.set(product, user, &words);
        Some(())
    }

    /// Every user with their profile in a product.
    pub(crate) fn profiles(&self, product: usize) -> impl Iterator<Item = (u32, &[Word])> {
        (0..self.len() as u32).map(move |user| (user, self.profile(product, user)))
    }

    /// Whether anybody has a seat in a product.
    pub(super) fn has_seats(&self, product: usize) -> bool {
        self.profiles(product)
            .any(|(_, words)| profile::has_seat(words))
    }
}
