//! What has to be true of every firm, and which people there can be by it.
//!
//! Every seat holds exactly one level, where the product has levels. Some roles have exactly one holder, who may have to be enabled.
//! Whatever is known of a user and a target, here stands whether some firm has them.

use super::cover::ValueSet;
use super::input::{KnownInputs, WorldInput, WorldPerson};
use crate::link::product::{Product, RoleId};

/// What has to be true of every firm.
#[derive(Debug, Clone, Default)]
pub(crate) struct Invariants {
    /// Every seat holds exactly one of these, where there are any.
    pub(crate) levels: Vec<u16>,
    /// Exactly one holds each of these; whether that has to be somebody enabled.
    pub(crate) holders: Vec<(u16, bool)>,
}

/// Whether somebody can be without a role, and with it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct RolePossibility {
    without: bool,
    with: bool,
}

/// What is known of the people in question.
struct KnownPeople<'k> {
    known: &'k KnownInputs,
    /// Whether user and target are one, so that what is known of the one is known of the other.
    same: bool,
}

impl Invariants {
    /// Those of one product, in its own numbers.
    pub(crate) fn of(product: &Product) -> Self {
        Self::numbered(product, |role| role.0)
    }

    /// Those of one product, in other numbers.
    pub(crate) fn numbered(product: &Product, number: impl Fn(RoleId) -> u16) -> Self {
        let holders = product.single_holders();
        Self {
            levels: product.levels.iter().map(|level| number(*level)).collect(),
            holders: holders
                .map(|(role, holders)| (number(role), holders.enabled))
                .collect(),
        }
    }

    /// What has to be true by both of two, each leaving aside what it does not know.
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

    /// Whether exactly one holds a role.
    pub(crate) fn is_holder(&self, role: u16) -> bool {
        self.holders.iter().any(|(holder, _)| *holder == role)
    }

    /// The only value that an input can have by what is known; none where it can have several.
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

    /// Whether some firm has people of whom this is known, with a user who is enabled.
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

    /// Whether each role that one person holds can be held by one of the two at most.
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

    /// What is left of a role to somebody of a level.
    fn at_level(&self, can: RolePossibility, role: u16, level: Option<u16>) -> RolePossibility {
        match level {
            Some(level) if self.levels.contains(&role) => RolePossibility {
                without: can.without && role != level,
                with: can.with && role == level,
            },
            _ => can,
        }
    }

    /// Whether it holds for some level, or without one where seats have none.
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

    /// Whether somebody can hold this level and no other.
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
