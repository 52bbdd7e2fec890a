//! A start: the files that `clio-rules init` writes.

use std::path::Path;

use crate::disk;
use crate::finding::disk::reason;
use crate::finding::{Finding, WriteError, disk as codes};
use crate::load::builtin;

/// Every file of a start, as pairs of path and text: rules, schemas, the example firm, fixtures.
///
/// ```
/// assert!(clio_rules::starter::files().any(|(path, _)| path == "rules/manage.yaml"));
/// ```
pub fn files() -> impl Iterator<Item = (&'static str, String)> {
    let (_, firm) = builtin::FIRM;
    // The firm that people change stands at the top; the one that fixtures ask about stays beside them.
    let firm = ("firm.yaml", firm.replace("../rules/", "rules/"));
    let others = builtin::RULES
        .iter()
        .chain(builtin::SCHEMAS)
        .chain(builtin::FIXTURES);
    std::iter::once(firm).chain(others.map(|(path, text)| (*path, (*text).to_owned())))
}

/// Writes every file of a start into a folder, and returns how many.
///
/// # Errors
/// [`WriteError`] when any of the files is there already, in which case nothing is written; or when one cannot be
/// written, in which case those that were are taken away again.
pub fn write(folder: impl AsRef<Path>) -> Result<usize, WriteError> {
    let folder = folder.as_ref();
    let files: Vec<_> = files()
        .map(|(path, text)| (folder.join(path), text))
        .collect();
    if let Some((there, _)) = files.iter().find(|(path, _)| disk::is_there(path)) {
        return Err(Finding::new(&codes::WOULD_OVERWRITE, None, &[&there.display()]).into());
    }
    disk::write_all_new(&files).map_err(|(path, error)| {
        let words: [&dyn std::fmt::Display; 2] = [&path.display(), &reason(&error)];
        WriteError::from(Finding::new(&codes::CANNOT_CREATE, None, &words))
    })?;
    Ok(files.len())
}
