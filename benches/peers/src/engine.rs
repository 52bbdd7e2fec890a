//! What every engine is asked to do.

use std::hint::black_box;
use std::ops::Range;
use std::time::{Duration, Instant};

/// Answers questions that it was given when it was built. It walks over a range of them itself, so that nothing stands between
/// two answers but the engine; what is timed is what was verified.
pub(crate) trait Engine {
    fn name(&self) -> &'static str;

    /// What it stands for in the comparison.
    fn role(&self) -> Role;

    /// Answers the queries of this range, in order, one answer each.
    fn answer(&mut self, queries: Range<usize>, answers: &mut [bool]);

    /// Answers them a number of times, and says how long that took.
    fn batch(&mut self, queries: Range<usize>, passes: u32, answers: &mut [bool]) -> Duration {
        let start = Instant::now();
        for _ in 0..passes {
            self.answer(black_box(queries.clone()), black_box(answers));
        }
        black_box(answers);
        start.elapsed()
    }
}

/// What an engine stands for in the comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// clio-rules, asked in one way.
    Ours,
    /// An engine that reads rules, as clio-rules does.
    Peer,
    /// Rules written into the program: how fast it could be.
    Bound,
}

impl Role {
    pub(crate) fn id(self) -> &'static str {
        match self {
            Self::Ours => "clio-rules",
            Self::Peer => "peer",
            Self::Bound => "bound",
        }
    }
}

/// Builds one engine; its error says what is wrong.
pub(crate) type Build<Q> = fn(&Q) -> Result<Box<dyn Engine>, Box<dyn std::error::Error>>;
