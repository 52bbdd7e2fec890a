//! The users of a product as targets, kind by kind: a few are looked at one by one, all others by their profiles.

use hashbrown::{HashMap, HashSet};

use super::targets::Targets;
use crate::answer::Answer;
use crate::firm::profiles::ProfileClass;
use crate::firm::{Firm, has_seat};
use crate::rulebook::ActionHandle;

/// Everybody to whom something could be done: whoever has a seat.
pub(super) struct Crowd {
    kinds: Vec<TargetKind>,
    /// By user, the number of their kind.
    of_users: Vec<Option<u32>>,
    /// How many have a seat.
    seated: usize,
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

/// Users to whom the same may be done.
struct TargetKind {
    first: u32,
    /// The first few, as many as are ever named.
    few: Vec<u32>,
    count: usize,
}

/// Some of a crowd: the numbers of kinds, in their order. To look at a part takes as long as the part is large.
pub(super) type CrowdPart = Vec<u32>;

impl TargetKind {
    fn add(&mut self, user: u32) {
        self.count += 1;
        if self.few.len() < Targets::MOST_NAMED {
            self.few.push(user);
        }
    }
}

impl Crowd {
    /// The crowd of a product, in which each of these users is a kind of their own.
    pub(super) fn of(firm: &Firm, product: usize, singles: &[u32]) -> Self {
        let singles: HashSet<u32> = singles.iter().copied().collect();
        let mut numbers: HashMap<Option<ProfileClass>, u32> = HashMap::new();
        let mut crowd = Self {
            kinds: Vec::new(),
            of_users: Vec::with_capacity(firm.roster.len()),
            seated: 0,
        };
        for user in 0..firm.roster.len() as u32 {
            if !has_seat(firm.roster.profile(product, user)) {
                crowd.of_users.push(None);
                continue;
            }
            crowd.seated += 1;
            let next = crowd.kinds.len() as u32;
            let kind = match singles.contains(&user) {
                true => next,
                false => *numbers
                    .entry(firm.tables.class(product, user))
                    .or_insert(next),
            };
            match crowd.kinds.get_mut(kind as usize) {
                Some(kind) => kind.add(user),
                None => crowd.kinds.push(TargetKind {
                    first: user,
                    few: vec![user],
                    count: 1,
                }),
            }
            crowd.of_users.push(Some(kind));
        }
        crowd
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.seated
    }

    /// All of it.
    pub(super) fn all(&self) -> CrowdPart {
        (0..self.kinds.len() as u32).collect()
    }

    /// Only these, each of whom is a kind of their own.
    pub(super) fn only(&self, singles: &[u32]) -> CrowdPart {
        let mut part: CrowdPart = singles
            .iter()
            .filter_map(|user| self.kind_of(*user))
            .collect();
        part.sort_unstable();
        part
    }

    /// The number of the kind of somebody; none of whoever has no seat.
    pub(super) fn kind_of(&self, user: u32) -> Option<u32> {
        self.of_users.get(user as usize).copied().flatten()
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
            let target = self.kinds.get(*kind as usize).map(|kind| kind.first);
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
        let among = part
            .iter()
            .filter_map(|kind| self.kinds.get(*kind as usize));
        let among = among.map(|kind| (kind.first == user, kind.first));
        let (_, target) = among.min()?;
        let code = firm.code(action, [user, target], true)?;
        Some((target, Answer::new(&firm.rulebook, action.number, code)))
    }

    /// How many are among some.
    pub(super) fn count(&self, part: &CrowdPart) -> usize {
        let kinds = part
            .iter()
            .filter_map(|kind| self.kinds.get(*kind as usize));
        kinds.map(|kind| kind.count).sum()
    }

    /// Whoever is not among some.
    pub(super) fn others(&self, part: &CrowdPart) -> CrowdPart {
        let mut rest = part.iter().copied().peekable();
        let all = 0..self.kinds.len() as u32;
        all.filter(|kind| rest.next_if_eq(kind).is_none()).collect()
    }

    /// Ids of those who are among some, in the order of the firm, where they are few enough to be named.
    pub(super) fn named(&self, firm: &Firm, part: &CrowdPart) -> Vec<String> {
        let kinds = part
            .iter()
            .filter_map(|kind| self.kinds.get(*kind as usize));
        let mut users: Vec<u32> = kinds.flat_map(|kind| &kind.few).copied().collect();
        users.sort_unstable();
        let ids = users.iter().map(|user| firm.roster.id(*user).to_owned());
        ids.collect()
    }
}
