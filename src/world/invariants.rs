//! The invariants of every firm, and the people that can exist under them.
//!
//! Every seat holds exactly one level, if the product has levels. Some roles have exactly one holder, who may have to
//! be enabled. This file decides whether some firm can have a user and a target with the given properties.

use super::cover::ValueSet;
use super::input::{KnownInputs, WorldInput, WorldPerson};
use crate::link::product::{Product, RoleId};

/// The invariants of every firm.
#[derive(Debug, Clone, Default)]
pub(crate) struct Invariants {
    /// Every seat holds exactly one of these, if there are any.
    pub(crate) levels: Vec<u16>,
    /// Roles that exactly one user holds, and whether that user has to be enabled.
    pub(crate) holders: Vec<(u16, bool)>,
}

/// Whether somebody can be without a role, and whether somebody can hold it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct RolePossibility {
    without: bool,
    with: bool,
}

/// The knowledge about the people in question.
struct KnownPeople<'k> {
    known: &'k KnownInputs,
    /// Whether user and target are the same person. Then everything known about one is known about the other.
    same: bool,
}

impl Invariants {
    /// The invariants of one product, in its own numbers.
    pub(crate) fn of(product: &Product) -> Self {
        Self::numbered(product, |role| role.0)
    }

    /// The invariants of one product, in other numbers.
    pub(crate) fn numbered(product: &Product, number: impl Fn(RoleId) -> u16) -> Self {
        let holders = product.single_holders();
        Self {
            levels: product.levels.iter().map(|level| number(*level)).collect(),
            holders: holders
                .map(|(role, holders)| (number(role), holders.enabled))
                .collect(),
        }
    }

    /// The invariants of two products together. Each ignores inputs that it does not know.
    pub(crate) fn and(mut self, other: &Self) -> Self {
        for level in &other.levels {
            if !self.levels.contains(level) {
                self.levels.push(*level);
            }
        }
        for (role, enabled) in &other.holders {
            match self.holders.iter_mut().find(|(known, _)| known == role) {
                Some((_, must_be)) => *must_be |= enabled,
                None => self.holders.push((*role, *enabled)),
            }
        }
        self
    }

    /// Whether exactly one user holds a role.
    pub(crate) fn is_holder(&self, role: u16) -> bool {
        self.holders.iter().any(|(holder, _)| *holder == role)
    }

    /// Whether the one user who holds a role is always enabled.
    pub(crate) fn is_of_enabled(&self, role: u16) -> bool {
        self.holders.contains(&(role, true))
    }

    /// The only value that the knowledge allows an input. `None` when several are possible.
    pub(crate) fn settled(
        &self,
        known: &mut Vec<(WorldInput, ValueSet)>,
        input: WorldInput,
        width: usize,
    ) -> Option<u16> {
        let mut possible = (0..width as u16).filter(|value| {
            known.push((input, ValueSet::of(width, [*value])));
            let can_be = self.can_be(known, true);
            known.pop();
            can_be
        });
        let only = possible.next()?;
        possible.next().is_none().then_some(only)
    }

    /// Whether some firm has such people, with an enabled user.
    pub(crate) fn can_be(&self, known: &KnownInputs, has_target: bool) -> bool {
        let same = can(known, WorldInput::SameUser);
        let alone = !has_target || same.with;
        can(known, WorldInput::Enabled(WorldPerson::User)).with
            && (alone && self.one_can_be(known, has_target)
                || has_target && same.without && self.two_can_be(known))
    }

    fn one_can_be(&self, known: &KnownInputs, same: bool) -> bool {
        let people = KnownPeople { known, same };
        let is_enabled = !same || can(known, WorldInput::Enabled(WorldPerson::Target)).with;
        let settings = known.iter().filter_map(|(var, values)| match var {
            WorldInput::Setting(WorldPerson::User, setting) => {
                Some((WorldInput::Setting(WorldPerson::Target, *setting), values))
            }
            _ => None,
        });
        let clash = |(twin, values): (WorldInput, &ValueSet)| {
            let twin = known.iter().find(|(var, _)| *var == twin);
            same && twin.is_some_and(|(_, twin)| twin.and(values).is_empty())
        };
        let mut roles = known.iter().filter_map(|(var, _)| match var {
            WorldInput::Holds(WorldPerson::User, role) => Some(*role),
            _ => None,
        });
        is_enabled
            && !settings.into_iter().any(clash)
            && roles.all(|role| people.can(WorldPerson::User, role).is_any())
            && self.any_level(|level| people.has_level(self, WorldPerson::User, level))
    }

    fn two_can_be(&self, known: &KnownInputs) -> bool {
        let people = KnownPeople { known, same: false };
        let enabled = can(known, WorldInput::Enabled(WorldPerson::Target));
        self.any_level(|of_user| {
            people.has_level(self, WorldPerson::User, of_user)
                && self.any_level(|of_target| {
                    let levels = [of_user, of_target];
                    people.has_level(self, WorldPerson::Target, of_target)
                        && (enabled.with && self.are_held(&people, levels, true)
                            || enabled.without && self.are_held(&people, levels, false))
                })
        })
    }

    /// Whether each role with a single holder can be held by at most one of the two.
    fn are_held(&self, people: &KnownPeople<'_>, levels: [Option<u16>; 2], enabled: bool) -> bool {
        let mut holders = self.holders.iter();
        holders.all(|(role, must_be_enabled)| {
            let [user, target] =
                [WorldPerson::User, WorldPerson::Target].map(|who| people.can(who, *role));
            let [user, target] = [(user, levels[0]), (target, levels[1])]
                .map(|(can, level)| self.at_level(can, *role, level));
            let of_target = target.with && (enabled || !must_be_enabled);
            target.without && user.is_any() || user.without && of_target
        })
    }

    /// The values of a role that remain for somebody with this level.
    fn at_level(&self, can: RolePossibility, role: u16, level: Option<u16>) -> RolePossibility {
        match level {
            Some(level) if self.levels.contains(&role) => RolePossibility {
                without: can.without && role != level,
                with: can.with && role == level,
            },
            _ => can,
        }
    }

    /// Whether it holds for some level, or without a level if seats have none.
    fn any_level(&self, holds: impl Fn(Option<u16>) -> bool) -> bool {
        match self.levels.as_slice() {
            [] => holds(None),
            levels => levels.iter().any(|level| holds(Some(*level))),
        }
    }
}

impl KnownPeople<'_> {
    fn can(&self, who: WorldPerson, role: u16) -> RolePossibility {
        let one = can(self.known, WorldInput::Holds(who, role));
        if !self.same {
            return one;
        }
        let other = can(self.known, WorldInput::Holds(WorldPerson::Target, role));
        RolePossibility {
            without: one.without && other.without,
            with: one.with && other.with,
        }
    }

    /// Whether somebody can hold exactly this level.
    fn has_level(&self, firms: &Invariants, who: WorldPerson, level: Option<u16>) -> bool {
        let Some(level) = level else { return true };
        firms.levels.iter().all(|other| {
            let can = self.can(who, *other);
            if *other == level {
                can.with
            } else {
                can.without
            }
        })
    }
}

impl RolePossibility {
    fn is_any(self) -> bool {
        self.with || self.without
    }
}

fn can(known: &KnownInputs, var: WorldInput) -> RolePossibility {
    let values = known.iter().find(|(known, _)| *known == var);
    let holds = |value| values.is_none_or(|(_, values)| values.contains(value));
    RolePossibility {
        without: holds(0),
        with: holds(1),
    }
}

#[cfg(test)]
mod tests;
