//! Files that a command line names. `-` is standard input or standard output.

use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};

use clio_rules::{
    Bulk, Finding, Firm, FirmLoader, Limits, LoadError, Properties, Rulebook, User, codes,
};

/// A file to read or to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FileArg {
    /// Standard input or standard output.
    Standard,
    /// A file on the disk.
    Named(PathBuf),
}

/// What stands for a standard stream.
const DASH: &str = "-";

/// What messages call the text from standard input.
pub(crate) const STANDARD_INPUT: &str = "standard input";

impl From<OsString> for FileArg {
    fn from(word: OsString) -> Self {
        if word == DASH {
            Self::Standard
        } else {
            Self::Named(word.into())
        }
    }
}

impl FileArg {
    pub(crate) fn is_standard(&self) -> bool {
        *self == Self::Standard
    }

    /// The file on the disk.
    pub(crate) fn path(&self) -> Option<&Path> {
        match self {
            Self::Standard => None,
            Self::Named(path) => Some(path),
        }
    }

    /// As it stands on the command line.
    pub(crate) fn word(&self) -> &Path {
        self.path().unwrap_or(Path::new(DASH))
    }

    /// Reads ids of users, one a line.
    pub(crate) fn ids(&self) -> Result<Vec<String>, LoadError> {
        let limits = Limits::default();
        match self {
            Self::Standard => User::ids_from_reader(STANDARD_INPUT, io::stdin(), &limits),
            Self::Named(path) => User::ids_from_file(path, &limits),
        }
    }

    /// Reads a firm.
    pub(crate) fn firm(&self, loader: FirmLoader<'_>) -> Result<Firm, LoadError> {
        match self {
            Self::Standard => loader.from_reader(STANDARD_INPUT, io::stdin()),
            Self::Named(path) => loader.from_file(path),
        }
    }

    /// Reads properties.
    pub(crate) fn properties(&self, rulebook: &Rulebook) -> Result<Properties, LoadError> {
        match self {
            Self::Standard => Properties::from_reader(rulebook, STANDARD_INPUT, io::stdin()),
            Self::Named(path) => Properties::from_file(rulebook, path),
        }
    }

    /// Reads a list of changes.
    pub(crate) fn bulk(
        &self,
        firm: &Firm,
        product: Option<&str>,
        user: &str,
    ) -> Result<Bulk, LoadError> {
        match self {
            Self::Standard => Bulk::from_reader(firm, product, user, (STANDARD_INPUT, io::stdin())),
            Self::Named(path) => Bulk::from_file(firm, product, user, path),
        }
    }
}

/// Refuses a standard stream, input or output, that several things would share.
pub(crate) fn only_one_is_standard(
    stream: &str,
    ends: impl IntoIterator<Item = (&'static str, bool)>,
) -> Result<(), Finding> {
    let mut standard = ends.into_iter().filter(|(_, is_standard)| *is_standard);
    match (standard.next(), standard.next()) {
        (Some((first, _)), Some((second, _))) => Err(Finding::new(
            &codes::STREAM_IN_USE,
            None,
            &[&stream, &first, &second],
        )),
        _ => Ok(()),
    }
}
