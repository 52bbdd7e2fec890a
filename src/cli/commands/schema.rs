//! `schema`: the JSON Schemas of the files that people write, and of what programs send.

use clap::{Args, ValueEnum};
use clio_rules::SchemaKind;
use std::io::Write;
use std::path::PathBuf;

use super::RunCommand;
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::location::rulebook_from;
use crate::cli::options::LocationArgs;
use crate::cli::terminal::Terminal;

/// Prints the JSON Schema of rule, firm, fixture or property files, and of requests and replies
#[derive(Debug, Args)]
#[command(after_help = "\
The schema of firm files knows the roles and settings of the rules that are loaded. Name a schema in the first line of a
file, and editors complete and check while typing:
  # yaml-language-server: $schema=rules/firm.schema.json

Example:
  clio-rules schema firm > firm.schema.json")]
pub(crate) struct SchemaArgs {
    /// Kind of file, or what programs send
    kind: SchemaKindArg,
    /// Folder of rule files and scripts [default: ./rules where it holds some, else the built-in rules]
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
}

/// A kind of file that people write, or of what programs send.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum SchemaKindArg {
    /// The rules of one product
    Rulebook,
    /// Who works at a firm
    Firm,
    /// What the rules are expected to say
    Fixture,
    /// What is promised of the rules, as `prove` reads it
    Properties,
    /// What can be asked, as lines of `batch`
    Request,
    /// What is answered
    Reply,
}

impl From<SchemaKindArg> for SchemaKind {
    fn from(kind: SchemaKindArg) -> Self {
        match kind {
            SchemaKindArg::Rulebook => Self::Rulebook,
            SchemaKindArg::Firm => Self::Firm,
            SchemaKindArg::Fixture => Self::Fixture,
            SchemaKindArg::Properties => Self::Properties,
            SchemaKindArg::Request => Self::Request,
            SchemaKindArg::Reply => Self::Reply,
        }
    }
}

impl RunCommand for SchemaArgs {
    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let folder = LocationArgs::rules_in(self.rules.as_deref(), terminal);
        let rulebook = rulebook_from(folder.as_deref())?;
        writeln!(terminal, "{:#}", rulebook.schema(self.kind.into()))?;
        Ok(ExitStatus::Yes)
    }
}
