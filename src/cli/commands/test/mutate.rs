//! Mutants: how many small changes of the rules the fixtures notice, and every one that they do not.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use clio_rules::fixtures::{MutationError, MutationReport, Options, Report, Suites};
use clio_rules::{Limits, LoadError, Loader};

use crate::cli::exit::ExitStatus;
use crate::cli::progress::ProgressLine;

/// The results of the mutants, or of the fixtures where they fail on the rules as they are.
pub(super) enum Outcome {
    Mutants(MutationReport),
    Failing(Box<Report>),
}

/// Runs the fixtures on every mutant of the rules of a folder, else of the built-in ones.
pub(super) fn run(
    folder: Option<&Path>,
    suites: &Suites,
    options: &Options,
    limits: &Limits,
) -> Result<Outcome, LoadError> {
    let mutants = match folder {
        Some(folder) => Loader::new().limits(limits).mutants_from_folder(folder)?,
        None => Loader::new().limits(limits).builtin_mutants()?,
    };
    let total = mutants.iter().len() as u64;
    let line = Mutex::new(ProgressLine::start("running mutants", Some(total)));
    let on_done = |done: usize| {
        let mut line = line.lock().unwrap_or_else(PoisonError::into_inner);
        line.advance_to(done as u64);
    };
    match mutants.run(suites, options, &on_done) {
        Ok(report) => Ok(Outcome::Mutants(report)),
        Err(MutationError::Failing(report)) => Ok(Outcome::Failing(report)),
        Err(MutationError::Unrunnable(error)) => Err(error),
    }
}

/// No where a mutant survived; where none did and some are not decided, it could not be asked.
pub(super) fn exit(report: &MutationReport) -> ExitStatus {
    if !report.survivors.is_empty() {
        ExitStatus::No
    } else if report.undecided + report.not_run > 0 {
        ExitStatus::NotAsked
    } else {
        ExitStatus::Yes
    }
}
