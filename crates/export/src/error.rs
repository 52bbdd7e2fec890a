//! Why nothing was written.

use std::path::{Path, PathBuf};

use clio_rules::{AskError, LoadError};

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The rules or the firm cannot be loaded.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// A reading is not known.
    #[error(transparent)]
    Reading(#[from] AskError),
    /// There is something in the folder.
    #[error("`{}` is not empty: name another folder, or replace it with `--force`", .0.display())]
    NotEmpty(PathBuf),
    /// There is something in the folder that no export wrote.
    #[error("`{}` holds `{found}`, which no export writes, so it is not replaced: name another folder", folder.display())]
    NotAnExport {
        /// The folder.
        folder: PathBuf,
        /// What stands there.
        found: String,
    },
    /// What is there is no folder.
    #[error("`{}` is not a folder: name another one", .0.display())]
    NotAFolder(PathBuf),
    /// More cells than a table is for.
    #[error(
        "the decisions of this firm have {cells} cells, more than the limit of {most}: ask the library instead, whose answers need no table of them"
    )]
    TooManyCells {
        /// How many there are at most.
        cells: u64,
        /// The limit.
        most: u64,
    },
    /// A file cannot be written.
    #[error("`{}` cannot be written: {source}", path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A Parquet file cannot be written.
    #[error("`{}` cannot be written: {source}", path.display())]
    Parquet {
        /// The file.
        path: PathBuf,
        /// What the writer says.
        source: parquet::errors::ParquetError,
    },
}

impl ExportError {
    /// What turns an error of the system into one that names the file.
    pub(crate) fn of(path: &Path) -> impl Fn(std::io::Error) -> Self + use<'_> {
        |source| Self::Write {
            path: path.to_owned(),
            source,
        }
    }
}
