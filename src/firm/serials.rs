//! Serials of users: what handles hold. A serial stays with a user whoever else comes and goes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// The serials of a firm's users, by position.
#[derive(Debug, Clone)]
pub(super) struct Serials {
    /// How many users the firm began with. The serial of each of them is the position they had then.
    first: u32,
    /// So many users at the front stand where their serial says.
    in_place: u32,
    /// The serials of everybody behind them. They ascend: nobody changes places, and whoever is added comes last.
    others: Arc<Vec<u32>>,
    /// The next serial for somebody who is added. All states of a firm share it, so that no two people have one serial, even where
    /// two states come from the same one.
    next: Arc<AtomicU32>,
}

impl Serials {
    /// Serials of users who are added later. No firm has so many profiles, so that the tables never take one for a position.
    pub(super) const ADDED: u32 = 1 << 31;

    /// Of a firm that begins with so many users.
    pub(super) fn of(users: u32) -> Self {
        Self {
            first: users,
            in_place: users,
            others: Arc::default(),
            next: Arc::new(AtomicU32::new(Self::ADDED)),
        }
    }

    /// Whether everybody whom the firm began with is there, each in the same position.
    pub(super) fn are_whole(&self) -> bool {
        self.in_place == self.first
    }

    fn len(&self) -> usize {
        self.in_place as usize + self.others.len()
    }

    /// The serial of the user at a position.
    #[inline]
    pub(super) fn at(&self, position: u32) -> Option<u32> {
        match position.checked_sub(self.in_place) {
            None => Some(position),
            Some(behind) => self.others.get(behind as usize).copied(),
        }
    }

    /// The position of a serial; none where its user is not there.
    #[inline]
    pub(super) fn position(&self, serial: u32) -> Option<u32> {
        if serial < self.in_place {
            return Some(serial);
        }
        let behind = self.others.binary_search(&serial).ok()?;
        Some(self.in_place + behind as u32)
    }

    /// Gives serials to those who have been added, until there are so many users. Returns `None` where no serials are left.
    pub(super) fn admit(&mut self, users: usize) -> Option<()> {
        let more = u32::try_from(users.saturating_sub(self.len())).ok()?;
        if more > 0 {
            let after = |next: u32| next.checked_add(more);
            let relaxed = Ordering::Relaxed;
            let next = self.next.fetch_update(relaxed, relaxed, after).ok()?;
            Arc::make_mut(&mut self.others).extend(next..next + more);
        }
        Some(())
    }

    /// The same without the users at these positions, which ascend.
    pub(super) fn without(&self, removed: &[u32]) -> Self {
        let first_gap = removed.first().copied().unwrap_or(self.in_place);
        let in_place = first_gap.min(self.in_place);
        let behind = in_place..self.len() as u32;
        let stays = |position: &u32| removed.binary_search(position).is_err();
        let others = behind
            .filter(stays)
            .filter_map(|position| self.at(position));
        Self {
            in_place,
            others: Arc::new(others.collect()),
            ..self.clone()
        }
    }
}
