//! `prove`: do the rules keep what is promised of them?

use std::path::PathBuf;

use clap::{Args, ValueHint};
use clio_rules::protocol::{ProveRequest, SourceTexts};
use clio_rules::{Proof, PropertyResult};

use super::RunCommand;
use crate::cli::bounds::SearchBoundArgs;
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::files::FileArg;
use crate::cli::format::OutputFormat;
use crate::cli::location::rulebook_within;
use crate::cli::options::LocationArgs;
use crate::cli::terminal::Terminal;

/// Proves what the rule files promise, over every firm and every sequence of accepted changes
#[derive(Debug, Args)]
#[command(after_help = "\
A file of properties has the keys `product` and `properties`; for several products it is a list of such parts. It is proven
by itself, so that it may use the ids of the rule files again. `schema properties` prints its schema, for editors:

  product: manage
  properties:
    who_bills_can_edit_bills:
      title: Whoever makes bills can edit them
      whoever: { can: create_bill }
      can: edit_bill

Exit codes: 0 every property holds, 1 one is broken, 2 none is broken and one is not decided, or could not be asked.

Examples:
  clio-rules prove
  clio-rules prove my-properties.yaml
  clio-rules prove --rules my-rules --format json
  clio-rules prove --states 10000000")]
pub(crate) struct ProveArgs {
    /// Properties to prove instead of those that the rule files declare; - is standard input
    #[arg(value_name = "PROPERTIES.yaml", value_hint = ValueHint::FilePath)]
    properties: Option<FileArg>,
    /// Folder of rule files and scripts [default: ./rules where it holds some, else the built-in rules]
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    #[command(flatten)]
    bounds: SearchBoundArgs,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

impl RunCommand for ProveArgs {
    fn format(&self) -> OutputFormat {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let folder = LocationArgs::rules_in(self.rules.as_deref(), terminal);
        let rulebook = rulebook_within(folder.as_deref(), &self.bounds.limits())?;
        let file = self.properties.as_ref();
        let promises = file.map(|file| file.properties(&rulebook)).transpose()?;
        let asked = ProveRequest {
            promises: file.map(|file| SourceTexts::of_file(file.word())),
        };
        let proof = asked.of_rules(&rulebook, promises.as_ref())?;
        terminal.show(None, &proof, self.format)?;
        Ok(exit(&proof.reply))
    }
}

/// No where a property is broken; where none is and one is not decided, it could not be asked.
fn exit(proof: &Proof) -> ExitStatus {
    let mut all = proof.properties.iter();
    if all.any(PropertyResult::is_broken) {
        ExitStatus::No
    } else if proof.holds() {
        ExitStatus::Yes
    } else {
        ExitStatus::NotAsked
    }
}
