//! Where rules and firms are, unless the command line says otherwise.

use std::path::Path;

use clio_rules::{Limits, LoadError, Loader, Rulebook};

/// Where rule files are looked for, and the firm file.
pub(super) const RULES: &str = "rules";
pub(crate) const FIRM: &str = "firm.yaml";

/// The rules from a folder, else the built-in ones.
pub(crate) fn rulebook_from(folder: Option<&Path>) -> Result<Rulebook, LoadError> {
    rulebook_within(folder, &Limits::DEFAULT)
}

/// The same within other limits.
pub(crate) fn rulebook_within(
    folder: Option<&Path>,
    limits: &Limits,
) -> Result<Rulebook, LoadError> {
    match folder {
        Some(folder) => Loader::new().limits(limits).rulebook_from_folder(folder),
        None => Loader::new().limits(limits).builtin_rulebook(),
    }
}
