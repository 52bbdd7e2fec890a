//! What the file system says of files, so that a change of one is seen without reading it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use clio_rules::Day;

/// The stamps of some files at one moment, and the day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Stamps {
    files: BTreeMap<PathBuf, Option<Stamp>>,
    /// Entries of a firm end with a day, so that the next day is a change.
    day: Option<Day>,
}

/// What changes of a file when it is written, replaced or touched.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    identity: [i64; 4],
}

impl Stamps {
    /// The stamps now. The stamp of a folder changes when a file comes into it or goes.
    pub(super) fn take(paths: &BTreeSet<PathBuf>, day: Option<Day>) -> Self {
        let files = paths.iter().map(|path| (path.clone(), Stamp::of(path)));
        Self {
            files: files.collect(),
            day,
        }
    }

    /// Whether everything that was stamped before is now as it was then.
    pub(super) fn agree_with(&self, before: &Self) -> bool {
        let mut all = before.files.iter();
        self.day == before.day && all.all(|(path, stamp)| self.files.get(path) == Some(stamp))
    }

    /// Whether no file was written since a moment, as far as clocks agree.
    pub(super) fn are_older_than(&self, moment: SystemTime) -> bool {
        let written = self.files.values().flatten().map(|stamp| stamp.modified);
        let is_older = |written: SystemTime| written + CLOCKS < moment;
        written
            .into_iter()
            .all(|written| written.is_some_and(is_older))
    }
}

/// How far the clock of a file system may be behind.
const CLOCKS: Duration = Duration::from_secs(1);

impl Stamp {
    /// None where there is nothing, or nothing that may be looked at.
    fn of(path: &Path) -> Option<Self> {
        let file = fs::metadata(path).ok()?;
        Some(Self {
            length: file.len(),
            modified: file.modified().ok(),
            identity: identity(&file),
        })
    }
}

/// Which file it is, and when anything of it changed last, which nobody can set.
#[cfg(unix)]
fn identity(file: &Metadata) -> [i64; 4] {
    use std::os::unix::fs::MetadataExt;
    [
        file.dev().cast_signed(),
        file.ino().cast_signed(),
        file.ctime(),
        file.ctime_nsec(),
    ]
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> [i64; 4] {
    [0; 4]
}
