//! Loading with options.

use std::path::Path;
use std::sync::Arc;

use super::rulebook::{read_folder, read_text};
use crate::finding::{Findings, LoadError};
use crate::limits::Limits;
use crate::rulebook::Rulebook;
use crate::text::Source;
use crate::yaml;

/// Loads rules, and what is tested against them, with limits of your own.
///
/// [`Rulebook::builtin`], [`Rulebook::from_folder`] and [`Rulebook::from_texts`] are short for a loader with the default
/// limits. Firms and bulk changes keep to the limits of their rulebook.
///
/// ```
/// use clio_rules::{Limits, Loader};
///
/// let tight = Limits { rule_file_bytes: 10, ..Limits::DEFAULT };
/// let refused = Loader::new().limits(&tight).rulebook_from_folder("rules").unwrap_err();
/// assert!(refused.to_string().contains("file-too-large"));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Loader {
    pub(crate) limits: Limits,
}

impl Loader {
    /// A loader with the default limits.
    pub fn new() -> Self {
        Self::default()
    }

    /// Replaces the limits.
    #[must_use]
    pub fn limits(mut self, limits: &Limits) -> Self {
        self.limits = limits.clone();
        self
    }

    /// The rulebooks of Clio Manage and Clio Grow that come with this crate.
    ///
    /// # Errors
    /// [`LoadError`] when the limits are too tight for them.
    pub fn builtin_rulebook(&self) -> Result<Rulebook, LoadError> {
        let sources: Vec<Arc<Source>> = super::builtin::RULES
            .iter()
            .map(|(name, text)| Source::new(*name, *text))
            .collect();
        // The tests read these files with both YAML readers. One is enough here.
        Rulebook::from_sources(&sources, yaml::read_once, &self.limits, Findings::new())
    }

    /// Every rule file (`.yaml`) of a folder, each with its script (`.rhai`).
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found.
    pub fn rulebook_from_folder(&self, folder: impl AsRef<Path>) -> Result<Rulebook, LoadError> {
        let mut findings = Findings::new();
        let sources = read_folder(folder.as_ref(), &self.limits, &mut findings);
        Rulebook::from_sources(&sources, yaml::read, &self.limits, findings)
    }

    /// Rule files and scripts from memory, as pairs of file name and text.
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found.
    pub fn rulebook_from_texts<'t>(
        &self,
        texts: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<Rulebook, LoadError> {
        let mut findings = Findings::new();
        let sources: Vec<Arc<Source>> = texts
            .into_iter()
            .filter_map(|(name, text)| read_text(name, text, &self.limits, &mut findings))
            .collect();
        Rulebook::from_sources(&sources, yaml::read, &self.limits, findings)
    }
}

impl Rulebook {
    /// The rulebooks of Clio Manage and Clio Grow that come with this crate.
    ///
    /// # Errors
    /// None: the tests of this crate load them. The signature is that of every load.
    pub fn builtin() -> Result<Self, LoadError> {
        Loader::new().builtin_rulebook()
    }

    /// Every rule file (`.yaml`) of a folder, each with its script (`.rhai`).
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found.
    ///
    /// ```
    /// let rulebook = clio_rules::Rulebook::from_folder("rules")?;
    /// assert!(rulebook.warnings().is_empty());
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn from_folder(folder: impl AsRef<Path>) -> Result<Self, LoadError> {
        Loader::new().rulebook_from_folder(folder)
    }

    /// Rule files and scripts from memory, as pairs of file name and text. The name's ending gives the kind of text (`.yaml` or
    /// `.rhai`). Messages use the name.
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found.
    ///
    /// ```
    /// let refused = clio_rules::Rulebook::from_texts([("door.yaml", "product: door\n")]);
    /// assert!(refused.is_err());
    /// ```
    pub fn from_texts<'t>(
        texts: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<Self, LoadError> {
        Loader::new().rulebook_from_texts(texts)
    }
}
