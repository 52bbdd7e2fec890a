//! Access requests, after the draft profile of `AuthZEN`: a denial that permitted changes could turn says so, and becomes a task. Somebody who
//! may make the changes approves it; each step is validated as theirs and written into the firm file, and the question is asked again.

mod approve;
mod door;
mod offer;
mod problem;
mod store;

pub(crate) use door::{PATH, answer};
pub(crate) use offer::offered;
pub use problem::Problem;
pub use store::TaskStatus;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use store::RequestStore;

/// What access requests need: the files that changes are written into, and the tasks.
#[derive(Debug, Default)]
pub struct AccessRequests {
    files: HashMap<Option<String>, PathBuf>,
    store: Mutex<RequestStore>,
    /// One approval at a time, so that each is validated in the firm that the one before it left.
    approving: Mutex<()>,
}

impl AccessRequests {
    /// Access requests for tenants with a firm file. Without a file to write into there are none.
    pub fn of(files: impl IntoIterator<Item = (Option<String>, PathBuf)>) -> Self {
        Self {
            files: files.into_iter().collect(),
            ..Self::default()
        }
    }

    fn file(&self, tenant: Option<&str>) -> Option<&Path> {
        let file = self.files.get(&tenant.map(str::to_owned));
        file.map(PathBuf::as_path)
    }

    /// Waits until nobody else approves anything.
    fn approving(&self) -> MutexGuard<'_, ()> {
        self.approving
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a tenant has a file that changes can be written into.
    pub(crate) fn are_for(&self, tenant: Option<&str>) -> bool {
        self.file(tenant).is_some()
    }

    /// The tasks. What a thread that panicked left behind is sound: each entry is put in as a whole.
    fn store(&self) -> MutexGuard<'_, RequestStore> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
