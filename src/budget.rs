//! How far a search may go: a number of states, and a time. Every search counts its states here, so that every search ends.

use std::fmt;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde::{Serialize, Serializer};

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
        Err(self.meet(SearchBound::States(self.most)))
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
            Err(self.meet(SearchBound::Time(self.time)))
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SearchBound {
    /// As many states were looked at as the search may look at.
    States(usize),
    /// The search took as long as it may take.
    Time(Duration),
}

/// A search that ended early, so that its result may be incomplete.
///
/// Its JSON has the keys `by` (`states` or `time`), the bound (`limit` for states, `seconds` for time), and `states`: how many were
/// looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CutOff {
    by: SearchBound,
    states: usize,
}

impl CutOff {
    /// Which bound was met.
    pub fn by(&self) -> SearchBound {
        self.by
    }

    /// How many states were looked at until then.
    pub fn states(&self) -> usize {
        self.states
    }

    /// The option of the command line that allows more.
    pub fn option(&self) -> &'static str {
        match self.by {
            SearchBound::States(_) => "--states",
            SearchBound::Time(_) => "--time",
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
            SearchBound::States(most) => {
                write!(to, "the search was cut off after {}", counted(most))
            }
            SearchBound::Time(time) => {
                let states = counted(self.states);
                write!(to, "the search was cut off after {time:?}, at {states}")
            }
        }
    }
}

impl Serialize for CutOff {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        #[serde(rename = "CutOff")]
        struct CutOffJson {
            by: &'static str,
            #[serde(skip_serializing_if = "Option::is_none")]
            limit: Option<usize>,
            #[serde(skip_serializing_if = "Option::is_none")]
            seconds: Option<f64>,
            states: usize,
        }
        let (by, limit, seconds) = match self.by {
            SearchBound::States(most) => ("states", Some(most), None),
            SearchBound::Time(time) => ("time", None, Some(time.as_secs_f64())),
        };
        let states = self.states;
        CutOffJson {
            by,
            limit,
            seconds,
            states,
        }
        .serialize(to)
    }
}

#[cfg(test)]
mod tests;
