//! Compares the tables of clio-rules with its scripts, and both with the model written once more in Cedar, over everything
//! that can be asked; and tables with scripts for rulebooks that nobody wrote by hand.

use std::fmt;
use std::io::{Write, stdout};
use std::process::ExitCode;
use std::time::Instant;

mod asked;
mod cedar;
mod difference;
mod kinds;
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
mod walk;

use options::Options;
use product::Described;
use progress::Progress;
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
    match run(&options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Stop::Difference(difference)) => {
            say(&difference.to_string());
            ExitCode::FAILURE
        }
        Err(Stop::Failed(failed)) => {
            eprintln!("error: {failed}");
            ExitCode::from(2)
        }
    }
}

fn run(options: &Options) -> Result<(), Stop> {
    let (sides, progress) = (Sides::shipped(), Progress::on_terminal());
    for described in [Described::manage(), Described::grow()] {
        let start = Instant::now();
        let walk = described.walk(&sides, options.reach)?;
        let tally = walk.run(&progress)?;
        say(&format!(
            "{}\n{tally}\n  took       {:>10.1} s",
            described.model.product,
            start.elapsed().as_secs_f64()
        ));
    }
    say("tables, scripts and Cedar agree on all of them");
    Ok(())
}

/// Prints a line; a closed pipe ends nothing.
fn say(line: &str) {
    let _ = writeln!(stdout(), "{line}");
}
