//! Running: every mutant is loaded and tested by the fixtures. One that they do not notice is compared with the rules.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::compare::{MutantComparison, MutantDifference, compare};
use super::report::{MutationReport, Survivor};
use super::{MutantText, Mutants};
use crate::budget::Budget;
use crate::finding::Findings;
use crate::finding::LoadError;
use crate::protocol::Report;
use crate::rulebook::Rulebook;
use crate::testing::fixture::{Options, Suites};
use crate::text::Source;
use crate::yaml;

/// Why mutants were not run.
#[derive(Debug, thiserror::Error)]
pub enum MutationError {
    /// The fixtures cannot be run against the original rules.
    #[error(transparent)]
    Unrunnable(#[from] LoadError),
    /// A fixture fails on the original rules, so it could not notice anything.
    #[error("the fixtures fail on the rules as they are")]
    Failing(Box<Report>),
}

/// The result of one mutant.
enum MutantFate {
    /// It does not load.
    Invalid,
    Caught,
    Equivalent,
    Survived(Box<Survivor>),
    /// No fixture noticed it. The comparison was cut off, so it is not known whether anything could.
    Undecided,
    /// There was no time to run it.
    NotRun,
}

impl Mutants {
    /// Runs fixtures against every mutant. `on_done` gets the number of finished mutants, on any thread. Mutants not
    /// finished within [`Limits::mutation_time`](crate::Limits::mutation_time) are left out and counted.
    ///
    /// # Errors
    /// [`MutationError`] when the fixtures cannot be run against the original rules, or fail there.
    pub fn run(
        &self,
        suites: &Suites,
        options: &Options,
        on_done: &(dyn Fn(usize) + Sync),
    ) -> Result<MutationReport, MutationError> {
        let suites = &suites.for_many_rulebooks();
        let report = suites.run(&self.rulebook, options)?;
        if !report.is_passed() {
            return Err(MutationError::Failing(Box::new(report)));
        }
        let done = AtomicUsize::new(0);
        let budget = Budget::of(usize::MAX, self.rulebook.limits().mutation_time);
        let fate = |mutated: &MutantText| {
            let fate = match budget.look() {
                Ok(()) => self.fate(mutated, suites, options),
                Err(_) => MutantFate::NotRun,
            };
            on_done(done.fetch_add(1, Ordering::Relaxed) + 1);
            fate
        };
        Ok(gathered(self.each(fate), &budget))
    }

    /// The result of each mutant, in order.
    fn each<T: Send>(&self, fate: impl Fn(&MutantText) -> T + Sync + Send) -> Vec<T> {
        #[cfg(feature = "parallel")]
        {
            use rayon::prelude::*;
            self.list.par_iter().map(fate).collect()
        }
        #[cfg(not(feature = "parallel"))]
        {
            self.list.iter().map(fate).collect()
        }
    }

    fn fate(&self, mutated: &MutantText, suites: &Suites, options: &Options) -> MutantFate {
        let Some(rulebook) = self.loaded(mutated) else {
            return MutantFate::Invalid;
        };
        if suites.notice(&rulebook, options) {
            return MutantFate::Caught;
        }
        match compare(&self.rulebook, &rulebook) {
            MutantComparison::Equal => MutantFate::Equivalent,
            MutantComparison::CutOff => MutantFate::Undecided,
            MutantComparison::Differs(difference) => {
                let MutantDifference { changes, example } = *difference;
                MutantFate::Survived(Box::new(Survivor {
                    mutant: mutated.mutant.clone(),
                    changes,
                    example,
                }))
            }
        }
    }

    /// Every mutant that loads.
    #[cfg(test)]
    pub(crate) fn rulebooks(&self) -> impl Iterator<Item = (&super::Mutant, Rulebook)> {
        let list = self.list.iter();
        list.filter_map(|mutated| Some((&mutated.mutant, self.loaded(mutated)?)))
    }

    /// The rulebook with one file replaced. `None` when `check` refuses it.
    pub(super) fn loaded(&self, mutated: &MutantText) -> Option<Rulebook> {
        let mut sources = self.sources.clone();
        let source = sources.get_mut(mutated.file)?;
        *source = Source::new(source.name(), mutated.text.as_str());
        let limits = self.rulebook.limits();
        Rulebook::from_sources(&sources, yaml::read, limits, Findings::new()).ok()
    }
}

fn gathered(fates: Vec<MutantFate>, budget: &Budget) -> MutationReport {
    let mut report = MutationReport {
        mutants: 0,
        caught: 0,
        equivalent: 0,
        invalid: 0,
        survivors: Vec::new(),
        undecided: 0,
        not_run: 0,
        cut_off: budget.met(),
    };
    for fate in fates {
        report.mutants += usize::from(!matches!(fate, MutantFate::Invalid | MutantFate::NotRun));
        match fate {
            MutantFate::Invalid => report.invalid += 1,
            MutantFate::Caught => report.caught += 1,
            MutantFate::Equivalent => report.equivalent += 1,
            MutantFate::Survived(survivor) => report.survivors.push(*survivor),
            MutantFate::Undecided => report.undecided += 1,
            MutantFate::NotRun => report.not_run += 1,
        }
    }
    report
}
