//! What the server counts, in the text format of Prometheus.
//!
//! Every number is an atomic of its own: counting takes no lock and no memory, whatever is asked.

mod endpoint;
mod histogram;
mod text;

pub use endpoint::Endpoint;
pub(crate) use text::MetricsPage;

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use histogram::Histogram;

/// Status codes that are counted each for itself; the last entry counts all others.
const STATUSES: [u16; 12] = [200, 400, 401, 403, 404, 405, 408, 409, 413, 500, 503, 0];

/// Everything that is counted.
#[derive(Debug, Default)]
pub struct Metrics {
    requests: [[Count; STATUSES.len()]; Endpoint::ALL.len()],
    seconds: [Histogram; Endpoint::ALL.len()],
    allowed: Count,
    denied: Count,
    /// Connections that are open.
    pub(crate) connections: Count,
    /// Connections that were accepted.
    pub(crate) accepted: Count,
    /// Connections that were turned away, as there were too many.
    pub(crate) turned_away: Count,
    /// Connections that ended with an error: slow or broken clients.
    pub(crate) broken: Count,
}

/// A number that threads count up together.
#[derive(Debug, Default)]
pub(crate) struct Count(AtomicU64);

impl Count {
    pub(crate) fn add(&self, more: u64) {
        self.0.fetch_add(more, Ordering::Relaxed);
    }

    pub(crate) fn subtract(&self, less: u64) {
        self.0.fetch_sub(less, Ordering::Relaxed);
    }

    pub(crate) fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

impl Metrics {
    /// Counts a request that was answered.
    pub fn answered(&self, endpoint: Endpoint, status: u16, time: Duration) {
        let known = STATUSES.iter().position(|&known| known == status);
        let status = known.unwrap_or(STATUSES.len() - 1);
        let counts = self.requests.get(endpoint as usize);
        if let Some(count) = counts.and_then(|counts| counts.get(status)) {
            count.add(1);
        }
        if let Some(histogram) = self.seconds.get(endpoint as usize) {
            histogram.note(time);
        }
    }

    /// Counts decisions of one request.
    pub fn decided(&self, allowed: u64, denied: u64) {
        if allowed > 0 {
            self.allowed.add(allowed);
        }
        if denied > 0 {
            self.denied.add(denied);
        }
    }
}

#[cfg(test)]
mod tests;
