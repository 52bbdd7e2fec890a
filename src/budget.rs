//! How far a search may go: a number of states, and a time. Every search counts its states here, so that every search ends.

use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

/// Pieces of work between two checks of the clock.
const WORK_A_LOOK: usize = 16;

/// The states and the time that one search may still use.
///
/// It is shared by reference, and between threads as well. Once a bound is met, it stays met.
#[derive(Debug)]
pub(crate) struct Budget {
    most: usize,
    time: Duration,
    /// When time is up; none where time is unlimited. The clock is not read then.
    until: Option<Instant>,
    states: AtomicUsize,
    work: AtomicUsize,
    met: OnceLock<CutOff>,
}

impl Budget {
    /// A budget that begins to run now.
    pub(crate) fn of(states: usize, time: Duration) -> Self {
        let has_end = time < Duration::MAX;
        Self {
            most: states,
            time,
            until: has_end.then(|| Instant::now().checked_add(time)).flatten(),
            states: AtomicUsize::new(0),
            work: AtomicUsize::new(0),
            met: OnceLock::new(),
        }
    }

    /// A new budget that begins now, with one of `parts` equal parts of the states and of the time left.
    pub(crate) fn part(&self, parts: u32) -> Self {
        let parts = parts.max(1);
        let left = self
            .until
            .map(|end| end.saturating_duration_since(Instant::now()));
        let time = left.map_or(Duration::MAX, |left| left / parts);
        Self::of(self.most / parts as usize, time)
    }

    /// Takes one more state. Call it before the state is examined. States are counted exactly: the limit is accepted, one more is
    /// refused.
    pub(crate) fn take_state(&self) -> Result<(), CutOff> {
        self.work()?;
        let before = self.states.fetch_add(1, Ordering::Relaxed);
        if before < self.most {
            return Ok(());
        }
        self.states.fetch_sub(1, Ordering::Relaxed);
        Err(self.meet(SearchBound::States { limit: self.most }))
    }

    /// Counts work that is no state but takes time. The clock is checked every few pieces.
    pub(crate) fn work(&self) -> Result<(), CutOff> {
        if let Some(met) = self.met.get() {
            return Err(*met);
        }
        let before = self.work.fetch_add(1, Ordering::Relaxed);
        if before.is_multiple_of(WORK_A_LOOK) {
            return self.look();
        }
        Ok(())
    }

    /// Checks the clock at once: for work whose pieces take long.
    pub(crate) fn look(&self) -> Result<(), CutOff> {
        if let Some(met) = self.met.get() {
            return Err(*met);
        }
        if self.until.is_some_and(|end| Instant::now() >= end) {
            Err(self.meet(SearchBound::Time { seconds: self.time }))
        } else {
            Ok(())
        }
    }

    /// States that were taken.
    pub(crate) fn states(&self) -> usize {
        self.states.load(Ordering::Relaxed)
    }

    /// The bound that was met, with the state of the search then; none if none was met.
    pub(crate) fn met(&self) -> Option<CutOff> {
        self.met.get().copied()
    }

    fn meet(&self, by: SearchBound) -> CutOff {
        let states = self.states();
        *self.met.get_or_init(|| CutOff { by, states })
    }
}

/// A bound that can end a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "by", rename_all = "lowercase")]
#[non_exhaustive]
pub enum SearchBound {
    /// As many states were looked at as the search may look at.
    States {
        /// How many those are.
        limit: usize,
    },
    /// The search took as long as it may take.
    Time {
        /// How long that is.
        #[serde(with = "in_seconds")]
        #[cfg_attr(feature = "schema", schemars(with = "f64"))]
        seconds: Duration,
    },
    /// As many changes in a row were tried as the search tries.
    Steps {
        /// How many those are.
        limit: usize,
    },
}

/// A time as a number of seconds.
mod in_seconds {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(time: &Duration, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_f64(time.as_secs_f64())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Duration, D::Error> {
        let seconds = f64::deserialize(from)?;
        Duration::try_from_secs_f64(seconds).map_err(Error::custom)
    }
}

/// A search that ended early, so that its result may be incomplete.
///
/// Its JSON has the keys `by` (`states`, `time` or `steps`), the bound (`limit` for states and steps, `seconds` for time), and `states`: how many were
/// looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct CutOff {
    /// Which bound was met.
    #[serde(flatten)]
    pub by: SearchBound,
    /// How many states were looked at until then.
    pub states: usize,
}

impl CutOff {
    /// The option of the command line that allows more.
    pub fn option(&self) -> &'static str {
        match self.by {
            SearchBound::States { .. } => "--states",
            SearchBound::Time { .. } => "--time",
            SearchBound::Steps { .. } => "--steps",
        }
    }
}

/// `the search was cut off after 20000 states`, `the search was cut off after 10s, at 812 states`.
impl fmt::Display for CutOff {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counted = |count: usize| match count {
            1 => "1 state".to_owned(),
            _ => format!("{count} states"),
        };
        match self.by {
            SearchBound::Steps { limit: most } => {
                write!(to, "the search was cut off after {most} changes in a row")
            }
            SearchBound::States { limit: most } => {
                write!(to, "the search was cut off after {}", counted(most))
            }
            SearchBound::Time { seconds: time } => {
                let states = counted(self.states);
                write!(to, "the search was cut off after {time:?}, at {states}")
            }
        }
    }
}

#[cfg(test)]
mod tests;
