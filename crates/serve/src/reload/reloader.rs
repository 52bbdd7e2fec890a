//! The thread that looks at files.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime};

use super::stamps::Stamps;
use super::watch::Watch;
use super::{Commit, LoadFailure, ReloadStatus, TenantSource, Watchable};
use crate::clock;
use crate::tenant::Tenant;

/// How often files are looked at.
const LOOK: Duration = Duration::from_millis(150);

/// Loads what changes, as long as it lives.
#[derive(Default)]
pub struct Reloader {
    watches: Arc<Vec<Mutex<Watch>>>,
    statuses: Vec<Arc<ReloadStatus>>,
    /// The thread ends when this is dropped, once it is done with a load that it has begun. Nobody waits for that.
    stop: Option<Sender<()>>,
}

/// A tenant whose files are watched.
struct TenantWatch {
    source: TenantSource,
    tenant: Arc<Tenant>,
    /// The files of the last load.
    known: BTreeSet<PathBuf>,
}

impl Watchable for TenantWatch {
    fn files(&self) -> BTreeSet<PathBuf> {
        // Files that come into a folder are new, and files that went may come back.
        let mut files = self.source.files();
        files.extend(self.known.iter().cloned());
        files
    }

    fn load(&mut self) -> Result<Commit, LoadFailure> {
        let load = self.source.load_with_files();
        self.known = load.files;
        let loaded = load.outcome?;
        let tenant = Arc::clone(&self.tenant);
        Ok(Box::new(move || {
            // A file that was only touched leaves everything as it is.
            let is_new = tenant.current().digest() != loaded.digest();
            if is_new {
                tenant.replace(loaded);
            }
            is_new
        }))
    }
}

impl Reloader {
    /// Loads a tenant for the first time, and watches it from then on.
    ///
    /// # Errors
    /// [`LoadFailure`] with everything that is wrong.
    pub fn tenant(
        &mut self,
        name: Option<String>,
        source: TenantSource,
    ) -> Result<Arc<Tenant>, LoadFailure> {
        let start = SystemTime::now();
        let before = Stamps::take(&source.files(), clock::today());
        let load = source.load_with_files();
        let tenant = Arc::new(Tenant::new(load.outcome?));
        let watch = TenantWatch {
            source,
            tenant: Arc::clone(&tenant),
            known: load.files,
        };
        let after = Stamps::take(&watch.files(), clock::today());
        let is_calm = after.agree_with(&before) && after.are_older_than(start);
        let loaded = if is_calm { after } else { before };
        self.add("firm", name, Box::new(watch), loaded);
        Ok(tenant)
    }

    /// Watches something that was loaded when its files had the stamps that they have now.
    pub(crate) fn watch(&mut self, kind: &'static str, item: impl Watchable + 'static) {
        let loaded = Stamps::take(&item.files(), clock::today());
        self.add(kind, None, Box::new(item), loaded);
    }

    fn add(
        &mut self,
        kind: &'static str,
        tenant: Option<String>,
        item: Box<dyn Watchable>,
        loaded: Stamps,
    ) {
        let status = Arc::new(ReloadStatus::new(kind, tenant));
        if let Some(watches) = Arc::get_mut(&mut self.watches) {
            self.statuses.push(Arc::clone(&status));
            watches.push(Mutex::new(Watch::new(item, status, loaded)));
        }
    }

    /// Begins to look.
    ///
    /// # Errors
    /// When the system starts no thread.
    pub fn start(&mut self) -> std::io::Result<()> {
        let (stop, stopped) = mpsc::channel();
        let watches = Arc::clone(&self.watches);
        thread::Builder::new()
            .name("reload".into())
            .spawn(move || {
                while stopped.recv_timeout(LOOK) == Err(RecvTimeoutError::Timeout) {
                    for watch in watches.iter() {
                        watch.lock().unwrap_or_else(PoisonError::into_inner).look();
                    }
                }
            })?;
        self.stop = Some(stop);
        Ok(())
    }

    /// Loads a tenant at once, for whoever has just written its files.
    ///
    /// # Errors
    /// [`LoadFailure`] with what is wrong; the last good set stays.
    pub fn reload(&self, tenant: Option<&str>) -> Result<(), LoadFailure> {
        for (watch, status) in self.watches.iter().zip(&self.statuses) {
            if status.kind == "firm" && status.tenant.as_deref() == tenant {
                let mut watch = watch.lock().unwrap_or_else(PoisonError::into_inner);
                watch.load_now()?;
            }
        }
        Ok(())
    }

    /// How loading went, of everything that is watched.
    pub fn statuses(&self) -> &[Arc<ReloadStatus>] {
        &self.statuses
    }
}
