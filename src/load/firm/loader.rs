//! Loading firms with options.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use super::firm_text::FirmText;
use super::quick::QuickReadError;
use super::watch::ProgressWatch;
use super::{Progress, quick, read};
use crate::finding::{Findings, LoadError, firm as codes, yaml as too_long};
use crate::firm::Firm;
use crate::rulebook::Rulebook;
use crate::text::{Source, Span};
use crate::value::Day;
use crate::{disk, yaml};

/// The label at the first unusual place of a long file.
const UNUSUAL: &str = "in front of this, something is wrong or not written as usual";

/// Loads firms under a rulebook, as of a day.
///
/// Entries of a firm can hold [until a day](crate::Day). The engine has no clock: whoever loads a firm with such entries says which
/// day it is looked at. Entries that have ended by then are as if they were not written, but they stay in the file.
///
/// [`Firm::from_file`], [`Firm::from_text`] and the like are short for a loader without a day, which refuses firms with entries that end.
///
/// ```
/// use clio_rules::{Firm, FirmLoader, Rulebook};
///
/// let rulebook = Rulebook::builtin()?;
/// let text = "firm: One\nusers:\n  - id: ada\n    manage: { roles: [primary_subscriber, { id: billing, until: 2026-12-31 }] }\n";
/// let loader = FirmLoader::new(&rulebook);
/// let firm = loader.on("2026-12-31".parse()?).from_text("firm.yaml", text)?;
/// assert_eq!(firm.roles("manage", "ada")?, ["billing", "primary_subscriber"]);
/// let later = loader.on("2027-01-01".parse()?).from_text("firm.yaml", text)?;
/// assert_eq!(later.roles("manage", "ada")?, ["primary_subscriber"]);
/// let refused = Firm::from_text(&rulebook, "firm.yaml", text).unwrap_err();
/// assert!(refused.to_string().contains("day-wanted"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy)]
#[must_use]
pub struct FirmLoader<'r> {
    pub(super) rulebook: &'r Rulebook,
    pub(super) day: Option<Day>,
}

impl<'r> FirmLoader<'r> {
    /// A loader without a day.
    pub fn new(rulebook: &'r Rulebook) -> Self {
        Self {
            rulebook,
            day: None,
        }
    }

    /// Looks at firms as they are on this day.
    pub fn on(self, day: Day) -> Self {
        self.on_day_of(Some(day))
    }

    /// Looks at firms on the day of another one, if it has a day.
    pub(crate) fn on_day_of(self, day: Option<Day>) -> Self {
        Self { day, ..self }
    }

    /// The example firm that comes with this crate: [`Firm::example`].
    ///
    /// # Errors
    /// [`LoadError`] when the rulebook lacks what the example uses; the built-in one has it all.
    pub fn example(&self) -> Result<Firm, LoadError> {
        let (name, text) = crate::load::builtin::FIRM;
        self.from_text(name, text)
    }

    /// Reads a firm file: [`Firm::from_file`].
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found.
    pub fn from_file(&self, path: impl AsRef<Path>) -> Result<Firm, LoadError> {
        self.from_file_watched(path, &mut |_| {})
    }

    /// Reads a firm file and reports progress: [`Firm::from_file_watched`].
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found.
    pub fn from_file_watched(
        &self,
        path: impl AsRef<Path>,
        on_progress: &mut dyn FnMut(Progress),
    ) -> Result<Firm, LoadError> {
        let mut findings = Findings::new();
        let limit = self.rulebook.limits().firm_bytes;
        match disk::read_text(path.as_ref(), limit, &mut findings) {
            Some(source) => {
                let folder = Some(path.as_ref().parent().unwrap_or(Path::new("")));
                self.of_source(&source, folder, on_progress)
            }
            None => Err(LoadError::new(findings)),
        }
    }

    /// Reads a firm from a stream: [`Firm::from_reader`].
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found.
    pub fn from_reader(&self, name: &str, reader: impl Read) -> Result<Firm, LoadError> {
        let mut findings = Findings::new();
        let limit = self.rulebook.limits().firm_bytes;
        match disk::read_stream(name, reader, limit, &mut findings) {
            Some(source) => self.of_source(&source, None, &mut |_| {}),
            None => Err(LoadError::new(findings)),
        }
    }

    /// Reads a firm from memory: [`Firm::from_text`].
    ///
    /// # Errors
    /// [`LoadError`] with every mistake that was found.
    pub fn from_text(&self, name: &str, text: &str) -> Result<Firm, LoadError> {
        let mut findings = Findings::new();
        let limit = self.rulebook.limits().firm_bytes;
        match yaml::decode_text(name, text.as_bytes().to_vec(), limit, &mut findings) {
            Some(source) => self.of_source(&source, None, &mut |_| {}),
            None => Err(LoadError::new(findings)),
        }
    }

    /// Reads a firm from a text that was read before; files beside it are looked for in this folder.
    pub(crate) fn of_source(
        &self,
        source: &Arc<Source>,
        folder: Option<&Path>,
        on_progress: &mut dyn FnMut(Progress),
    ) -> Result<Firm, LoadError> {
        self.of_text(self.text(source, folder), on_progress)
    }

    /// A text with what it is read with, and the folder of its file.
    pub(super) fn text<'a>(
        &'a self,
        source: &'a Arc<Source>,
        folder: Option<&'a Path>,
    ) -> FirmText<'a> {
        FirmText {
            rulebook: self.rulebook,
            day: self.day,
            source,
            folder,
            instead: None,
        }
    }

    /// Reads a firm from a text. Files beside it are read where it is a file itself.
    pub(super) fn of_text(
        &self,
        text: FirmText<'_>,
        on_progress: &mut dyn FnMut(Progress),
    ) -> Result<Firm, LoadError> {
        let source = text.source;
        let mut findings = Findings::new();
        let mut watch = ProgressWatch::new(source.text().len(), on_progress);
        let firm = match quick::firm(text, &mut watch) {
            Ok(firm) => Some(firm),
            Err(QuickReadError::Wrong(found)) => {
                findings = found;
                None
            }
            Err(QuickReadError::Full(at)) => {
                let place = source.place(Span::new(at, at));
                let limit = self.rulebook.limits().users;
                findings.report(&codes::TOO_MANY_USERS, place, &[&limit]);
                None
            }
            Err(QuickReadError::Odd(at)) => {
                let firm = read::firm(text, &mut watch, &mut findings);
                let odd = source.place(Span::new(at, at));
                findings.label_last(&too_long::TOO_MANY_EVENTS, odd, UNUSUAL);
                firm
            }
        };
        Firm::checked(firm, findings)
    }
}

#[cfg(test)]
mod tests;
