//! One thing that is loaded from files, and loaded again when they change.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use super::stamps::Stamps;
use super::{LoadFailure, ReloadStatus};
use crate::clock;

/// Puts what was loaded in the place of what there was; tells whether it is anything else.
pub(crate) type Commit = Box<dyn FnOnce() -> bool + Send>;

/// Something that is loaded from files.
pub(crate) trait Watchable: Send {
    /// The files that it is loaded from, as far as they are known.
    fn files(&self) -> BTreeSet<PathBuf>;

    /// Loads it, without any effect: that is left to the commit.
    ///
    /// # Errors
    /// [`LoadFailure`] when the files are wrong.
    fn load(&mut self) -> Result<Commit, LoadFailure>;
}

/// How long files may change without a pause before somebody should hear of it.
const UNREST: Duration = Duration::from_secs(10);

/// A thing that is loaded, with what its files were like then.
pub(super) struct Watch {
    item: Box<dyn Watchable>,
    pub(super) status: Arc<ReloadStatus>,
    loaded: Stamps,
    changed: Option<Change>,
}

/// A change that waits for the files to come to rest.
struct Change {
    since: Instant,
    stamps: Stamps,
    /// How many looks found the same stamps.
    looks: u8,
    is_reported: bool,
}

impl Watch {
    /// Watches something that was loaded when its files had these stamps.
    pub(super) fn new(item: Box<dyn Watchable>, status: Arc<ReloadStatus>, loaded: Stamps) -> Self {
        Self {
            item,
            status,
            loaded,
            changed: None,
        }
    }

    fn stamps(&self) -> Stamps {
        Stamps::take(&self.item.files(), clock::today())
    }

    /// Looks once, and loads if files have changed and come to rest.
    pub(super) fn look(&mut self) {
        let now = self.stamps();
        if now == self.loaded {
            self.changed = None;
            return;
        }
        let (since, is_reported) = match &mut self.changed {
            Some(change) if change.stamps == now => {
                change.looks += 1;
                if change.looks >= 2 {
                    self.load(now);
                }
                return;
            }
            Some(change) => (change.since, change.is_reported),
            None => (Instant::now(), false),
        };
        let is_restless = since.elapsed() > UNREST;
        if is_restless && !is_reported {
            self.fail(&LoadFailure::Changing);
        }
        self.changed = Some(Change {
            since,
            stamps: now,
            looks: 0,
            is_reported: is_reported || is_restless,
        });
    }

    /// Loads at once, without a wait for the files to come to rest.
    ///
    /// # Errors
    /// [`LoadFailure::Changing`] when they change meanwhile; else what is wrong with them.
    pub(super) fn load_now(&mut self) -> Result<(), LoadFailure> {
        for _ in 0..3 {
            let now = self.stamps();
            if let Some(outcome) = self.try_load(now) {
                return outcome;
            }
        }
        Err(LoadFailure::Changing)
    }

    fn load(&mut self, now: Stamps) {
        if let Some(Err(failure)) = self.try_load(now) {
            self.fail(&failure);
        }
    }

    fn fail(&self, failure: &LoadFailure) {
        let (kind, tenant) = (self.status.kind, self.status.tenant.as_deref());
        if self.status.fail(failure) {
            let stage = failure.stage();
            tracing::error!(
                kind,
                tenant,
                stage,
                "not reloaded, the last good one stays: {failure}"
            );
        }
    }

    /// Loads, and commits if the files are as they were before. None if they are not: then it is not known what was read.
    fn try_load(&mut self, before: Stamps) -> Option<Result<(), LoadFailure>> {
        let start = SystemTime::now();
        let outcome = self.item.load();
        let after = self.stamps();
        if !after.agree_with(&before) {
            return None;
        }
        let may_pass = outcome.as_ref().is_err_and(LoadFailure::may_pass);
        // Where a load finds further files, and they may have been written since it began, the next look loads once more.
        self.loaded = if may_pass {
            Stamps::default()
        } else if after.are_older_than(start) {
            after
        } else {
            before
        };
        self.changed = None;
        Some(outcome.map(|commit| {
            let is_new = commit();
            self.status.succeed(is_new);
            if is_new {
                let (kind, tenant) = (self.status.kind, self.status.tenant.as_deref());
                tracing::info!(kind, tenant, "reloaded");
            }
        }))
    }
}
