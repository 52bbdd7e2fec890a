//! Every engine answers every query, and all answers are compared before anything is timed.

use std::fmt;

use crate::engine::Engine;

/// Inverts one answer of one engine, to see that this is noticed.
pub(crate) struct Flip {
    pub(crate) engine: usize,
    pub(crate) query: usize,
}

/// Queries that differences are about.
pub(crate) trait Queries {
    /// How many there are.
    fn count(&self) -> usize;

    /// All that a query is about, a line each.
    fn describe(&self, query: usize) -> String;
}

/// A query that two engines answer differently.
pub(crate) struct Difference {
    query: usize,
    /// All that it is about.
    described: String,
    engine: &'static str,
    answer: bool,
    reference: &'static str,
}

/// Every query where an engine differs from the first one, and how many queries each engine answered with yes.
pub(crate) fn verify(
    questions: &impl Queries,
    engines: &mut [Box<dyn Engine>],
    flip: Option<Flip>,
    mut progress: impl FnMut(&str),
) -> (Vec<Difference>, usize) {
    let total = questions.count();
    let mut expected: Option<(&'static str, Vec<bool>)> = None;
    let mut differences = Vec::new();
    for (number, engine) in engines.iter_mut().enumerate() {
        progress(engine.name());
        let mut answers = vec![false; total];
        engine.answer(0..total, &mut answers);
        if let Some(flip) = flip.as_ref().filter(|flip| flip.engine == number) {
            answers[flip.query] = !answers[flip.query];
        }
        let (reference, expected) =
            expected.get_or_insert_with(|| (engine.name(), answers.clone()));
        let pairs = answers.iter().zip(expected).enumerate();
        differences.extend(
            pairs
                .filter(|(_, (answer, expected))| answer != expected)
                .map(|(query, (answer, _))| Difference {
                    query,
                    described: questions.describe(query),
                    engine: engine.name(),
                    answer: *answer,
                    reference,
                }),
        );
    }
    let allowed = expected.map_or(0, |(_, answers)| answers.iter().filter(|yes| **yes).count());
    (differences, allowed)
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = |yes: bool| if yes { "allow" } else { "deny" };
        let (engine, reference) = (self.engine, self.reference);
        let (answer, expected) = (word(self.answer), word(!self.answer));
        writeln!(
            f,
            "query {}: {engine} says {answer}, {reference} says {expected}",
            self.query
        )?;
        f.write_str(&self.described)
    }
}
