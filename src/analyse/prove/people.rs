//! Firms for a path: all smallest firms in which the answers are those of the path.

use super::input::{ProofInput, ProofPerson};
use super::path_things::PathThings;
use super::subject::ProofSubject;
use crate::explore::compile::CompiledProduct;
use crate::firm::Firm;
use crate::link::product::{Product, ReadingId, RoleId};
use crate::rulebook::Rulebook;
use crate::value::Value;
use crate::world::completion::{FirmCompletion, PersonSketch};

/// The knowledge at the end of a path.
pub(super) struct PathKnowledge<'k> {
    pub(super) answers: &'k [(ProofInput, Value)],
    pub(super) people: &'k [ProofPerson],
    /// The role that the other person holds, and whether they have to be enabled for it.
    pub(super) other: Option<(RoleId, bool)>,
    pub(super) things: &'k PathThings,
}

/// The id of a person, in the order in which people were added.
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
    /// Tries the firms with at most this many people that match the path, smallest first, and returns the first
    /// result.
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
        // Nobody holds two levels. A person who holds none of the roles without a holder is not needed.
        let sizes = people.max(levels.count())..=most.min(people + subject.of_one.len());
        let sketches: Vec<PersonSketch> = self.people.iter().map(|who| self.sketch(*who)).collect();
        sizes.into_iter().find_map(|size| {
            let filled = FirmCompletion {
                product,
                size,
                budget: subject.budget,
            };
            filled.holders(sketches.clone(), subject.of_one, &mut |people| {
                use_firm(self.firm(subject.rulebook, subject.compiled, people)?)
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
        compiled: &CompiledProduct,
        people: &[PersonSketch],
    ) -> Option<Firm> {
        let product: &Product = &compiled.product;
        let ids = self.people.iter().map(|who| id_of(*who, self.people));
        let more = (1..).map(|number| format!("somebody{number}"));
        let users = ids
            .chain(more)
            .zip(people)
            .map(|(id, sketch)| sketch.user(id, product));
        let firm = Firm::of_users(rulebook, "Counterexample", users).ok()?;
        let readings = self.answers.iter().filter_map(|(ask, value)| match ask {
            ProofInput::Reading(reading) => Some((*reading, value.is_yes())),
            _ => None,
        });
        let choose = |firm: Firm, (reading, choice): (ReadingId, bool)| {
            let reading = product.reading(reading)?;
            firm.with_reading(Some(&product.id), &reading.id, choice)
                .ok()
        };
        let firm = readings.into_iter().try_fold(firm, choose)?;
        self.with_things(compiled, firm)
    }
}
