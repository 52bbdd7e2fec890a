//! Firm files to firms, and changes back into firm files.

mod built;
mod conflicts;
mod declarer;
mod edit;
mod edit_things;
mod entry;
mod firm_edit;
mod firm_text;
mod ids;
mod kind;
mod list_entry;
mod loader;
mod people_overlay;
mod pieces;
mod quick;
mod read;
mod rows;
mod same;
mod text;
mod thing_file;
mod thing_table;
mod things;
mod warned;
mod watch;
mod wholes;

pub use firm_edit::FirmEdit;
pub use loader::FirmLoader;
pub use watch::Progress;
#[cfg(feature = "schema")]
pub(crate) use {read::FirmFile, rows::ThingFile};

use std::io::Read;
use std::path::Path;

use crate::disk;
use crate::finding::{Findings, LoadError};
use crate::firm::Firm;
use crate::limits::Limits;
use crate::rulebook::Rulebook;

impl Firm {
    /// The example firm that comes with this crate.
    ///
    /// # Errors
    /// [`LoadError`] when the rulebook lacks what the example uses; the built-in one has it all.
    pub fn example(rulebook: &Rulebook) -> Result<Self, LoadError> {
        FirmLoader::new(rulebook).example()
    }

    /// Reads a firm file. [`FirmLoader`] reads one as of a day.
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found, those against what the rules say of every firm included.
    pub fn from_file(rulebook: &Rulebook, path: impl AsRef<Path>) -> Result<Self, LoadError> {
        Self::from_file_watched(rulebook, path, &mut |_| {})
    }

    /// Reads a firm file as [`Firm::from_file`] does, and reports progress every few thousand users. A million users take about
    /// a second. If the file is wrong or unusual somewhere, reading starts again from the beginning, with a closer look.
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found.
    ///
    /// ```
    /// use clio_rules::{Firm, Rulebook};
    ///
    /// let mut shown = String::new();
    /// Firm::from_file_watched(&Rulebook::builtin()?, "fixtures/firm.yaml", &mut |progress| {
    ///     let percent = progress.bytes * 100 / progress.total.max(1);
    ///     shown = format!("{percent}%, {} users", progress.users);
    /// })?;
    /// assert_eq!(shown, "100%, 14 users");
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn from_file_watched(
        rulebook: &Rulebook,
        path: impl AsRef<Path>,
        on_progress: &mut dyn FnMut(Progress),
    ) -> Result<Self, LoadError> {
        FirmLoader::new(rulebook).from_file_watched(path, on_progress)
    }

    /// Reads a firm from a stream, such as standard input, to its end. `name` is what messages call it.
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found.
    ///
    /// ```
    /// use clio_rules::{Firm, Rulebook};
    ///
    /// let sent = "firm: Two\nusers:\n  - id: ada\n    grow: { roles: [admin] }\n";
    /// let firm = Firm::from_reader(&Rulebook::builtin()?, "request", sent.as_bytes())?;
    /// assert_eq!(firm.name(), "Two");
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn from_reader(
        rulebook: &Rulebook,
        name: &str,
        reader: impl Read,
    ) -> Result<Self, LoadError> {
        FirmLoader::new(rulebook).from_reader(name, reader)
    }

    /// Checks that a firm file can be read and is YAML. That needs no rules: use it where the rules themselves are refused.
    ///
    /// ```
    /// use clio_rules::{Firm, Limits};
    ///
    /// assert!(Firm::check_yaml("fixtures/firm.yaml", &Limits::default()).is_empty());
    /// ```
    pub fn check_yaml(path: impl AsRef<Path>, limits: &Limits) -> Findings {
        let mut findings = Findings::new();
        if let Some(source) = disk::read_text(path.as_ref(), limits.firm_bytes, &mut findings) {
            read::yaml(&source, limits, &mut findings);
        }
        findings
    }

    /// Reads a firm from memory. `name` is what messages call the text.
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found.
    pub fn from_text(rulebook: &Rulebook, name: &str, text: &str) -> Result<Self, LoadError> {
        FirmLoader::new(rulebook).from_text(name, text)
    }
}
