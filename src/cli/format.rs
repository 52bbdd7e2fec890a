//! How answers are written.

use clap::{Args, ValueEnum};
use clio_rules::render::CsvCells;

/// How answers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum OutputFormat {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

/// How findings are written, and what else is put beside lines of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum FindingFormat {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
    /// For code scanning and editors: SARIF 2.1.0
    Sarif,
    /// For a pull request on GitHub: workflow commands
    Github,
}

impl From<OutputFormat> for FindingFormat {
    fn from(format: OutputFormat) -> Self {
        match format {
            OutputFormat::Text => Self::Text,
            OutputFormat::Json => Self::Json,
        }
    }
}

/// How comma-separated values are written.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct CsvArgs {
    /// Writes cells of csv as they are, for programs; without it an apostrophe stands before what a spreadsheet would compute
    #[arg(long)]
    raw_csv: bool,
    /// Writes a byte order mark before csv: some spreadsheets need one to read letters such as é
    #[arg(long)]
    bom: bool,
}

impl CsvArgs {
    /// How cells are written.
    pub(crate) fn cells(self) -> CsvCells {
        if self.raw_csv {
            CsvCells::Raw
        } else {
            CsvCells::Shown
        }
    }

    /// What stands before the first record.
    pub(crate) fn mark(self) -> &'static [u8] {
        if self.bom { "\u{feff}".as_bytes() } else { b"" }
    }
}
