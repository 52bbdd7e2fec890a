//! How loading went, for `/readyz` and the metrics.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arc_swap::ArcSwapOption;
use serde::Serialize;

use super::LoadFailure;
use crate::clock::Timestamp;

/// How loading one thing went.
#[derive(Debug)]
pub struct ReloadStatus {
    /// What is loaded: `firm`, `keys`, `tls`.
    pub kind: &'static str,
    /// The tenant that it belongs to, if that has a name.
    pub tenant: Option<String>,
    failure: ArcSwapOption<FailureSummary>,
    reloads: AtomicU64,
    failures: AtomicU64,
}

/// Why the last good set stays, in words that strangers may see: codes, no texts and no names of files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FailureSummary {
    /// What is wrong: `rules`, `firm`, `reading`, `fixtures`, `tests`, `keys`, `tls` or `changing`.
    pub stage: &'static str,
    /// The codes of what was found.
    pub codes: Vec<&'static str>,
    /// Since when.
    pub since: Timestamp,
}

impl ReloadStatus {
    pub(super) fn new(kind: &'static str, tenant: Option<String>) -> Self {
        Self {
            kind,
            tenant,
            failure: ArcSwapOption::empty(),
            reloads: AtomicU64::new(0),
            failures: AtomicU64::new(0),
        }
    }

    /// Why the last good set stays; none where the files are what is answered from.
    pub fn failure(&self) -> Option<Arc<FailureSummary>> {
        self.failure.load_full()
    }

    /// How often something new was swapped in.
    pub fn reloads(&self) -> u64 {
        self.reloads.load(Ordering::Relaxed)
    }

    /// How often something new was refused.
    pub fn failures(&self) -> u64 {
        self.failures.load(Ordering::Relaxed)
    }

    pub(super) fn succeed(&self, is_new: bool) {
        self.failure.store(None);
        self.reloads.fetch_add(u64::from(is_new), Ordering::Relaxed);
    }

    /// Notes a failure; tells whether it is another one than the last.
    pub(super) fn fail(&self, failure: &LoadFailure) -> bool {
        self.failures.fetch_add(1, Ordering::Relaxed);
        let last = self.failure();
        let is_same =
            |last: &FailureSummary| last.stage == failure.stage() && last.codes == failure.codes();
        if last.as_deref().is_some_and(is_same) {
            return false;
        }
        self.failure.store(Some(Arc::new(FailureSummary {
            stage: failure.stage(),
            codes: failure.codes(),
            since: Timestamp::now(),
        })));
        true
    }
}
