//! Firm files to firms, and changes back into firm files.

mod built;
mod conflicts;
mod edit;
mod entry;
mod firm_edit;
mod ids;
mod quick;
mod read;
mod same;
mod text;
mod things;
mod warned;
mod watch;

pub use firm_edit::FirmEdit;
#[cfg(feature = "schema")]
pub(crate) use read::FirmFile;
pub use watch::Progress;

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use crate::finding::{Findings, LoadError, firm as codes, yaml as too_long};
use crate::firm::Firm;
use crate::limits::Limits;
use crate::rulebook::Rulebook;
use crate::text::{Source, Span};
use crate::{disk, yaml};
use watch::ProgressWatch;

/// The label at the first unusual place of a long file.
const UNUSUAL: &str = "in front of this, something is wrong or not written as usual";

impl Firm {
    /// The example firm that comes with this crate.
    ///
    /// # Errors
    /// [`LoadError`] when the rulebook lacks what the example uses; the built-in one has it all.
    pub fn example(rulebook: &Rulebook) -> Result<Self, LoadError> {
        let (name, text) = crate::load::builtin::FIRM;
        Self::from_text(rulebook, name, text)
    }

    /// Reads a firm file.
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
        let mut findings = Findings::new();
        let limit = rulebook.limits().firm_bytes;
        match disk::read_text(path.as_ref(), limit, &mut findings) {
            Some(source) => Self::from_source_watched(rulebook, &source, on_progress),
            None => Err(LoadError::new(findings)),
        }
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
        let mut findings = Findings::new();
        let limit = rulebook.limits().firm_bytes;
        match disk::read_stream(name, reader, limit, &mut findings) {
            Some(source) => Self::from_source(rulebook, &source),
            None => Err(LoadError::new(findings)),
        }
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
        let mut findings = Findings::new();
        let limit = rulebook.limits().firm_bytes;
        match yaml::decode_text(name, text.as_bytes().to_vec(), limit, &mut findings) {
            Some(source) => Self::from_source(rulebook, &source),
            None => Err(LoadError::new(findings)),
        }
    }

    pub(crate) fn from_source(
        rulebook: &Rulebook,
        source: &Arc<Source>,
    ) -> Result<Self, LoadError> {
        Self::from_source_watched(rulebook, source, &mut |_| {})
    }

    fn from_source_watched(
        rulebook: &Rulebook,
        source: &Arc<Source>,
        on_progress: &mut dyn FnMut(Progress),
    ) -> Result<Self, LoadError> {
        let mut findings = Findings::new();
        let mut watch = ProgressWatch::new(source.text().len(), on_progress);
        let firm = match quick::firm(rulebook, source, &mut watch) {
            Ok(firm) => Some(firm),
            Err(odd) if odd.is_full => {
                let place = source.place(Span::new(odd.at, odd.at));
                findings.report(&codes::TOO_MANY_USERS, place, &[&rulebook.limits().users]);
                None
            }
            Err(odd) => {
                let firm = read::firm(rulebook, source, &mut watch, &mut findings);
                let odd = source.place(Span::new(odd.at, odd.at));
                findings.label_last(&too_long::TOO_MANY_EVENTS, odd, UNUSUAL);
                firm
            }
        };
        Self::checked(firm, findings)
    }
}
