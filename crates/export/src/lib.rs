//! Decisions as data: the tables of a firm, and the query that joins them.
//!
//! [`run`] loads rules and a firm and writes a folder. `docs/export.md` says what stands in it.
#![forbid(unsafe_code)]

mod error;
mod folder;
mod format;
mod load;
mod options;
mod query;
mod table;
mod tables;

pub use error::ExportError;
pub use format::Format;
pub use options::Options;

use std::fmt::Write;
use std::path::Path;

use clio_rules::Firm;

use tables::FirmTables;

/// Loads what the options name, and writes the folder. Returns what was written, in words.
///
/// # Errors
/// [`ExportError`] when something cannot be loaded or written. Then there is no new folder, and the old one is as it was.
pub fn run(options: &Options) -> Result<String, ExportError> {
    let firm = load::firm(options)?;
    let written = export(&firm, options.format, &options.folder, options.force)?;
    let mut summary = String::new();
    for (table, rows) in written {
        // Writing to a text cannot fail.
        let _ = writeln!(summary, "{table}: {rows} rows");
    }
    Ok(summary)
}

/// Writes the tables of a firm and the queries that join them into a folder. Returns how many rows each table has.
///
/// # Errors
/// [`ExportError`] when the folder is not empty and `force` is not given, when it holds what no export writes, when the firm has more
/// cells than a table is for, and when something cannot be written.
///
/// ```
/// use clio_rules::{Firm, Rulebook};
/// use clio_rules_export::{Format, export};
///
/// let firm = Firm::example(&Rulebook::builtin()?)?;
/// let folder = tempfile::tempdir()?;
/// let written = export(&firm, Format::Csv, folder.path(), false)?;
/// assert!(written.contains(&("users", 14)));
/// assert!(folder.path().join("decide.duckdb.sql").is_file());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn export(
    firm: &Firm,
    format: Format,
    folder: &Path,
    force: bool,
) -> Result<Vec<(&'static str, u64)>, ExportError> {
    let of_firm = FirmTables::new(firm);
    let actions = of_firm.actions()?;
    let tables = of_firm.all(&actions);
    folder::write(folder, force, |inside| {
        let written = format.write(&tables, inside)?;
        query::write(format, inside)?;
        Ok(written)
    })
}
