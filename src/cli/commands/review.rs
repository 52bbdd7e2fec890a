//! `review`: the access review, on the terminal, for a file, and as a page.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use clio_rules::protocol::{ReviewRequest, SourceTexts, World};

use super::RunCommand;
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::format::{CsvArgs, OutputFormat};
use crate::cli::options::{FirmArgs, firm_from};
use crate::cli::page::write_page;
use crate::cli::terminal::Terminal;

/// Reviews who holds what and who may do what, for whoever has to say that it should stay so
///
/// Text is short; the page has everything: people and what they hold, who is one change away from power, every answer
/// with the rule behind it, and what is different since the last review. Facts have their defaults.
#[derive(Debug, Args)]
#[command(after_help = "\
The page stands alone: no script, nothing from the network, and it prints. A firm of more than 5000 users is refused:
review its departments one by one.

Exit codes: 0 reviewed, 2 could not be reviewed.

Examples:
  clio-rules review
  clio-rules review --html review.html
  clio-rules review --firm firm.yaml --since firm-2025.yaml --html review.html
  clio-rules review --product manage --format csv > review.csv")]
pub(crate) struct ReviewArgs {
    #[command(flatten)]
    asking: FirmArgs,
    /// Writes the review as a page
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    /// Firm file of the last review: says what is different
    #[arg(long, value_name = "OLD.yaml")]
    since: Option<PathBuf>,
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: ReviewFormat,
    #[command(flatten)]
    csv: CsvArgs,
}

/// How a review is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum ReviewFormat {
    /// The most important of it
    #[default]
    Text,
    /// Tables for Markdown
    Markdown,
    /// Comma-separated values, a line for each answer
    Csv,
    /// For programs
    Json,
}

impl RunCommand for ReviewArgs {
    fn format(&self) -> OutputFormat {
        match self.format {
            ReviewFormat::Json => OutputFormat::Json,
            _ => OutputFormat::Text,
        }
    }

    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let firm = self.asking.load(terminal)?.firm;
        let since = self.since.as_deref();
        let old = since
            .map(|file| firm_from(firm.rulebook(), Some(file)))
            .transpose()?;
        let mut world = World::new(&firm);
        if let (Some(file), Some(old)) = (since, &old) {
            world = world.with_firm(file.display().to_string(), old);
        }
        let reviewed = world.ask(ReviewRequest {
            product: self.asking.product,
            old: since.map(SourceTexts::of_file),
        })?;
        let review = &reviewed.reply;
        if let Some(file) = &self.html {
            write_page(file, review)?;
        }
        match self.format {
            ReviewFormat::Text => terminal.text(Some(&world), review)?,
            ReviewFormat::Markdown => terminal.markdown(Some(&world), review)?,
            ReviewFormat::Csv => terminal.csv(review, self.csv)?,
            ReviewFormat::Json => terminal.json(&reviewed)?,
        }
        Ok(ExitStatus::Yes)
    }
}
