//! Firms for a path: every firm of as few people as can be in which the answers are those of the path.

use super::search::ProofSubject;
use super::state::{ProofInput, ProofPerson};
use crate::budget::Budget;
use crate::firm::{Firm, Seat, User};
use crate::link::product::{Product, ReadingId, RoleId, SettingId};
use crate::rulebook::Rulebook;
use crate::value::Value;

/// What is known of one person.
#[derive(Debug, Clone, Default)]
struct PersonSketch {
    enabled: Option<bool>,
    roles: Vec<(RoleId, bool)>,
    settings: Vec<(SettingId, Value)>,
}

/// What is known at the end of a path.
pub(super) struct PathKnowledge<'k> {
    pub(super) answers: &'k [(ProofInput, Value)],
    pub(super) people: &'k [ProofPerson],
    /// What the one who is somebody else holds, and whether they are enabled for it.
    pub(super) other: Option<(RoleId, bool)>,
}

/// The id of somebody, in the order in which they came in.
pub(super) fn id_of(who: ProofPerson, people: &[ProofPerson]) -> String {
    let number = |is: fn(&ProofPerson) -> bool| {
        let mut alike = people.iter().filter(|other| is(other));
        alike.position(|other| *other == who).map_or(1, |at| at + 1)
    };
    let numbered = |word: &str, number: usize| match number {
        1 => word.to_owned(),
        _ => format!("{word}{number}"),
    };
    match who {
        ProofPerson::User => "user".to_owned(),
        ProofPerson::Target(_) => numbered(
            "target",
            number(|who| matches!(who, ProofPerson::Target(_))),
        ),
        ProofPerson::Holder(_) => numbered(
            "holder",
            number(|who| matches!(who, ProofPerson::Holder(_))),
        ),
        ProofPerson::Other => "other".to_owned(),
    }
}

impl PathKnowledge<'_> {
    /// Goes through the firms of at most so many people in which this is so, the smallest first, and hands out what is first made
    /// of one.
    pub(super) fn firms<T>(
        &self,
        subject: ProofSubject<'_>,
        most: usize,
        use_firm: &mut dyn FnMut(Firm) -> Option<T>,
    ) -> Option<T> {
        let product = &subject.compiled.product;
        let people = self.people.len();
        let levels = subject
            .of_one
            .iter()
            .filter(|one| product.levels.contains(one));
        // Nobody holds two levels, and nobody need be there who holds none of the roles that are missing a holder.
        let sizes = people.max(levels.count())..=most.min(people + subject.of_one.len());
        let sketches: Vec<PersonSketch> = self.people.iter().map(|who| self.sketch(*who)).collect();
        sizes.into_iter().find_map(|size| {
            let filled = FirmCompletion {
                product,
                size,
                budget: subject.budget,
            };
            filled.holders(sketches.clone(), subject.of_one, &mut |people| {
                use_firm(self.firm(subject.rulebook, product, people)?)
            })
        })
    }

    fn sketch(&self, who: ProofPerson) -> PersonSketch {
        let mut sketch = PersonSketch::default();
        for (ask, value) in self.answers {
            match *ask {
                ProofInput::Enabled(whose) if whose == who => sketch.enabled = Some(value.is_yes()),
                ProofInput::Holds(whose, role) if whose == who => sketch.set(role, value.is_yes()),
                ProofInput::Setting(whose, setting) if whose == who => {
                    sketch.settings.push((setting, *value));
                }
                _ => {}
            }
        }
        match (who, self.other) {
            (ProofPerson::User, _) => sketch.enabled = Some(true),
            (ProofPerson::Holder(role), _) => sketch.set(role, true),
            (ProofPerson::Other, Some((role, enabled))) => {
                sketch.set(role, true);
                sketch.enabled = sketch.enabled.or(enabled.then_some(true));
            }
            _ => {}
        }
        sketch
    }

    fn firm(
        &self,
        rulebook: &Rulebook,
        product: &Product,
        people: &[PersonSketch],
    ) -> Option<Firm> {
        let ids = self.people.iter().map(|who| id_of(*who, self.people));
        let more = (1..).map(|number| format!("somebody{number}"));
        let users = ids.chain(more).zip(people);
        let users = users.map(|(id, sketch)| sketch.user(id, product));
        let firm = Firm::of_users(rulebook, "Counterexample", users).ok()?;
        let readings = self.answers.iter().filter_map(|(ask, value)| match ask {
            ProofInput::Reading(reading) => Some((*reading, value.is_yes())),
            _ => None,
        });
        let choose = |firm: Firm, (reading, choice): (ReadingId, bool)| {
            let reading = product.readings.get(reading.index())?;
            firm.with_reading(Some(&product.id), &reading.id, choice)
                .ok()
        };
        readings.into_iter().try_fold(firm, choose)
    }
}

/// Settles what every firm needs: a holder of each role that exactly one holds, and a level of everybody where seats have levels.
struct FirmCompletion<'f> {
    product: &'f Product,
    /// How many people there are in the end.
    size: usize,
    budget: &'f Budget,
}

impl FirmCompletion<'_> {
    fn holders<T>(
        &self,
        people: Vec<PersonSketch>,
        of_one: &[RoleId],
        use_people: &mut dyn FnMut(&[PersonSketch]) -> Option<T>,
    ) -> Option<T> {
        // Whoever searches sees that the budget is met.
        self.budget.work().ok()?;
        // The role with the fewest who could hold it comes first: where there is nobody for one, nothing else is tried.
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
        let holders = self
            .product
            .role(role)
            .and_then(|role| role.holders.as_ref());
        holders.is_some_and(|holders| holders.enabled)
    }

    /// Who could be the holder of a role: whoever is known to be, else anybody of whom it is open, or somebody new.
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

    fn set(&mut self, role: RoleId, held: bool) {
        match self.roles.iter_mut().find(|(known, _)| *known == role) {
            Some(known) => known.1 = held,
            None => self.roles.push((role, held)),
        }
    }

    fn user(&self, id: String, product: &Product) -> User {
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
