//! Roles, settings, readings, and properties and lists of things, that turn nothing.

use std::collections::BTreeSet;
use std::fmt::Display;

use hashbrown::HashMap;

use crate::budget::CutOff;
use crate::finding::{Finding, idle as codes};
use crate::link::product::{AlteredPerson, DecisionInput, FactId, ReadingId, RoleId};
use crate::value::Value;
use crate::vocabulary::Person;

use super::outcome::DecidedQuestion;
use super::situation::GivenInputs;
use super::{IdleSearch, Searched};

/// Two values of the same inputs.
type InputChoice = [GivenInputs; 2];

/// The decisions of a product by the inputs that they can read, each as the user's.
struct QuestionReaders<'r> {
    questions: Vec<DecidedQuestion<'r>>,
    by_input: HashMap<DecisionInput, Vec<usize>>,
    /// Decisions that may read anything.
    of_all: Vec<usize>,
}

impl<'r> QuestionReaders<'r> {
    fn of(search: &IdleSearch<'r>) -> Self {
        let questions = search.decided();
        let mut by_input: HashMap<DecisionInput, Vec<usize>> = HashMap::new();
        let mut of_all = Vec::new();
        for (number, question) in questions.iter().enumerate() {
            match search.reads(question) {
                Some(inputs) => inputs
                    .into_iter()
                    .for_each(|input| by_input.entry(input).or_default().push(number)),
                None => of_all.push(number),
            }
        }
        Self {
            questions,
            by_input,
            of_all,
        }
    }

    /// The decisions that can read any of these inputs.
    fn reading(&self, choice: &InputChoice) -> BTreeSet<usize> {
        let [one, _] = choice;
        let inputs = one.iter().map(|(input, _)| input.of(Person::User));
        let reading = inputs.filter_map(|input| self.by_input.get(&input));
        reading.flatten().chain(&self.of_all).copied().collect()
    }
}

impl IdleSearch<'_> {
    /// Reports each role, setting, reading, and property or list of things, whose value changes no answer.
    pub(super) fn inputs(&self, found: &mut Vec<Finding>) -> Searched {
        let product = self.product();
        let readers = QuestionReaders::of(self);
        let mut report = |code, place: &_, id: &str, why: &str| {
            let words: [&dyn Display; 2] = [&id, &why];
            found.push(Finding::new(code, Some(Clone::clone(place)), &words));
        };
        for (id, role) in product.role_ids().zip(&product.roles) {
            let why = if product.levels.contains(&id) {
                "every answer is the same with another level in its place"
            } else {
                "every answer is the same with it and without it"
            };
            if !self.names_holder(id) && !self.turn(&readers, self.role_choices(id))? {
                report(&codes::UNUSED_ROLE, &role.place, &role.id, why);
            }
        }
        for (id, setting) in product.setting_ids().zip(&product.settings) {
            let values = 1..setting.domain.len() as u16;
            let choices = values.flat_map(|value| {
                Person::ALL.map(|person| {
                    let input = DecisionInput::Setting(person, id);
                    [0, value].map(|value| vec![(input, Value(value))])
                })
            });
            if !self.turn(&readers, choices)? {
                let why = "every answer is the same whatever its value";
                report(&codes::UNUSED_SETTING, &setting.place, &setting.id, why);
            }
        }
        for fact in product.facts.iter().filter(|fact| fact.source.is_of_kind()) {
            // The same part of a thing can be read from those that are part of it.
            let alike = (0..).zip(&product.facts);
            let alike = alike.filter(|(_, other)| product.read_the_same(fact, other));
            let choices = alike.flat_map(|(number, fact)| {
                let input = DecisionInput::Fact(FactId(number));
                let values = 1..fact.domain.len() as u16;
                values.map(move |value| [0, value].map(|value| vec![(input, Value(value))]))
            });
            if !product.is_taken_from(fact.source) && !self.turn(&readers, choices)? {
                let why = "every answer is the same whatever it is";
                report(&codes::UNUSED_PART, &fact.place, &fact.id, why);
            }
        }
        for (number, reading) in product.readings.iter().enumerate() {
            let input = DecisionInput::Reading(ReadingId::from(number));
            let choice = [Value::NO, Value::YES].map(|value| vec![(input, value)]);
            if !self.turn(&readers, [choice])? {
                let why = "every answer is the same with both choices";
                report(&codes::UNUSED_READING, &reading.place, &reading.id, why);
            }
        }
        Ok(())
    }

    /// Whether any decision depends on any of these choices.
    fn turn(
        &self,
        readers: &QuestionReaders<'_>,
        choices: impl IntoIterator<Item = InputChoice>,
    ) -> Result<bool, CutOff> {
        for choice in choices {
            self.budget.take_state()?;
            let [one, other] = &choice;
            for number in readers.reading(&choice) {
                let question = readers.questions.get(number);
                let turns = question.map(|question| self.turns(question, [one, other]));
                if turns.transpose()? == Some(true) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// With and without a role; of a level, with it and with each other one.
    fn role_choices(&self, role: RoleId) -> impl Iterator<Item = InputChoice> {
        let levels = &self.product().levels;
        let holds = |person, role| DecisionInput::Holds(person, role);
        let is_plain = !levels.contains(&role);
        let plain = Person::ALL.into_iter().filter(move |_| is_plain);
        let plain = plain.map(move |person| {
            [Value::NO, Value::YES].map(|held| vec![(holds(person, role), held)])
        });
        let others = levels
            .iter()
            .filter(move |other| !is_plain && **other != role);
        let at_level = move |person, level: RoleId| -> GivenInputs {
            let all = levels.iter().copied();
            let given = all.map(|one| (holds(person, one), Value::from(one == level)));
            given.collect()
        };
        plain.chain(others.flat_map(move |other| {
            Person::ALL.map(|person| [role, *other].map(|level| at_level(person, level)))
        }))
    }

    /// Whether a change or an effect alters the holder of a role, who is somebody else when others hold it.
    fn names_holder(&self, role: RoleId) -> bool {
        let product = self.product();
        let of_changes = product.changes.iter().flat_map(|change| &change.does);
        let of_effects = product.effects.iter().flat_map(|effect| &effect.does);
        let whose = AlteredPerson::Holder(role);
        let mut all = of_changes.chain(of_effects);
        all.any(|one| one.whose() == whose)
    }
}
