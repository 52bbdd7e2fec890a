//! How far searches may go.

use std::time::Duration;

use clap::Args;
use clio_rules::Limits;

/// How far a search may go.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(crate) struct SearchBoundArgs {
    /// States that one search may look at; one that would take more is cut off, and says so
    #[arg(long, value_name = "COUNT")]
    states: Option<usize>,
    /// How long one search may take, such as 500ms, 10s or 2m; one that takes longer is cut off, and says so [default: 60s]
    #[arg(long, value_name = "DURATION", value_parser = duration)]
    time: Option<Duration>,
}

impl SearchBoundArgs {
    /// The usual limits, with what was asked for.
    pub(crate) fn limits(&self) -> Limits {
        let usual = Limits::DEFAULT;
        Limits {
            plan_states: self.states.unwrap_or(usual.plan_states),
            proof_states: self.states.unwrap_or(usual.proof_states),
            difference_states: self.states.unwrap_or(usual.difference_states),
            search_time: self.time.unwrap_or(usual.search_time),
            mutation_time: self.time.unwrap_or(usual.mutation_time),
            ..usual
        }
    }
}

/// A number and a unit of time.
fn duration(text: &str) -> Result<Duration, String> {
    let units = [("ms", 1), ("s", 1_000), ("m", 60_000), ("h", 3_600_000)];
    let number = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let unit = units
        .iter()
        .find(|(unit, _)| text.strip_prefix(number) == Some(*unit));
    let milliseconds = match (number.parse::<u64>(), unit) {
        (Ok(number), Some((_, each))) => number.checked_mul(*each),
        _ => None,
    };
    milliseconds
        .map(Duration::from_millis)
        .ok_or_else(|| "write it as 500ms, 10s or 2m".to_owned())
}
