//! Small firms of some people of a large one, which decide as the large one does about them.

use std::sync::{Arc, OnceLock};

use super::{DecisionTables, Firm, Roster, StateStamp};
use crate::explore::layout::Word;
use crate::link::product::RoleId;

impl Firm {
    /// A firm of these users alone, numbered in this order, with the same readings. Each user stands there once. It has neither
    /// groups nor things, and nothing in it ends.
    pub(crate) fn excerpt(&self, users: &[u32]) -> Self {
        let people = users.iter().map(|user| {
            let products = 0..self.rulebook.compiled().len();
            let words = products.flat_map(|product| self.roster.profile(product, *user));
            (self.roster.id(*user).to_owned(), words.copied().collect())
        });
        let mut firm = self.of_people(people);
        let roster = firm.roster_mut();
        roster.share_conflicts(&self.roster);
        for (product, compiled) in self.rulebook.compiled().iter().enumerate() {
            for role in (0..compiled.product.roles.len()).map(RoleId::from) {
                let holder = self.roster.holder(product, role);
                let place = users.iter().position(|user| Some(*user) == holder);
                if let Some(place) = place {
                    roster.set_holder(product, role, place as u32);
                }
            }
        }
        firm
    }

    /// A firm of people with these profiles: of all products, one after the other. Nobody is known to hold a role alone.
    pub(crate) fn of_people(&self, people: impl IntoIterator<Item = (String, Vec<Word>)>) -> Self {
        let mut roster = Roster::new(&self.rulebook, self.name());
        for (id, words) in people {
            // Ids differ, so that nobody is left out.
            let _ = roster.add(&id, None, &words);
        }
        let tables = DecisionTables::new(&self.rulebook, &mut roster, &self.readings);
        Self {
            rulebook: self.rulebook.clone(),
            roster: Arc::new(roster),
            things: Arc::default(),
            ends: Arc::default(),
            readings: Arc::clone(&self.readings),
            tables,
            state: StateStamp::next(),
            digest: OnceLock::new(),
        }
    }

    /// The firm with somebody else as the one who holds a role, whatever profiles say.
    pub(crate) fn with_holder(mut self, product: usize, role: RoleId, user: u32) -> Self {
        self.roster_mut().set_holder(product, role, user);
        self
    }
}
