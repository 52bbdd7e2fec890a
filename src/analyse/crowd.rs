//! The users of a product as targets, kind by kind: a few are looked at one by one, all others by their profiles.

use super::targets::Targets;
use crate::answer::Answer;
use crate::firm::Firm;
use crate::rulebook::ActionHandle;
use crate::world::kinds::UserKinds;

/// Everybody to whom something could be done: whoever has a seat.
pub(super) struct Crowd {
    kinds: UserKinds,
}

#[cfg(test)]
thread_local! {
    /// How many kinds have been looked at as targets: growth is held by counts.
    static LOOKS: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// How many kinds have been looked at since this was last asked.
#[cfg(test)]
pub(super) fn taken_looks() -> u64 {
    LOOKS.take()
}

/// Some of a crowd: the numbers of kinds, in their order. To look at a part takes as long as the part is large.
pub(super) type CrowdPart = Vec<u32>;

impl Crowd {
    /// The crowd of a product, in which each of these users is a kind of their own.
    pub(super) fn of(firm: &Firm, product: usize, singles: &[u32]) -> Self {
        let kinds = UserKinds::seated(firm, product, singles);
        Self { kinds }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.kinds.users()
    }

    /// All of it.
    pub(super) fn all(&self) -> CrowdPart {
        self.kinds.numbers().collect()
    }

    /// Only these, each of whom is a kind of their own.
    pub(super) fn only(&self, singles: &[u32]) -> CrowdPart {
        let kinds = singles.iter().filter_map(|user| self.kind_of(*user));
        let mut part: CrowdPart = kinds.collect();
        part.sort_unstable();
        part
    }

    /// The number of the kind of somebody; none of whoever has no seat.
    pub(super) fn kind_of(&self, user: u32) -> Option<u32> {
        self.kinds.of_user(user)
    }

    /// To whom among some a user may do an action.
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

    /// The first target among some, others before the user, and the answer about it.
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

    /// How many are among some.
    pub(super) fn count(&self, part: &CrowdPart) -> usize {
        part.iter()
            .map(|kind| self.kinds.members(*kind).len())
            .sum()
    }

    /// Whoever is not among some.
    pub(super) fn others(&self, part: &CrowdPart) -> CrowdPart {
        let mut rest = part.iter().copied().peekable();
        let all = self.kinds.numbers();
        all.filter(|kind| rest.next_if_eq(kind).is_none()).collect()
    }

    /// Ids of the first few of each kind among some, in the order of the firm: of all, where they are few enough to be named.
    pub(super) fn named(&self, firm: &Firm, part: &CrowdPart) -> Vec<String> {
        let first = |kind: &u32| self.kinds.members(*kind).iter().take(Targets::MOST_NAMED);
        let mut users: Vec<u32> = part.iter().flat_map(first).copied().collect();
        users.sort_unstable();
        let ids = users.iter().map(|user| firm.roster.id(*user).to_owned());
        ids.collect()
    }
}
