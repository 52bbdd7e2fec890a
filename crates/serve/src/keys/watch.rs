//! Keys that are loaded again when their file changes.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use arc_swap::ArcSwapOption;

use super::Keys;
use crate::reload::{Commit, LoadFailure, Watchable};

/// A file of keys that is watched.
pub(crate) struct KeyWatch {
    pub(crate) file: PathBuf,
    pub(crate) keys: Arc<ArcSwapOption<Keys>>,
}

impl Watchable for KeyWatch {
    fn files(&self) -> BTreeSet<PathBuf> {
        BTreeSet::from([self.file.clone()])
    }

    fn load(&mut self) -> Result<Commit, LoadFailure> {
        let loaded = Keys::from_file(&self.file).map_err(LoadFailure::Keys)?;
        let keys = Arc::clone(&self.keys);
        Ok(Box::new(move || {
            keys.store(Some(Arc::new(loaded)));
            true
        }))
    }
}
