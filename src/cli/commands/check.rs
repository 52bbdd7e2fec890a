//! `check`: everything wrong or suspicious, in one run.

use std::io::{self, Write};

use clap::Args;
use clio_rules::{Census as Product, Firm, Limits, Rulebook};
use serde::Serialize;

use super::Run;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::options::{Format, Sources, firm_from, rulebook_from};
use crate::cli::report::Report;
use crate::cli::rows::rows;
use crate::cli::terminal::Terminal;

/// Finds everything wrong or suspicious in rule files, scripts and the firm file
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 nothing wrong, 1 warnings with --deny-warnings, 2 something is wrong.

Examples:
  clio-rules check
  clio-rules check --rules my-rules --firm my-firm.yaml --deny-warnings")]
pub(crate) struct Check {
    /// Treats what is only suspicious as a failure
    #[arg(long)]
    deny_warnings: bool,
    #[command(flatten)]
    sources: Sources,
    /// How to write what was found
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// What was found, and how much was looked at.
#[derive(Serialize)]
struct Checked<'c> {
    #[serde(flatten)]
    report: &'c Report,
    #[serde(skip_serializing_if = "Option::is_none")]
    census: Option<Census>,
}

/// How much there is.
#[derive(Serialize)]
struct Census {
    products: Vec<Product>,
    firm: String,
    users: usize,
}

impl Run for Check {
    fn format(&self) -> Format {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<Exit, Failure> {
        let mut report = Report::default();
        let firm = self.firm(&mut report, terminal)?;
        // Fixtures come last: they need the rules and the firm.
        let census = firm.as_ref().map(Census::of);
        match self.format {
            Format::Json => terminal.json(&Checked {
                report: &report,
                census,
            })?,
            Format::Text => {
                report.draw(terminal);
                print(&report, census.as_ref(), terminal)?;
            }
        }
        Ok(match (report.errors(), report.warnings()) {
            (1.., _) => Exit::NotAsked,
            (_, 1..) if self.deny_warnings => Exit::No,
            _ => Exit::Yes,
        })
    }
}

impl Check {
    /// Loads the rules and the firm. Where the rules are refused, the firm file is still read as YAML.
    fn firm(&self, report: &mut Report, terminal: &mut Terminal) -> Result<Option<Firm>, Failure> {
        let folder = self.sources.rules(terminal);
        let file = self.sources.firm(terminal);
        let rulebook: Rulebook = match rulebook_from(folder.as_deref()) {
            Ok(rulebook) => rulebook,
            Err(error) => {
                report.add(error.findings());
                if let Some(file) = file {
                    report.add(&Firm::check_yaml(file, &Limits::default()));
                }
                return Ok(None);
            }
        };
        report.add(rulebook.warnings());
        match firm_from(&rulebook, file.as_deref()) {
            Ok(firm) => Ok(Some(firm)),
            Err(Failure::Found(found)) => {
                report.append(found);
                Ok(None)
            }
            Err(failure) => Err(failure),
        }
    }
}

impl Census {
    fn of(firm: &Firm) -> Self {
        Self {
            products: firm.rulebook().census(),
            firm: firm.name().to_owned(),
            users: firm.users().count(),
        }
    }
}

fn print(report: &Report, census: Option<&Census>, terminal: &mut Terminal) -> io::Result<()> {
    let (errors, warnings) = (report.errors(), report.warnings());
    let summary = match (errors, warnings) {
        (0, 0) => "nothing wrong".to_owned(),
        (0, warnings) => counted(warnings, "warning"),
        (errors, 0) => counted(errors, "error"),
        _ => format!(
            "{} and {}",
            counted(errors, "error"),
            counted(warnings, "warning")
        ),
    };
    let summary = terminal.paint.answer(errors == 0, summary);
    writeln!(terminal, "{summary}")?;
    let Some(census) = census else {
        return Ok(());
    };
    let mut all: Vec<(&str, String)> = census.products.iter().map(in_words).collect();
    let users = counted(census.users, "user");
    all.push(("firm", format!("{}, {users}", census.firm)));
    rows(terminal, &all)
}

fn in_words(product: &Product) -> (&str, String) {
    let counts = [
        counted(product.roles, "role"),
        counted(product.actions, "action"),
        format!(
            "{} ({} stated, {} inferred)",
            counted(product.rules, "rule"),
            product.stated,
            product.inferred
        ),
        format!(
            "{} over {}",
            counted(product.scripts, "script"),
            counted(product.paths, "path")
        ),
    ];
    (&product.product, counts.join(", "))
}

fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}
