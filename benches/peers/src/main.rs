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
mod options;
mod queries;
mod report;
mod timing;
mod verify;

use std::error::Error;
use std::io::{IsTerminal, stderr};
use std::process::ExitCode;
use std::time::Duration;

use clio_rules::Rulebook;

use engine::Engine;
use options::Options;
use queries::Questions;
use report::Report;
use timing::Plan;
use verify::Flip;

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
    run(&options).unwrap_or_else(|error| {
        eprintln!("{error}");
        ExitCode::from(2)
    })
}

fn run(options: &Options) -> Result<ExitCode, Box<dyn Error>> {
    let step = if options.is_quick { 29 } else { 1 };
    let questions = Questions::all(&Rulebook::builtin()?, firm::everybody(step));
    progress("building the engines");
    let engines = engines::ALL.iter().map(|build| build(&questions));
    let mut engines = engines.collect::<Result<Vec<Box<dyn Engine>>, _>>()?;
    let flip = options.flips.then(|| Flip {
        engine: engines.len() - 1,
        query: questions.queries.len() / 2,
    });
    let (differences, allowed) = verify::verify(&questions, &mut engines, flip, |name| {
        progress(&format!("verifying {name}"));
    });
    if !differences.is_empty() {
        eprintln!("{} answers differ; the first of them:\n", differences.len());
        differences
            .iter()
            .take(5)
            .for_each(|difference| eprintln!("{difference}"));
        return Ok(ExitCode::FAILURE);
    }
    let sample = if options.is_quick { 1 << 10 } else { 1 << 14 };
    let plan = Plan {
        rounds: options.rounds,
        sample: sample.min(questions.queries.len()),
        batch: Duration::from_millis(if options.is_quick { 1 } else { 10 }),
    };
    let timed = timing::run(&mut engines, &plan, progress);
    let report = Report {
        users: questions.people.len(),
        actions: questions.asked.len(),
        verified: questions.queries.len(),
        allowed,
        sample: plan.sample,
        rounds: plan.rounds,
        timed,
    };
    let json = serde_json::to_string_pretty(&report.json())?;
    if options.prints_json {
        println!("{json}");
    } else {
        print!("{}", report.text());
    }
    if let Some(file) = &options.json {
        std::fs::write(file, json + "\n")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Says what is going on to somebody who watches.
fn progress(what: &str) {
    if stderr().is_terminal() {
        eprintln!("{what}");
    }
}
