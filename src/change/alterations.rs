//! The alterations of one or many changes. Each thing appears once, in the order in which it was first set.

use std::collections::HashMap;

use smallvec::SmallVec;

use crate::firm::{Alteration, ThingAlteration};
use crate::link::product::{EffectId, UserPart};

/// Effects that follow from one change.
pub(crate) type Effects = SmallVec<[EffectId; 8]>;

/// The alterations of one change, with those of its effects.
pub(crate) type Alterations = SmallVec<[Alteration; 8]>;

/// Everything that follows from an accepted change.
#[derive(Debug, Default)]
pub(crate) struct Consequences {
    pub(crate) effects: Vec<EffectId>,
    pub(crate) alterations: Vec<Alteration>,
    pub(crate) things: Vec<ThingAlteration>,
}

/// Alterations of one product. Each property of a user appears once.
#[derive(Debug, Default)]
pub(super) struct AlterationSet {
    all: Alterations,
    /// The index of each thing. It is built only when there are more than a few.
    places: Option<Box<Places>>,
}

type Places = HashMap<(u32, UserPart), usize>;

impl AlterationSet {
    /// Up to this many, a linear search is faster than any index.
    const FEW: usize = 16;

    /// Sets a thing. An earlier value of the same thing is replaced in its place.
    #[inline]
    pub(super) fn set(&mut self, altered: Alteration) {
        if self.all.len() > Self::FEW {
            return self.set_indexed(altered);
        }
        let is_it = |known: &&mut Alteration| key(known) == key(&altered);
        match self.all.iter_mut().find(is_it) {
            Some(known) => known.to = altered.to,
            None => self.all.push(altered),
        }
    }

    fn set_indexed(&mut self, altered: Alteration) {
        let Self { all, places } = self;
        let places = places.get_or_insert_with(|| {
            let places = all.iter().enumerate();
            Box::new(places.map(|(place, known)| (key(known), place)).collect())
        });
        let place = *places.entry(key(&altered)).or_insert(all.len());
        match all.get_mut(place) {
            Some(known) => known.to = altered.to,
            None => all.push(altered),
        }
    }

    /// All alterations.
    pub(super) fn all(&self) -> &[Alteration] {
        &self.all
    }

    /// All alterations, by value.
    pub(super) fn into_vec(self) -> Vec<Alteration> {
        self.all.into_vec()
    }
}

#[inline]
fn key(altered: &Alteration) -> (u32, UserPart) {
    (altered.user, altered.what)
}

#[cfg(test)]
mod tests;
