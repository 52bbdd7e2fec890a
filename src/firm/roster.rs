//! The people of a firm: names beside packed profiles.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::ops::ControlFlow;
use std::sync::Arc;

use super::profile;
use super::profiles::{ProfileClass, Profiles};
use super::serials::Serials;
use super::texts::{DistinctTexts, NumberedTexts};
use crate::explore::layout::Word;
use crate::link::product::{Conflict, RoleId, UserPart};
use crate::name::nearest::KnownName;
use crate::rulebook::{Rulebook, next_stamp};
use crate::value::Value;

/// Everybody in a firm, numbered. What decisions touch stands apart from names.
#[derive(Clone)]
pub(crate) struct Roster {
    /// Distinguishes handles of different rosters. A changed roster keeps its stamp, and everybody keeps their serial.
    stamp: NonZeroU32,
    people: Arc<RosterPeople>,
    /// What handles hold; none before the first users are settled.
    serials: Option<Serials>,
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
            serials: None,
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

    /// Puts everybody where they are read fastest, in time that grows with the firm. Whoever was added gets a serial.
    pub(super) fn settle(&mut self) {
        let users = self.len();
        let admitted = self.serials.as_mut().map(|serials| serials.admit(users));
        if admitted.flatten().is_none() {
            // A new firm; or all serials are used up, and handles from before are foreign.
            if self.serials.is_some() {
                self.stamp = next_stamp();
            }
            self.serials = Some(Serials::of(users as u32));
        }
        self.profiles.settle();
    }

    /// The profiles of everybody, packed.
    pub(super) fn packed(&self) -> &Profiles {
        &self.profiles
    }

    /// The stamp of handles whose serials are positions: those of users whom the firm began with, while all of them are there.
    pub(super) fn stamp_of_positions(&self) -> NonZeroU32 {
        let serials = self.serials.as_ref();
        if serials.is_none_or(Serials::are_whole) {
            self.stamp
        } else {
            // Nobody's handle bears this one.
            next_stamp()
        }
    }

    /// What a handle of the user at a position holds.
    #[inline]
    pub(super) fn serial(&self, position: u32) -> Option<u32> {
        self.serials.as_ref()?.at(position)
    }

    /// The position of the user whose handle holds this serial; none where they are not there.
    #[inline]
    pub(super) fn position(&self, serial: u32) -> Option<u32> {
        self.serials.as_ref()?.position(serial)
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

    /// Gives a user other profiles, of all products one after the other.
    pub(super) fn replace(&mut self, user: u32, words: &[Word]) {
        self.profiles.replace(user, words);
    }

    /// Gives users other names.
    pub(super) fn rename(&mut self, names: &BTreeMap<u32, String>) {
        if names.is_empty() {
            return;
        }
        let people = Arc::make_mut(&mut self.people);
        let mut all = NumberedTexts::default();
        for (number, (id, known)) in (0..).zip(people.ids.texts().iter().zip(people.names.iter())) {
            let name = names.get(&number).map_or(known, String::as_str);
            all.push(if name == id { "" } else { name });
        }
        people.names = all;
    }

    /// Removes the users at these positions, which ascend. Nobody is known any more to hold a role alone.
    pub(super) fn remove(&mut self, removed: &[u32]) {
        self.profiles.remove(removed);
        if removed.is_empty() {
            return;
        }
        self.serials = self
            .serials
            .as_ref()
            .map(|serials| serials.without(removed));
        let mut people = RosterPeople {
            firm: self.people.firm.clone(),
            conflicts: self.people.conflicts.clone(),
            ..RosterPeople::default()
        };
        let known = self.people.ids.texts().iter().zip(self.people.names.iter());
        for (position, (id, name)) in (0..).zip(known) {
            if removed.binary_search(&position).is_err() && people.ids.push(id).is_ok() {
                people.names.push(name);
            }
        }
        self.people = Arc::new(people);
    }

    /// Whether everybody has the same id, name and profiles as in another roster under the same rules, in the same order, and the
    /// firm has the same name.
    pub(super) fn is_equal(&self, other: &Self) -> bool {
        let (people, others) = (&self.people, &other.people);
        let users = 0..self.len() as u32;
        let products = self.profiles.products();
        self.len() == other.len()
            && people.firm == others.firm
            && people.ids.texts().iter().eq(others.ids.texts().iter())
            && people.names.iter().eq(others.names.iter())
            && users.into_iter().all(|user| {
                (0..products)
                    .all(|product| self.profile(product, user) == other.profile(product, user))
            })
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
