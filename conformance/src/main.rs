//! Compares the tables of clio-rules with its scripts, and both with the model written once more in Cedar, over everything
//! that can be asked; and tables with scripts for rulebooks that nobody wrote by hand.
#![forbid(unsafe_code)]
#![allow(
    clippy::indexing_slicing,
    reason = "a tool of this repository, fed by itself: an index that is wrong is a defect that has to be seen"
)]

use std::fmt;
use std::io::{Write, stdout};
use std::process::ExitCode;
use std::time::Instant;

mod asked;
mod cedar;
mod difference;
mod kinds;
mod made;
mod model;
mod opinion;
mod options;
mod people;
mod product;
mod progress;
mod reach;
mod readings;
mod room;
mod sides;
mod tally;
#[cfg(test)]
mod tests;
mod things;
mod walk;

use options::Options;
use product::Described;
use progress::Progress;
use reach::Reach;
use sides::Sides;
use walk::Stop;

/// Why something could not be asked.
#[derive(Debug)]
pub(crate) struct Failed(String);

impl Failed {
    /// In words.
    pub(crate) fn new(words: impl Into<String>) -> Self {
        Self(words.into())
    }
}

impl<E: std::error::Error> From<E> for Failed {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn main() -> ExitCode {
    let options = match Options::read(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(usage) => {
            eprintln!("{usage}");
            return ExitCode::from(2);
        }
    };
    ExitCode::from(conclude(run(&options)))
}

/// Says how a run ended. The exit code: 0 where all answers agree, 1 where two differ, 2 where they could not be compared.
fn conclude(ended: Result<(), End>) -> u8 {
    match ended {
        Ok(()) => 0,
        Err(End::Differs(words)) => {
            say(&words);
            1
        }
        Err(End::Failed(failed)) => {
            eprintln!("error: {failed}");
            2
        }
    }
}

/// Why a run ended before its end.
enum End {
    /// Answers differ; in which question, in words.
    Differs(String),
    /// It could not be asked.
    Failed(Failed),
}

impl From<Stop> for End {
    fn from(stop: Stop) -> Self {
        match stop {
            Stop::Difference(difference) => Self::Differs(difference.to_string()),
            Stop::Failed(failed) => Self::Failed(failed),
        }
    }
}

impl From<things::End> for End {
    fn from(end: things::End) -> Self {
        match end {
            things::End::Defect(defect) => Self::Differs(defect.to_string()),
            things::End::Failed(failed) => Self::Failed(failed),
        }
    }
}

impl From<made::End> for End {
    fn from(end: made::End) -> Self {
        match end {
            made::End::Defect(defect) => Self::Differs(defect.to_string()),
            made::End::Failed(failed) => Self::Failed(failed),
        }
    }
}

fn run(options: &Options) -> Result<(), End> {
    let (sides, progress) = (Sides::shipped(), Progress::on_terminal());
    for described in [Described::manage(), Described::grow()] {
        let start = Instant::now();
        let walk = described.walk(&sides, options.reach).map_err(Stop::from)?;
        let tally = walk.run(&progress)?;
        say(&format!("{}\n{tally}", described.model.product));
        say_time(start);
    }
    let part = match options.reach {
        Reach::Quick => "this part of what can be asked",
        Reach::Usual | Reach::Whole => "everything that can be asked",
    };
    say(&format!("tables, scripts and Cedar agree on {part}\n"));
    let hosting = Sides::of(things::hosting::texts());
    for (described, sides) in [
        (Described::manage(), &sides),
        (Described::hosting(), &hosting),
    ] {
        let start = Instant::now();
        let walk = described.thing_walk(sides).map_err(things::End::from)?;
        let tally = walk.run(options.seed, options.firms, &progress)?;
        let product = &described.model.product;
        say(&format!(
            "{product}, firms with things, made from seed {} on\n{tally}",
            options.seed
        ));
        say_time(start);
    }
    say("tables, scripts and Cedar agree on all that was asked about things\n");
    let start = Instant::now();
    let made = made::run(options.seed, options.rulebooks, &progress)?;
    say(&format!("made from seed {} on\n{made}", options.seed));
    say_time(start);
    if made.has_too_many_rejected() {
        let words = "more than one made rulebook in a hundred does not load";
        return Err(End::Failed(Failed::new(words)));
    }
    say("tables and scripts agree on everything that can be asked of them");
    Ok(())
}

fn say_time(start: Instant) {
    let seconds = start.elapsed().as_secs_f64();
    say(&format!("  took       {seconds:>10.1} s"));
}

/// Prints a line; a closed pipe ends nothing.
fn say(line: &str) {
    let _ = writeln!(stdout(), "{line}");
}
