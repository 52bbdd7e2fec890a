//! Lists of users in files of their own: an id a line.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use crate::disk;
use crate::finding::{Findings, LoadError};
use crate::firm::User;
use crate::limits::Limits;
use crate::text::Source;

impl User {
    /// Reads ids of users from a file with one on each line. Empty lines and spaces around ids do not count. The file may have
    /// as many bytes as a firm file.
    ///
    /// # Errors
    /// [`LoadError`] when it cannot be read, is no text, or is too large.
    pub fn ids_from_file(
        path: impl AsRef<Path>,
        limits: &Limits,
    ) -> Result<Vec<String>, LoadError> {
        let mut findings = Findings::new();
        let source = disk::read_text(path.as_ref(), limits.firm_bytes, &mut findings);
        listed(source, findings)
    }

    /// Reads ids of users from a stream, such as standard input, to its end. `name` is what messages call it.
    ///
    /// # Errors
    /// [`LoadError`] when it cannot be read, is no text, or is too large.
    ///
    /// ```
    /// use clio_rules::{Limits, User};
    ///
    /// let ids = User::ids_from_reader("request", "wren\n\n otto\n".as_bytes(), &Limits::default())?;
    /// assert_eq!(ids, ["wren", "otto"]);
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn ids_from_reader(
        name: &str,
        reader: impl Read,
        limits: &Limits,
    ) -> Result<Vec<String>, LoadError> {
        let mut findings = Findings::new();
        let source = disk::read_stream(name, reader, limits.firm_bytes, &mut findings);
        listed(source, findings)
    }
}

fn listed(source: Option<Arc<Source>>, findings: Findings) -> Result<Vec<String>, LoadError> {
    let source = source.ok_or_else(|| LoadError::new(findings))?;
    let lines = source.text().lines().map(str::trim);
    let ids = lines.filter(|line| !line.is_empty());
    Ok(ids.map(str::to_owned).collect())
}
