//! The people of two states of a firm, side by side.

use crate::firm::Firm;

/// The people of both states: those of the new one in its order, then those who are gone.
pub(super) struct Pairs {
    all: Vec<[Option<u32>; 2]>,
    /// By user of the old state, the user of the new one.
    pub(super) to_new: Vec<Option<u32>>,
    /// By user of the new state, the user of the old one.
    pub(super) to_old: Vec<Option<u32>>,
}

impl Pairs {
    pub(super) fn of([old, new]: [&Firm; 2]) -> Self {
        let mut to_new = vec![None; old.roster.len()];
        let mut all = Vec::with_capacity(new.roster.len());
        for user in 0..new.roster.len() as u32 {
            let before = match old.roster.id(user) == new.roster.id(user) {
                // Most stand where they stood.
                true if (user as usize) < old.roster.len() => Some(user),
                _ => old.roster.find(new.roster.id(user)),
            };
            if let Some(place) = before.and_then(|before| to_new.get_mut(before as usize)) {
                *place = Some(user);
            }
            all.push([before, Some(user)]);
        }
        let to_old = all.iter().map(|[before, _]| *before).collect();
        let gone = (0..).zip(&to_new).filter(|(_, now)| now.is_none());
        all.extend(gone.map(|(user, _)| [Some(user), None]));
        Self {
            all,
            to_new,
            to_old,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.all.len()
    }

    /// Everybody, by their number in both states.
    pub(super) fn all(&self) -> impl Iterator<Item = [Option<u32>; 2]> + '_ {
        self.all.iter().copied()
    }

    pub(super) fn get(&self, at: usize) -> Option<[Option<u32>; 2]> {
        self.all.get(at).copied()
    }

    /// Where somebody stands among all.
    pub(super) fn order(&self, [old, new]: [Option<u32>; 2]) -> (bool, Option<u32>) {
        (new.is_none(), new.or(old))
    }
}
