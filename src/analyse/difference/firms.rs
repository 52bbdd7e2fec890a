//! Which firms there can be: what both rulebooks say of every firm, each leaving aside what it does not know.

use super::joint::{JointInput, JointPerson, JointProduct};
use crate::explore::compile::CompiledProduct;
use crate::link::product::RoleId;
use crate::world::cover::ValueSet;

/// What is known: the values that some variables may have.
pub(super) type KnownInputs = [(JointInput, ValueSet)];

/// What has to be true of every firm.
pub(super) struct FirmConstraints {
    /// Every seat holds exactly one of these, where there are any.
    pub(super) levels: Vec<u16>,
    /// Exactly one holds each of these; whether that has to be somebody enabled.
    pub(super) holders: Vec<(u16, bool)>,
    /// By side, the levels of a seat that it does not know: nobody is like that there.
    pub(super) strange: [Vec<u16>; 2],
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

impl FirmConstraints {
    pub(super) fn of(joint: &JointProduct<'_>) -> Self {
        let levels_of = |side: usize| -> Vec<u16> {
            let levels = joint.side(side).map(|compiled| &compiled.product.levels);
            let levels = levels.into_iter().flatten();
            levels.map(|level| number(joint, side, *level)).collect()
        };
        let [old, new] = [0, 1].map(levels_of);
        let beyond = |known: &[u16], other: &[u16]| -> Vec<u16> {
            let strange = other.iter().filter(|level| !known.contains(level));
            strange.filter(|_| !known.is_empty()).copied().collect()
        };
        let strange = [beyond(&old, &new), beyond(&new, &old)];
        let mut levels = new;
        levels.extend(
            old.into_iter()
                .filter(|level| !levels.contains(level))
                .collect::<Vec<_>>(),
        );
        let mut holders: Vec<(u16, bool)> = Vec::new();
        for side in [1, 0] {
            for (role, enabled) in joint.side(side).map(held_by_one).unwrap_or_default() {
                let role = number(joint, side, role);
                match holders.iter_mut().find(|(known, _)| *known == role) {
                    Some((_, must_be)) => *must_be |= enabled,
                    None => holders.push((role, enabled)),
                }
            }
        }
        Self {
            levels,
            holders,
            strange,
        }
    }

    pub(super) fn is_holder(&self, role: u16) -> bool {
        self.holders.iter().any(|(holder, _)| *holder == role)
    }

    /// Whether some firm has people of whom this is known, with a user who is enabled.
    pub(super) fn can_be(&self, known: &KnownInputs, has_target: bool) -> bool {
        let same = can(known, JointInput::SameUser);
        let alone = !has_target || same.with;
        alone && self.one_can_be(known, has_target)
            || has_target && same.without && self.two_can_be(known)
    }

    fn one_can_be(&self, known: &KnownInputs, same: bool) -> bool {
        let people = KnownPeople { known, same };
        let is_enabled = !same || can(known, JointInput::Enabled(JointPerson::Target)).with;
        let settings = known.iter().filter_map(|(var, values)| match var {
            JointInput::Setting(JointPerson::User, setting) => {
                Some((JointInput::Setting(JointPerson::Target, *setting), values))
            }
            _ => None,
        });
        let clash = |(twin, values): (JointInput, &ValueSet)| {
            let twin = known.iter().find(|(var, _)| *var == twin);
            same && twin.is_some_and(|(_, twin)| twin.and(values).is_empty())
        };
        let mut roles = known.iter().filter_map(|(var, _)| match var {
            JointInput::Holds(JointPerson::User, role) => Some(*role),
            _ => None,
        });
        is_enabled
            && !settings.into_iter().any(clash)
            && roles.all(|role| people.can(JointPerson::User, role).is_any())
            && self.any_level(|level| people.has_level(self, JointPerson::User, level))
    }

    fn two_can_be(&self, known: &KnownInputs) -> bool {
        let people = KnownPeople { known, same: false };
        let enabled = can(known, JointInput::Enabled(JointPerson::Target));
        self.any_level(|of_user| {
            people.has_level(self, JointPerson::User, of_user)
                && self.any_level(|of_target| {
                    let levels = [of_user, of_target];
                    people.has_level(self, JointPerson::Target, of_target)
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
                [JointPerson::User, JointPerson::Target].map(|who| people.can(who, *role));
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
    fn can(&self, who: JointPerson, role: u16) -> RolePossibility {
        let one = can(self.known, JointInput::Holds(who, role));
        if !self.same {
            return one;
        }
        let other = can(self.known, JointInput::Holds(JointPerson::Target, role));
        RolePossibility {
            without: one.without && other.without,
            with: one.with && other.with,
        }
    }

    /// Whether somebody can hold this level and no other.
    fn has_level(&self, firms: &FirmConstraints, who: JointPerson, level: Option<u16>) -> bool {
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

fn can(known: &KnownInputs, var: JointInput) -> RolePossibility {
    let values = known.iter().find(|(known, _)| *known == var);
    let holds = |value| values.is_none_or(|(_, values)| values.contains(value));
    RolePossibility {
        without: holds(0),
        with: holds(1),
    }
}

fn number(joint: &JointProduct<'_>, side: usize, role: RoleId) -> u16 {
    let from = joint.roles.from.get(side);
    let number = from.and_then(|from| from.get(role.index()));
    number.copied().unwrap_or_default()
}

fn held_by_one(compiled: &CompiledProduct) -> Vec<(RoleId, bool)> {
    let roles = compiled.product.roles.iter().enumerate();
    let held = roles.filter_map(|(number, role)| {
        let holders = role.holders.as_ref()?;
        Some((RoleId::from(number), holders.enabled))
    });
    held.collect()
}
