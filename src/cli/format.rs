//! How answers are written.

use clap::ValueEnum;

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
