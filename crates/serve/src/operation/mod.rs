//! Everything around a question: who may ask, what is counted and written down, whether the server is well.

mod body;
mod health;
mod nesting;
mod pipeline;
mod refusal;

pub(crate) use pipeline::Pipeline;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use arc_swap::ArcSwapOption;

use crate::authzen::Tally;
use crate::config::Limits;
use crate::decisions::DecisionLog;
use crate::http::Route;
use crate::keys::Keys;
use crate::metrics::Metrics;
use crate::reload::Reloader;

/// What handlers share beside the tenants.
#[derive(Default)]
pub struct Operation {
    /// Limits on clients.
    pub limits: Limits,
    /// What is counted.
    pub metrics: Metrics,
    /// Where decisions are written.
    pub decisions: DecisionLog,
    /// Loads what changes.
    pub reloader: Reloader,
    /// The keys; none where everybody may ask everything.
    pub(crate) keys: Arc<ArcSwapOption<Keys>>,
    is_stopping: AtomicBool,
}

impl Operation {
    /// What a server runs with.
    pub(crate) fn new(
        limits: Limits,
        decisions: DecisionLog,
        reloader: Reloader,
        keys: Arc<ArcSwapOption<Keys>>,
    ) -> Self {
        Self {
            limits,
            decisions,
            reloader,
            keys,
            ..Self::default()
        }
    }

    /// What is noted of the next request: its rules as well, where it is to be logged.
    pub(crate) fn tally(&self, route: Route) -> Tally {
        let is_question = !matches!(route, Route::Firm | Route::OpenApi);
        if is_question && self.decisions.is_due() {
            Tally::with_rules()
        } else {
            Tally::default()
        }
    }

    /// The server answers what it has, and then no more.
    pub(crate) fn stop(&self) {
        self.is_stopping.store(true, Ordering::Relaxed);
    }

    /// Whether the server stops.
    pub(crate) fn is_stopping(&self) -> bool {
        self.is_stopping.load(Ordering::Relaxed)
    }
}

impl std::fmt::Debug for Operation {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Operation").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
