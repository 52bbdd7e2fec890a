//! Cedar's answers, each kept: where no policy can read settings, people who differ in nothing else share it.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

use crate::Failed;
use crate::cedar::Cedar;
use crate::model::Model;
use crate::people::{People, Person};
use crate::reach::Reach;
use crate::readings::Readings;

/// Cedar with a memory.
pub(crate) struct Opinion {
    cedar: Cedar,
    /// Whether every question goes to Cedar, whoever shares an answer.
    forgets: bool,
    /// The person with default settings who stands for a person, and their number among all such.
    stands_for: HashMap<Person, (Person, usize)>,
    /// How many stand for others.
    width: usize,
    /// For everything asked, each combination of readings, user and target (the last stands for none): nothing yet, no or yes.
    answers: Vec<AtomicU8>,
    combinations: usize,
    asked: AtomicU64,
}

const UNKNOWN: u8 = 0;
const NO: u8 = 1;
const YES: u8 = 2;

impl Opinion {
    /// A memory of nothing.
    pub(crate) fn new(
        model: &Model,
        cedar: Cedar,
        people: &People,
        asked: usize,
        reach: Reach,
    ) -> Self {
        let mut numbers = HashMap::new();
        let stand = |person: Person| {
            let usual = people.with_usual_settings(person, model);
            let next = numbers.len();
            (person, (usual, *numbers.entry(usual).or_insert(next)))
        };
        let stands_for: HashMap<_, _> = people.everybody().into_iter().map(stand).collect();
        let (width, combinations) = (numbers.len(), Readings::count(model));
        let cells = asked * combinations * width * (width + 1);
        Self {
            cedar,
            forgets: reach == Reach::Whole,
            stands_for,
            width,
            answers: (0..cells).map(|_| AtomicU8::new(UNKNOWN)).collect(),
            combinations,
            asked: AtomicU64::new(0),
        }
    }

    /// Whether Cedar allows it.
    pub(crate) fn allows(
        &self,
        asked: usize,
        readings: Readings,
        user: Person,
        target: Option<Person>,
    ) -> Result<bool, Failed> {
        let (usual, row) = self.stand_in(user)?;
        let other = target.map(|target| self.stand_in(target)).transpose()?;
        // Where the same one stands for two people, they are still not the same person.
        let are_mixed_up =
            target.is_some_and(|target| target != user) && other == Some((usual, row));
        if self.forgets || self.cedar.reads_settings(asked) || are_mixed_up {
            self.asked.fetch_add(1, Ordering::Relaxed);
            return self.cedar.allows(asked, readings, user, target);
        }
        let column = other.map_or(self.width, |(_, column)| column);
        let row = (asked * self.combinations + readings.0) * self.width + row;
        let cell = &self.answers[row * (self.width + 1) + column];
        match cell.load(Ordering::Relaxed) {
            UNKNOWN => {
                let other = other.map(|(person, _)| person);
                let yes = self.cedar.allows(asked, readings, usual, other)?;
                let known = cell.swap(if yes { YES } else { NO }, Ordering::Relaxed);
                // Two threads may have asked the same: it counts once.
                self.asked
                    .fetch_add(u64::from(known == UNKNOWN), Ordering::Relaxed);
                Ok(yes)
            }
            known => Ok(known == YES),
        }
    }

    /// Whether Cedar is asked of everybody, as a policy reads settings.
    #[cfg(test)]
    pub(crate) fn reads_settings(&self, asked: usize) -> bool {
        self.cedar.reads_settings(asked)
    }

    /// How many questions Cedar itself answered.
    pub(crate) fn asked(&self) -> u64 {
        self.asked.load(Ordering::Relaxed)
    }

    fn stand_in(&self, person: Person) -> Result<(Person, usize), Failed> {
        let found = self.stands_for.get(&person).copied();
        found.ok_or_else(|| Failed::new(format!("nobody stands for {}", person.id())))
    }
}
