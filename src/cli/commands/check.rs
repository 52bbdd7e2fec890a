//! `check`: everything wrong or suspicious, in one run.

use clap::{Args, ValueHint};
use clio_rules::fixtures::Suites;
use clio_rules::protocol::{CensusReply, CheckReply, CheckRequest};
use clio_rules::render::CountedCheck;
use clio_rules::{Firm, Limits, Rulebook};

use super::RunCommand;
use crate::cli::bounds::SearchBoundArgs;
use crate::cli::day::loader;
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::files::{FileArg, only_one_is_standard};
use crate::cli::format::FindingFormat;
use crate::cli::location::rulebook_within;
use crate::cli::options::{LocationArgs, firm_from, not_read_in};
use crate::cli::report::FindingReport;
use crate::cli::suites::{FIXTURES, suite_ends, suites_at};
use crate::cli::terminal::Terminal;

/// Finds everything wrong or suspicious in rule files, scripts, firm and fixtures
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 nothing wrong, 1 warnings with --deny-warnings, 2 something is wrong.

Examples:
  clio-rules check
  clio-rules check --rules my-rules --firm my-firm.yaml --deny-warnings
  clio-rules check --format sarif
  clio-rules check --format github")]
pub(crate) struct CheckArgs {
    /// Treats what is only suspicious as a failure
    #[arg(long)]
    deny_warnings: bool,
    #[command(flatten)]
    sources: LocationArgs,
    /// Suites, and folders of suites; - is standard input (may be repeated) [default: ./fixtures where it holds some and no rules are named]
    #[arg(long, value_name = "PATH", value_hint = ValueHint::AnyPath)]
    fixtures: Vec<FileArg>,
    #[command(flatten)]
    bounds: SearchBoundArgs,
    /// How to write the findings
    #[arg(long, value_enum, default_value_t)]
    format: FindingFormat,
}

impl RunCommand for CheckArgs {
    fn finding_format(&self) -> FindingFormat {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let ends = suite_ends(&self.fixtures).chain([self.sources.firm_end()]);
        only_one_is_standard("input", ends)?;
        let mut report = FindingReport::default();
        let rulebook = self.rulebook(&mut report, terminal);
        let firm = self.firm(rulebook.as_ref(), &mut report, terminal)?;
        let suites = self.suites(rulebook.as_ref(), &mut report, terminal);
        let sound = rulebook.filter(|_| report.errors() == 0);
        let census = sound.map(|rulebook| CensusReply {
            products: rulebook.census(),
            firm: firm.as_ref().map(|firm| firm.name().to_owned()),
            users: firm.as_ref().map(|firm| firm.users().count()),
            groups: firm.as_ref().map_or(0, Firm::group_count),
            things: firm.as_ref().map_or(0, Firm::thing_count),
            suites,
        });
        let exit = match (report.errors(), report.warnings()) {
            (1.., _) => ExitStatus::NotAsked,
            (_, 1..) if self.deny_warnings => ExitStatus::No,
            _ => ExitStatus::Yes,
        };
        let reply = CheckReply {
            findings: report.findings().map(Into::into).collect(),
            beyond: report.beyond(),
            census,
        };
        match self.format {
            FindingFormat::Json => {
                terminal.json(&CheckRequest {}.replied(exit == ExitStatus::Yes, reply))?;
            }
            FindingFormat::Sarif => terminal.sarif(&report.annotations())?,
            FindingFormat::Github => terminal.github(&report.annotations())?,
            FindingFormat::Text => {
                report.draw(terminal);
                terminal.text(
                    None,
                    &CountedCheck {
                        reply: &reply,
                        errors: report.errors(),
                        warnings: report.warnings(),
                    },
                )?;
            }
        }
        Ok(exit)
    }
}

impl CheckArgs {
    fn rulebook(&self, report: &mut FindingReport, terminal: &mut Terminal) -> Option<Rulebook> {
        let folder = self.sources.rules(terminal);
        report.add(&not_read_in(folder.as_deref()));
        match rulebook_within(folder.as_deref(), &self.bounds.limits()) {
            Ok(rulebook) => {
                report.add(rulebook.warnings());
                report.add(&rulebook.check_properties());
                report.add(&rulebook.check_idle_parts());
                report.add(&rulebook.check_ids());
                Some(rulebook)
            }
            Err(error) => {
                report.add(error.findings());
                None
            }
        }
    }

    /// The firm. Where the rules are refused, a firm file is still read as YAML; where nobody named one and the
    /// example does not fit the rules, there is none to check.
    fn firm(
        &self,
        rulebook: Option<&Rulebook>,
        report: &mut FindingReport,
        terminal: &mut Terminal,
    ) -> Result<Option<Firm>, CommandFailure> {
        let file = self.sources.firm(terminal);
        let Some(rulebook) = rulebook else {
            if let Some(FileArg::Named(file)) = file {
                report.add(&Firm::check_yaml(file, &Limits::default()));
            }
            return Ok(None);
        };
        match firm_from(loader(rulebook, self.sources.day()?), file.as_ref()) {
            Ok(firm) => {
                report.add(&firm.check_ids());
                match &file {
                    Some(FileArg::Named(file)) => report.add(&firm.placed(file, firm.warnings())),
                    Some(FileArg::Standard) => report.add(&firm.warnings()),
                    // Nobody can mend the example firm.
                    None => {}
                }
                Ok(Some(firm))
            }
            Err(CommandFailure::Found(_)) if file.is_none() => Ok(None),
            Err(CommandFailure::Found(found)) => {
                report.append(found);
                Ok(None)
            }
            Err(failure) => Err(failure),
        }
    }

    /// Checks the fixtures, and returns the number of suites. Where the rules are refused, the suites are still read.
    fn suites(
        &self,
        rulebook: Option<&Rulebook>,
        report: &mut FindingReport,
        terminal: &mut Terminal,
    ) -> Option<usize> {
        let read = if !self.fixtures.is_empty() {
            suites_at(&self.fixtures)
        } else if !self.sources.names_rules() && Suites::is_in(FIXTURES) {
            terminal.note("fixtures: ./fixtures");
            Suites::from_folder(FIXTURES)
        } else {
            return None;
        };
        match read {
            Ok(suites) => {
                report.add(suites.not_read());
                if let Some(rulebook) = rulebook {
                    report.add(&suites.check(rulebook));
                }
                Some(suites.names().count())
            }
            Err(error) => {
                report.add(error.findings());
                None
            }
        }
    }
}
