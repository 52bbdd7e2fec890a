//! Mutants: how many small changes of the rules the fixtures notice, and every one that they do not.

use std::io::{self, Write};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use clio_rules::fixtures::{
    Changes, MutationError, MutationReport, Options, Report, Suites, Survivor,
};
use clio_rules::{Limits, LoadError, Loader};

use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::options::OutputFormat;
use crate::cli::progress::ProgressLine;
use crate::cli::rows::rows;
use crate::cli::terminal::Terminal;

/// What came of it: of the mutants, or of the fixtures where they fail on the rules as they are.
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

/// Prints what came of the mutants.
pub(super) fn print(
    report: &MutationReport,
    format: OutputFormat,
    terminal: &mut Terminal,
) -> Result<ExitStatus, CommandFailure> {
    match format {
        OutputFormat::Json => terminal.json(report)?,
        OutputFormat::Text => print_text(report, terminal)?,
    }
    Ok(match report.undecided + report.not_run {
        0 => ExitStatus::of(report.survivors.is_empty()),
        _ if !report.survivors.is_empty() => ExitStatus::No,
        _ => ExitStatus::NotAsked,
    })
}

fn print_text(report: &MutationReport, terminal: &mut Terminal) -> io::Result<()> {
    for survivor in &report.survivors {
        print_survivor(survivor, terminal)?;
    }
    let MutationReport {
        mutants,
        caught,
        equivalent,
        invalid,
        survivors,
        undecided,
        not_run,
        cut_off: _,
    } = report;
    let survived = survivors.len();
    let counts = format!("{caught} caught, {equivalent} equivalent, {survived} survived");
    let counts = terminal.paint.answer(survived == 0, counts);
    writeln!(
        terminal,
        "{mutants} mutants, and {invalid} more that check refuses\n{counts}"
    )?;
    if *undecided > 0 {
        writeln!(
            terminal,
            "{undecided} not decided: comparing them was cut off; `--states` or `--time` allows more"
        )?;
    }
    if *not_run > 0 {
        writeln!(
            terminal,
            "{not_run} not run: there was no time for them; `--time` allows more"
        )?;
    }
    Ok(())
}

fn print_survivor(survivor: &Survivor, terminal: &mut Terminal) -> io::Result<()> {
    let Survivor {
        mutant,
        changes,
        example,
    } = survivor;
    let word = terminal.paint.answer(false, "survived");
    writeln!(terminal, "{word}: {}", mutant.operator.title())?;
    let what = match changes {
        Changes::Decision => "decided",
        _ => "explained",
    };
    let told = [
        ("at", mutant.place.to_string()),
        ("from", mutant.from.clone()),
        ("to", mutant.to.clone()),
        (what, example.asked.clone()),
        ("before", example.before.clone()),
        ("after", example.after.clone()),
    ];
    rows(terminal, &told)?;
    writeln!(terminal)
}
