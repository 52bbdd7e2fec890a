//! The people of two states of a firm, side by side.

use std::sync::Arc;

use crate::firm::Firm;

/// A person by number in each state. A person in only one state has no number in the other.
pub(in crate::analyse) type Pair = [Option<u32>; 2];

/// The people of both states: those of the new one in order, followed by removed people. The position in this order
/// is a person's place.
pub(in crate::analyse) struct PeoplePairs {
    all: Vec<Pair>,
    /// By user of the old state, the user of the new one.
    pub(super) to_new: Vec<Option<u32>>,
    /// By user of the old state, the place.
    places: Vec<u32>,
}

impl PeoplePairs {
    pub(in crate::analyse) fn of([old, new]: [&Firm; 2]) -> Self {
        let mut to_new = vec![None; old.roster.len()];
        let mut all = Vec::with_capacity(new.roster.len());
        for user in 0..new.roster.len() as u32 {
            let keeps_its_position = old.roster.id(user) == new.roster.id(user);
            // Most people do.
            let before = if keeps_its_position && (user as usize) < old.roster.len() {
                Some(user)
            } else {
                old.roster.find(new.roster.id(user))
            };
            if let Some(place) = before.and_then(|before| to_new.get_mut(before as usize)) {
                *place = Some(user);
            }
            all.push([before, Some(user)]);
        }
        let mut places = Vec::with_capacity(to_new.len());
        for (user, now) in (0..).zip(&to_new) {
            places.push(now.unwrap_or(all.len() as u32));
            if now.is_none() {
                all.push([Some(user), None]);
            }
        }
        Self {
            all,
            to_new,
            places,
        }
    }

    /// The people of one state alone, the new one.
    pub(in crate::analyse) fn of_one(users: usize) -> Self {
        let all = 0..users as u32;
        Self {
            all: all.map(|user| [None, Some(user)]).collect(),
            to_new: Vec::new(),
            places: Vec::new(),
        }
    }

    pub(in crate::analyse) fn len(&self) -> usize {
        self.all.len()
    }

    /// All people, by their numbers in both states.
    pub(super) fn all(&self) -> impl Iterator<Item = Pair> + '_ {
        self.all.iter().copied()
    }

    pub(in crate::analyse) fn get(&self, place: u32) -> Option<Pair> {
        self.all.get(place as usize).copied()
    }

    /// The place of a user of the old state.
    pub(in crate::analyse) fn place_of_old(&self, user: u32) -> Option<u32> {
        self.places.get(user as usize).copied()
    }
}

/// Ids and names. Each text is stored once, however often it is used.
pub(super) struct SharedIds<'f> {
    firms: [&'f Firm; 2],
    /// By place.
    known: Vec<Option<Arc<str>>>,
}

impl<'f> SharedIds<'f> {
    pub(super) fn of(firms: [&'f Firm; 2], pairs: &PeoplePairs) -> Self {
        Self {
            firms,
            known: vec![None; pairs.len()],
        }
    }

    /// The id of the person at a place.
    pub(super) fn id(&mut self, pairs: &PeoplePairs, place: u32) -> Arc<str> {
        let (firm, user) = self.newest(pairs, place);
        match self.known.get_mut(place as usize) {
            Some(known) => Arc::clone(known.get_or_insert_with(|| firm.roster.id(user).into())),
            None => "?".into(),
        }
    }

    /// The name of the person at a place, or the id if there is none.
    pub(super) fn name(&mut self, pairs: &PeoplePairs, place: u32) -> Arc<str> {
        let (firm, user) = self.newest(pairs, place);
        let name = firm.roster.name_of(user);
        if name == firm.roster.id(user) {
            self.id(pairs, place)
        } else {
            name.into()
        }
    }

    /// The newest state in which a person exists, and their number there.
    fn newest(&self, pairs: &PeoplePairs, place: u32) -> (&'f Firm, u32) {
        let [old, new] = self.firms;
        match pairs.get(place).unwrap_or_default() {
            [_, Some(user)] => (new, user),
            [before, None] => (old, before.unwrap_or_default()),
        }
    }
}
