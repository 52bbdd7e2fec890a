//! The users of a product as targets, kind by kind. A few users are evaluated one by one, all others by their
//! profiles.

use crate::answer::Answer;
use crate::firm::Firm;
use crate::rulebook::ActionHandle;
use crate::world::kinds::UserKinds;

/// All possible targets: the users with a seat.
pub(super) struct Crowd {
    pub(super) kinds: UserKinds,
}

#[cfg(test)]
thread_local! {
    /// The number of kinds evaluated as targets. Tests bound how it grows.
    static LOOKS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// The number of kinds evaluated since the last call.
#[cfg(test)]
pub(super) fn taken_looks() -> u64 {
    LOOKS.take()
}

/// A part of the crowd: the numbers of kinds, in order. Evaluating it takes time in proportion to its size.
pub(super) type CrowdPart = Vec<u32>;

impl Crowd {
    /// The crowd of a product, in which each of these users is a kind of their own.
    pub(super) fn of(firm: &Firm, product: usize, singles: &[u32]) -> Self {
        let kinds = UserKinds::seated(firm, product, singles);
        Self { kinds }
    }

    /// The whole crowd.
    pub(super) fn all(&self) -> CrowdPart {
        self.kinds.numbers().collect()
    }

    /// Only these users, each of whom is a kind of their own.
    pub(super) fn only(&self, singles: &[u32]) -> CrowdPart {
        let kinds = singles.iter().filter_map(|user| self.kind_of(*user));
        let mut part: CrowdPart = kinds.collect();
        part.sort_unstable();
        part
    }

    /// The number of a user's kind. `None` for users without a seat.
    pub(super) fn kind_of(&self, user: u32) -> Option<u32> {
        self.kinds.of_user(user)
    }

    /// The kinds of a part on which a user may do an action.
    pub(super) fn allowed(
        &self,
        firm: &Firm,
        action: &ActionHandle,
        user: u32,
        among: &CrowdPart,
    ) -> CrowdPart {
        #[cfg(test)]
        LOOKS.set(LOOKS.get() + among.len() as u64);
        let is_allowed = |kind: &u32| {
            let target = self.kinds.first(*kind);
            let code = target.and_then(|target| firm.code(action, [user, target], true));
            code.is_some_and(|code| code.is_allowed())
        };
        among.iter().copied().filter(is_allowed).collect()
    }

    /// The first target of a part and the answer about it. Anybody else comes before the user.
    pub(super) fn first<'f>(
        &self,
        firm: &'f Firm,
        action: &ActionHandle,
        user: u32,
        part: &CrowdPart,
    ) -> Option<(u32, Answer<'f>)> {
        let among = part.iter().filter_map(|kind| self.kinds.first(*kind));
        let (_, target) = among.map(|first| (first == user, first)).min()?;
        let answer = firm.answer_of(action, [user, target], true).ok()?;
        Some((target, answer))
    }

    /// The number of users in a part.
    pub(super) fn count(&self, part: &CrowdPart) -> usize {
        part.iter()
            .map(|kind| self.kinds.members(*kind).len())
            .sum()
    }

    /// The kinds that are not in a part.
    pub(super) fn others(&self, part: &CrowdPart) -> CrowdPart {
        let mut rest = part.iter().copied().peekable();
        let all = self.kinds.numbers();
        all.filter(|kind| rest.next_if_eq(kind).is_none()).collect()
    }

    /// Ids of the first few users of each kind in a part, in the order of the firm. A part small enough to be named is
    /// listed completely.
    pub(super) fn named(&self, firm: &Firm, part: &CrowdPart, most: usize) -> Vec<String> {
        let first = |kind: &u32| self.kinds.members(*kind).iter().take(most);
        let mut users: Vec<u32> = part.iter().flat_map(first).copied().collect();
        users.sort_unstable();
        let ids = users.iter().map(|user| firm.roster.id(*user).to_owned());
        ids.collect()
    }
}
