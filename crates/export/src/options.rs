//! The command line.

use std::path::PathBuf;

use clap::Parser;
use clio_rules::Day;

use crate::Format;

/// Writes the decisions of a firm as tables, and the queries that join them in DuckDB, PostgreSQL and Spark.
#[derive(Debug, Clone, Parser)]
#[command(name = "clio-rules-export", version, about, max_term_width = 100)]
pub struct Options {
    /// Folder that is written: whole, or not at all
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// What the tables are written as
    #[arg(long, value_enum)]
    pub format: Format,
    /// Replaces an export that is there already
    #[arg(long)]
    pub force: bool,
    /// Folder of rule files and scripts [default: ./rules where it holds some, else the built-in rules]
    #[arg(long, value_name = "DIR")]
    pub rules: Option<PathBuf>,
    /// Firm file, or - for standard input [default: firm.yaml here, else the built-in example firm]
    #[arg(long, value_name = "FILE")]
    pub firm: Option<PathBuf>,
    /// Chooses a reading (may be repeated)
    #[arg(long = "reading", value_name = "NAME=true|false", value_parser = reading)]
    pub readings: Vec<(String, bool)>,
    /// Day on which the firm is looked at, as YYYY-MM-DD: entries whose `until` is before it have ended [default: today]
    #[arg(long, value_name = "DATE")]
    pub on: Option<Day>,
}

fn reading(text: &str) -> Result<(String, bool), &'static str> {
    let form = "write it as NAME=true or NAME=false";
    let (name, choice) = text.rsplit_once('=').ok_or(form)?;
    Ok((name.to_owned(), choice.parse().map_err(|_| form)?))
}
