//! `review`: the access review, on the terminal, for a file, and as a page.

use std::path::Path;

use clap::{Args, ValueEnum, ValueHint};
use clio_rules::protocol::{ReviewRequest, SourceTexts, World};

use super::RunCommand;
use crate::cli::day::loader;
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::files::{FileArg, only_one_is_standard};
use crate::cli::format::{CsvArgs, OutputFormat};
use crate::cli::only::OnlyArgs;
use crate::cli::options::{FirmArgs, firm_from};
use crate::cli::reports::{ReportFiles, write_page};
use crate::cli::terminal::Terminal;

/// Reviews who holds what and who may do what, for whoever has to say that it should stay so
///
/// Text is short; the page has everything: people and what they hold, who is one change away from power, every answer
/// with the rule behind it, and what is different since the last review. Facts have their defaults.
#[derive(Debug, Args)]
#[command(after_help = "\
The page stands alone: no script, nothing from the network, and it prints. More than 5000 users are refused: --only
reviews departments one by one. The firm stays whole: numbers, targets and who could give power are those of everybody.

Exit codes: 0 reviewed, 2 could not be reviewed.

Examples:
  clio-rules review
  clio-rules review --html review.html
  clio-rules review --firm firm.yaml --since firm-2025.yaml --html review.html
  clio-rules review --only wren,tomas
  clio-rules review --only @department.txt --html review.html
  clio-rules review --product manage --format csv > review.csv")]
pub(crate) struct ReviewArgs {
    #[command(flatten)]
    only: OnlyArgs,
    #[command(flatten)]
    asking: FirmArgs,
    /// Writes the review as a page; with -, to standard output instead of the text
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    html: Option<FileArg>,
    /// Firm file of the last review, or - for standard input: says what is different
    #[arg(long, value_name = "OLD.yaml", value_hint = ValueHint::FilePath)]
    since: Option<FileArg>,
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
        let since = self.since.as_ref();
        let old_end = (
            "the firm of the last review",
            since == Some(&FileArg::Standard),
        );
        only_one_is_standard(
            "input",
            [self.asking.sources.firm_end(), old_end, self.only.end()],
        )?;
        let reports = ReportFiles::of([("the page", self.html.as_ref())]);
        reports.check_streams(self.format != ReviewFormat::Text)?;
        let loaded = self.asking.load(terminal)?;
        let firm = &loaded.firm;
        let loader = loader(firm.rulebook(), firm.day());
        let old = since.map(|file| firm_from(loader, Some(file)));
        let old = old.transpose()?;
        let of_ids = self.only.files();
        let read = since.cloned().into_iter().chain(of_ids);
        let read = read.filter_map(|file| file.path().map(Path::to_owned));
        reports.keep_apart_from(&loaded.inputs().into_iter().chain(read).collect::<Vec<_>>())?;
        let mut world = World::new(firm);
        if let (Some(file), Some(old)) = (since, &old) {
            world = world.with_firm(file.word().display().to_string(), old);
        }
        let reviewed = world.ask(ReviewRequest {
            product: self.asking.product,
            only: self.only.ids()?,
            old: since.map(|file| SourceTexts::of_file(file.word())),
        })?;
        let review = &reviewed.reply;
        if let Some(file) = &self.html {
            write_page(file, review, terminal)?;
        }
        if reports.take_standard_output() {
            return Ok(ExitStatus::Yes);
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
