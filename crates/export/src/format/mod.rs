//! What tables are written as.

mod csv;
mod parquet;
mod sql;

use std::ffi::OsStr;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;

use crate::ExportError;
use crate::query;
use crate::table::Table;
use crate::tables::TABLES;

/// What tables are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A Parquet file for each table.
    Parquet,
    /// A file of comma-separated values for each table.
    Csv,
    /// One file of statements that make and fill the tables, for PostgreSQL and DuckDB.
    Sql,
}

impl Format {
    /// Every format.
    pub(crate) const ALL: [Self; 3] = [Self::Parquet, Self::Csv, Self::Sql];

    /// Writes all tables into a folder, and counts their rows.
    pub(crate) fn write(
        self,
        tables: &[Table<'_>],
        folder: &Path,
    ) -> Result<Vec<(&'static str, u64)>, ExportError> {
        if self == Self::Sql {
            return sql::write(tables, &folder.join(sql::FILE));
        }
        let of_each = tables.iter().map(|table| {
            let path = folder.join(self.file(table.name));
            let rows = match self {
                Self::Parquet => parquet::write(table, &path)?,
                _ => csv::write(table, &path)?,
            };
            Ok((table.name, rows))
        });
        of_each.collect()
    }

    /// The file of a table, where it has one of its own.
    pub(crate) fn file(self, table: &str) -> String {
        match self {
            Self::Parquet => format!("{table}.parquet"),
            Self::Csv => format!("{table}.csv"),
            Self::Sql => sql::FILE.to_owned(),
        }
    }
}

/// Whether a file is one that exports write.
pub(crate) fn is_of_an_export(name: &OsStr) -> bool {
    let tables = TABLES.iter();
    let mut tables = tables.flat_map(|(table, _)| Format::ALL.map(|format| format.file(table)));
    tables.any(|file| *file == *name) || query::files().any(|file| *file == *name)
}

/// A file that is written.
struct OutputFile {
    path: PathBuf,
    to: BufWriter<File>,
}

impl OutputFile {
    fn create(path: &Path) -> Result<Self, ExportError> {
        let file = File::create(path).map_err(ExportError::of(path))?;
        Ok(Self {
            path: path.to_owned(),
            to: BufWriter::with_capacity(1 << 16, file),
        })
    }

    fn write(&mut self, text: &str) -> Result<(), ExportError> {
        let written = self.to.write_all(text.as_bytes());
        written.map_err(ExportError::of(&self.path))
    }

    fn finish(mut self) -> Result<(), ExportError> {
        self.to.flush().map_err(ExportError::of(&self.path))
    }
}
