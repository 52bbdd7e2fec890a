//! Rounds in which every engine answers the same queries, one engine after the other.

use std::time::Duration;

use crate::engine::Engine;

/// How long, in nanoseconds a query, an engine took in each round.
pub(crate) struct Timed {
    pub(crate) name: &'static str,
    pub(crate) role: crate::engine::Role,
    /// From the fastest round to the slowest.
    pub(crate) rounds: Vec<f64>,
}

pub(crate) struct Plan {
    /// Rounds that count; one more is run before them to warm up.
    pub(crate) rounds: usize,
    /// Queries that every engine answers in every round.
    pub(crate) sample: usize,
    /// Who takes longer than this for them answers only as many as fit.
    pub(crate) most: Duration,
    /// Who answers them faster than this answers them again until this is over.
    pub(crate) batch: Duration,
}

impl Timed {
    pub(crate) fn median(&self) -> f64 {
        self.rounds[self.rounds.len() / 2]
    }

    pub(crate) fn fastest(&self) -> f64 {
        self.rounds[0]
    }

    pub(crate) fn slowest(&self) -> f64 {
        self.rounds[self.rounds.len() - 1]
    }
}

pub(crate) fn run(
    engines: &mut [Box<dyn Engine>],
    plan: &Plan,
    mut progress: impl FnMut(&str),
) -> Vec<Timed> {
    let mut answers = vec![false; plan.sample];
    let batches: Vec<(usize, u32)> = engines
        .iter_mut()
        .map(|engine| {
            let took = engine
                .batch(0..plan.sample, 1, &mut answers)
                .as_nanos()
                .max(1);
            let fit = plan.sample as u128 * plan.most.as_nanos() / took;
            let sample = (fit as usize).clamp(1, plan.sample);
            (sample, (plan.batch.as_nanos() / took) as u32 + 1)
        })
        .collect();
    let mut rounds: Vec<Vec<f64>> = vec![Vec::new(); engines.len()];
    for round in 0..plan.rounds {
        progress(&format!("round {} of {}", round + 1, plan.rounds));
        for place in 0..engines.len() {
            // Each round starts with another engine, so that no one always follows the same one.
            let number = (place + round) % engines.len();
            let (sample, passes) = batches[number];
            let took = engines[number].batch(0..sample, passes, &mut answers[..sample]);
            let queries = f64::from(passes) * sample as f64;
            rounds[number].push(took.as_nanos() as f64 / queries);
        }
    }
    let timed = engines.iter().zip(rounds);
    timed
        .map(|(engine, mut rounds)| {
            rounds.sort_by(f64::total_cmp);
            Timed {
                name: engine.name(),
                role: engine.role(),
                rounds,
            }
        })
        .collect()
}
