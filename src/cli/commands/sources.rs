//! `sources`: which section of the source document each rule comes from, and which fixtures assert it.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use clio_rules::fixtures::{Claim, SourceDocument, SourceSection, Sources};

use super::RunCommand;
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::options::{LocationArgs, OutputFormat, rulebook_from, suites_from};
use crate::cli::report::FindingReport;
use crate::cli::terminal::Terminal;

/// Lists what the rules claim of the source document, by section, with the fixtures that assert it
#[derive(Debug, Args)]
#[command(after_help = "\
ExitStatus codes: 0 every section has rules and every stated rule a fixture, 1 something is missing, 2 it could not be asked.

Examples:
  clio-rules sources
  clio-rules sources --format json
  clio-rules sources --rules my-rules my-fixtures")]
pub(crate) struct SourcesArgs {
    /// Suites, and folders of suites [default: ./fixtures where it holds some, else the built-in ones]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Folder of rule files and scripts [default: ./rules where it holds some, else the built-in rules]
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// How to write it
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

impl RunCommand for SourcesArgs {
    fn format(&self) -> OutputFormat {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let folder = LocationArgs::rules_in(self.rules.as_deref(), terminal);
        let suites = suites_from(&self.paths, terminal)?;
        let rulebook = rulebook_from(folder.as_deref())?;
        let report = suites.sources(&rulebook)?;
        match self.format {
            OutputFormat::Json => terminal.json(&report)?,
            OutputFormat::Text => {
                print(&report, terminal)?;
                let mut found = FindingReport::default();
                for finding in &report.findings {
                    found.append(finding.clone().into());
                }
                found.draw(terminal);
            }
        }
        Ok(ExitStatus::of(report.is_complete()))
    }
}

fn print(report: &Sources, terminal: &mut Terminal) -> io::Result<()> {
    for (number, document) in report.products.iter().enumerate() {
        if number > 0 {
            writeln!(terminal)?;
        }
        print_document(document, terminal)?;
    }
    Ok(())
}

fn print_document(document: &SourceDocument, terminal: &mut Terminal) -> io::Result<()> {
    let heading = format!("{}: {}", document.product, document.document);
    let heading = terminal.paint.heading(heading);
    writeln!(terminal, "{heading}")?;
    for section in &document.sections {
        print_section(section, terminal)?;
    }
    Ok(())
}

fn print_section(section: &SourceSection, terminal: &mut Terminal) -> io::Result<()> {
    let heading = terminal.paint.heading(&section.heading);
    let place = terminal.paint.label(&section.place);
    writeln!(terminal, "\n{heading}  {place}")?;
    for claim in &section.claims {
        print_claim(claim, terminal)?;
    }
    Ok(())
}

fn print_claim(claim: &Claim, terminal: &mut Terminal) -> io::Result<()> {
    let place = terminal.paint.label(&claim.place);
    writeln!(terminal, "  {} ({})  {place}", claim.rule, claim.basis)?;
    for by in &claim.fixtures {
        let place = terminal.paint.label(&by.place);
        writeln!(terminal, "    {} > {}  {place}", by.suite, by.test)?;
    }
    if claim.fixtures.is_empty() {
        writeln!(terminal, "    no fixture")?;
    }
    Ok(())
}
