//! The users of a product as targets, kind by kind: a few are looked at one by one, all others by their profiles.

use hashbrown::HashMap;

use crate::answer::Answer;
use crate::firm::profiles::Class;
use crate::firm::{Firm, has_seat};
use crate::rulebook::ActionHandle;

/// Everybody to whom something could be done: whoever has a seat.
pub(super) struct Crowd {
    /// The first user of each kind.
    kinds: Vec<u32>,
    /// By user, the number of their kind.
    of_users: Vec<Option<u32>>,
    /// How many have a seat.
    seated: usize,
}

/// Some of a crowd: by kind, whether it is among them.
pub(super) type Part = Vec<bool>;

impl Crowd {
    /// The crowd of a product, in which each of these users is a kind of their own.
    pub(super) fn of(firm: &Firm, product: usize, singles: &[u32]) -> Self {
        let mut numbers: HashMap<Option<Class>, u32> = HashMap::new();
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
                    .entry(firm.desk.class(product, user))
                    .or_insert(next),
            };
            if kind == next {
                crowd.kinds.push(user);
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
    pub(super) fn all(&self) -> Part {
        vec![true; self.kinds.len()]
    }

    /// Only these, each of whom is a kind of their own.
    pub(super) fn only(&self, singles: &[u32]) -> Part {
        let kinds = self.kinds.iter();
        kinds.map(|kind| singles.contains(kind)).collect()
    }

    /// To whom a user may do an action.
    pub(super) fn allowed(&self, firm: &Firm, action: &ActionHandle, user: u32) -> Part {
        let code = |target: &u32| firm.code(action, [user, *target], true);
        let kinds = self.kinds.iter();
        kinds
            .map(|target| code(target).is_some_and(|code| code.is_allowed()))
            .collect()
    }

    /// The first target among some, others before the user, and the answer about it.
    pub(super) fn first<'f>(
        &self,
        firm: &'f Firm,
        action: &ActionHandle,
        user: u32,
        part: &Part,
    ) -> Option<(u32, Answer<'f>)> {
        let among = self.kinds.iter().zip(part).filter(|(_, is)| **is);
        let (_, target) = among.map(|(target, _)| (*target == user, *target)).min()?;
        let code = firm.code(action, [user, target], true)?;
        Some((target, Answer::new(&firm.rulebook, action.number, code)))
    }

    /// Those who are among some, in the order of the firm.
    pub(super) fn members<'c>(&'c self, part: &'c Part) -> impl Iterator<Item = u32> + 'c {
        let is_among = |kind: u32| part.get(kind as usize) == Some(&true);
        let users = (0..).zip(&self.of_users);
        users
            .filter(move |(_, kind)| kind.is_some_and(is_among))
            .map(|(user, _)| user)
    }
}
