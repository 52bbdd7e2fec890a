//! One line on a terminal that says how far a long run is. In a pipe it is silent, and it leaves nothing behind.

use std::fmt;
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use clio_rules::render::fit_for_terminal;
use indicatif::{HumanCount, ProgressBar, ProgressState, ProgressStyle};

/// What takes less long than this is not worth a line.
const PATIENCE: Duration = Duration::from_millis(500);

const OF_TOTAL: &str = "{msg} [{bar:30}] {percent:>3}%";
const SO_FAR: &str = "{msg} {human_pos}, {rate} a second";

/// How far something is.
pub(crate) struct ProgressLine {
    what: String,
    total: Option<u64>,
    started: Instant,
    /// Whether standard error is a terminal.
    is_seen: bool,
    bar: Option<ProgressBar>,
}

impl ProgressLine {
    /// Begins to wait. `what` stands before the bar; where there is no total, what is done is counted.
    pub(crate) fn start(what: impl Into<String>, total: Option<u64>) -> Self {
        Self {
            what: fit_for_terminal(&what.into()),
            total,
            started: Instant::now(),
            is_seen: io::stderr().is_terminal(),
            bar: None,
        }
    }

    /// Says how much is done. It may be called often: the line is drawn a few times a second.
    pub(crate) fn advance_to(&mut self, done: u64) {
        if !self.is_seen || self.bar.is_none() && self.started.elapsed() < PATIENCE {
            return;
        }
        let bar = self
            .bar
            .get_or_insert_with(|| bar(&self.what, self.total, self.started));
        bar.set_position(done);
    }

    /// Takes the line away.
    pub(crate) fn finish(self) {}
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(what: &str, total: Option<u64>, started: Instant) -> ProgressBar {
    let (bar, template) = match total {
        Some(total) => (ProgressBar::new(total), OF_TOTAL),
        None => (ProgressBar::no_length(), SO_FAR),
    };
    // A template that cannot be read leaves the usual look.
    let style = ProgressStyle::with_template(template)
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .with_key("rate", rate)
        .progress_chars("=> ");
    bar.with_style(style)
        .with_message(what.to_owned())
        .with_elapsed(started.elapsed())
}

/// What was done a second since the start.
fn rate(state: &ProgressState, to: &mut dyn fmt::Write) {
    let rate = state.pos() as f64 / state.elapsed().as_secs_f64().max(0.001);
    // It is written into a string, which cannot fail.
    let _ = write!(to, "{}", HumanCount(rate as u64));
}
