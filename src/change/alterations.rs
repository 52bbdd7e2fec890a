//! What one change or many alter: each thing once, in the order in which it was first set.

use std::collections::HashMap;

use super::judge::Alterations;
use crate::firm::{Alteration, What};

/// Alterations of one product, in which each thing about each user stands once.
#[derive(Debug, Default)]
pub(super) struct AlterationSet {
    all: Alterations,
    /// Where each thing stands, from the moment that there are more than a few.
    places: Option<HashMap<(u32, What), usize>>,
}

impl AlterationSet {
    /// So many are looked through faster than any index is made.
    const FEW: usize = 16;

    /// Sets a thing; what was set before gives way, in its place.
    pub(super) fn set(&mut self, altered: Alteration) {
        let place = self.place(altered.user, altered.what);
        match place.and_then(|place| self.all.get_mut(place)) {
            Some(known) => known.to = altered.to,
            None => self.add(altered),
        }
    }

    fn place(&self, user: u32, what: What) -> Option<usize> {
        if let Some(places) = &self.places {
            return places.get(&(user, what)).copied();
        }
        let is_it = |known: &Alteration| known.user == user && known.what == what;
        self.all.iter().position(is_it)
    }

    fn add(&mut self, altered: Alteration) {
        self.all.push(altered);
        let key = |known: &Alteration| (known.user, known.what);
        let place_of = |(place, known)| (key(known), place);
        match &mut self.places {
            Some(places) => _ = places.insert(key(&altered), self.all.len() - 1),
            None if self.all.len() <= Self::FEW => {}
            None => self.places = Some(self.all.iter().enumerate().map(place_of).collect()),
        }
    }

    /// All of them.
    pub(super) fn all(&self) -> &[Alteration] {
        &self.all
    }

    /// All of them, to keep.
    pub(super) fn into_vec(self) -> Vec<Alteration> {
        self.all.into_vec()
    }
}

#[cfg(test)]
mod tests;
