//! The rules of clio-rules in Cedar, Rego and casbin: equal answers verified first, then timed in one run.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a benchmark, fed by itself: a question that cannot be asked is a defect that has to be seen"
)]

mod engine;
mod engines;
mod firm;
mod matters;
mod options;
mod process;
mod queries;
mod report;
mod timing;
mod verify;

use std::error::Error;
use std::io::{IsTerminal, stderr};
use std::process::ExitCode;
use std::time::Duration;

use clio_rules::Rulebook;
use serde_json::json;

use engine::Engine;
use matters::MattersReport;
use options::Options;
use queries::Questions;
use report::Report;
use timing::Plan;
use verify::{Flip, Queries};

fn main() -> ExitCode {
    let options = match options::read(std::env::args().skip(1)) {
        Ok(Some(options)) => options,
        Ok(None) => {
            println!("{}", options::USAGE);
            return ExitCode::SUCCESS;
        }
        Err(error) => {
            eprintln!("{error}\n\n{}", options::USAGE);
            return ExitCode::from(2);
        }
    };
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(End::Differs(words)) => {
            eprintln!("{words}");
            ExitCode::FAILURE
        }
        Err(End::Failed(error)) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

/// Why it ended before its end.
enum End {
    /// Answers differ; which, in words.
    Differs(String),
    /// It could not be run.
    Failed(Box<dyn Error>),
}

impl<E: Into<Box<dyn Error>>> From<E> for End {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

fn run(options: &Options) -> Result<(), End> {
    let of_people = (!options.only_matters).then(|| of_people(options));
    let of_people = of_people.transpose()?;
    let of_matters = matters::run(options)?;
    let json = json!({
        "versions": report::versions_as_json(),
        "people": of_people.as_ref().map(Report::json),
        "matters": of_matters.iter().map(MattersReport::json).collect::<Vec<_>>(),
    });
    let json = serde_json::to_string_pretty(&json)?;
    if options.prints_json {
        println!("{json}");
    } else {
        println!("{}", report::versions_in_words());
        if !matters::has_spicedb() {
            println!("without SpiceDB: `npm ci` was not run in benches/peers/spicedb");
        }
        let people = of_people.iter().map(Report::text);
        let texts = people.chain(of_matters.iter().map(MattersReport::text));
        print!("{}", texts.collect::<Vec<_>>().join("\n"));
    }
    if let Some(file) = &options.json {
        std::fs::write(file, json + "\n")?;
    }
    Ok(())
}

/// Everything that the shipped rules say of people.
fn of_people(options: &Options) -> Result<Report, End> {
    let step = if options.is_quick { 29 } else { 1 };
    let questions = Questions::all(&Rulebook::builtin()?, firm::everybody(step));
    progress("building the engines");
    let engines = engines::ALL.iter().map(|build| build(&questions));
    let mut engines = engines.collect::<Result<Vec<Box<dyn Engine>>, _>>()?;
    let allowed = verified(&questions, &mut engines, options.flips)?;
    let sample = if options.is_quick { 1 << 10 } else { 1 << 14 };
    let plan = Plan {
        rounds: options.rounds,
        sample: sample.min(questions.queries.len()),
        most: Duration::from_secs(60),
        batch: Duration::from_millis(if options.is_quick { 1 } else { 10 }),
    };
    Ok(Report {
        users: questions.people.len(),
        actions: questions.asked.len(),
        verified: questions.queries.len(),
        allowed,
        sample: plan.sample,
        rounds: plan.rounds,
        timed: timing::run(&mut engines, &plan, progress),
    })
}

/// How many queries are allowed, once every engine has answered all of them alike. One answer of one engine is inverted where
/// that is asked for.
fn verified(
    queries: &impl Queries,
    engines: &mut [Box<dyn Engine>],
    flips: bool,
) -> Result<usize, End> {
    let flip = flips.then(|| Flip {
        engine: engines.len() - 1,
        query: queries.count() / 2,
    });
    let (differences, allowed) = verify::verify(queries, engines, flip, |name| {
        progress(&format!("verifying {name}"));
    });
    if differences.is_empty() {
        return Ok(allowed);
    }
    let first = differences.iter().take(5).map(ToString::to_string);
    Err(End::Differs(format!(
        "{} answers differ; the first of them:\n\n{}",
        differences.len(),
        first.collect::<Vec<_>>().join("\n")
    )))
}

/// Says what is going on to somebody who watches.
fn progress(what: &str) {
    if stderr().is_terminal() {
        eprintln!("{what}");
    }
}
