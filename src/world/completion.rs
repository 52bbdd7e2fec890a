//! Completes firms: from knowledge about a few people to all the smallest firms that contain them.

use crate::budget::Budget;
use crate::firm::{Seat, User};
use crate::link::product::{Product, RoleId, SettingId};
use crate::value::Value;

/// The knowledge about one person.
#[derive(Debug, Clone, Default)]
pub(crate) struct PersonSketch {
    pub(crate) enabled: Option<bool>,
    roles: Vec<(RoleId, bool)>,
    pub(crate) settings: Vec<(SettingId, Value)>,
}

/// Completes what every firm needs: a holder for each role with a single holder, and a level for everybody when seats
/// have levels.
pub(crate) struct FirmCompletion<'f> {
    pub(crate) product: &'f Product,
    /// The number of people in the completed firm.
    pub(crate) size: usize,
    pub(crate) budget: &'f Budget,
}

impl FirmCompletion<'_> {
    /// Tries the ways to complete people so that somebody holds each of these roles, until `use_people` returns something.
    pub(crate) fn holders<T>(
        &self,
        people: Vec<PersonSketch>,
        of_one: &[RoleId],
        use_people: &mut dyn FnMut(&[PersonSketch]) -> Option<T>,
    ) -> Option<T> {
        // The caller sees that the budget is used up.
        self.budget.work().ok()?;
        // The role with the fewest candidates comes first. If it has none, nothing else is tried.
        let choices = |role: &RoleId| (self.choices(&people, *role), *role);
        let next = of_one.iter().map(choices);
        let Some((choices, role)) = next.min_by_key(|(choices, _)| choices.len()) else {
            let is_full = people.len() == self.size;
            return if is_full {
                self.levels(people, use_people)
            } else {
                None
            };
        };
        let rest: Vec<RoleId> = of_one
            .iter()
            .copied()
            .filter(|other| *other != role)
            .collect();
        choices.into_iter().find_map(|number| {
            let mut people = people.clone();
            if number == people.len() {
                people.push(PersonSketch::default());
            }
            for (at, person) in people.iter_mut().enumerate() {
                person.set(role, at == number);
            }
            if self.must_be_enabled(role) {
                people.get_mut(number)?.enabled = Some(true);
            }
            self.holders(people, &rest, use_people)
        })
    }

    fn must_be_enabled(&self, role: RoleId) -> bool {
        let holders = self.product.single_holder(role);
        holders.is_some_and(|holders| holders.enabled)
    }

    /// The candidates for a role: its known holder, or else anybody who may hold it, or a new person.
    fn choices(&self, people: &[PersonSketch], role: RoleId) -> Vec<usize> {
        let knows = |known: Option<bool>| {
            let numbered = people.iter().enumerate();
            numbered
                .filter(move |(_, person)| person.knows(role) == known)
                .map(|(number, _)| number)
        };
        let mut choices: Vec<usize> = knows(Some(true)).collect();
        match choices.as_slice() {
            [] => choices.extend(knows(None)),
            [_] => {}
            _ => return Vec::new(),
        }
        let is_level = self.product.levels.contains(&role);
        let (must_be_enabled, levels) = (self.must_be_enabled(role), &self.product.levels);
        choices.retain(|number| {
            let Some(person) = people.get(*number) else {
                return false;
            };
            let other_level = |level: &RoleId| *level != role && person.knows(*level) == Some(true);
            !(must_be_enabled && person.enabled == Some(false)
                || is_level && levels.iter().any(other_level))
        });
        let is_open = knows(Some(true)).next().is_none();
        choices.extend((is_open && people.len() < self.size).then_some(people.len()));
        choices
    }

    fn levels<T>(
        &self,
        people: Vec<PersonSketch>,
        use_people: &mut dyn FnMut(&[PersonSketch]) -> Option<T>,
    ) -> Option<T> {
        self.budget.work().ok()?;
        let levels = &self.product.levels;
        let held = |person: &PersonSketch| {
            let held = levels.iter();
            held.filter(|level| person.knows(**level) == Some(true))
                .count()
        };
        if levels.is_empty() || people.iter().all(|person| held(person) == 1) {
            return use_people(&people);
        }
        if people.iter().any(|person| held(person) > 1) {
            return None;
        }
        let (number, person) = people
            .iter()
            .enumerate()
            .find(|(_, person)| held(person) == 0)?;
        let open = levels
            .iter()
            .filter(|level| person.knows(**level).is_none());
        open.into_iter().find_map(|level| {
            let mut people = people.clone();
            people.get_mut(number)?.set(*level, true);
            self.levels(people, use_people)
        })
    }
}

impl PersonSketch {
    fn knows(&self, role: RoleId) -> Option<bool> {
        let known = self.roles.iter().find(|(known, _)| *known == role);
        known.map(|(_, held)| *held)
    }

    pub(crate) fn set(&mut self, role: RoleId, held: bool) {
        match self.roles.iter_mut().find(|(known, _)| *known == role) {
            Some(known) => known.1 = held,
            None => self.roles.push((role, held)),
        }
    }

    /// The person as a user of a firm.
    pub(crate) fn user(&self, id: String, product: &Product) -> User {
        let mut seat = Seat::new(&*product.id);
        let mut held: Vec<RoleId> = self
            .roles
            .iter()
            .filter(|role| role.1)
            .map(|role| role.0)
            .collect();
        held.sort_unstable();
        for role in held {
            seat = seat.role(product.role_name(role));
        }
        for (setting, value) in &self.settings {
            if let Some(setting) = product.setting(*setting) {
                seat = seat.setting(&*setting.id, setting.domain.word(*value));
            }
        }
        let user = User::new(id).seat(seat);
        match self.enabled {
            Some(false) => user.disabled(),
            _ => user,
        }
    }
}
