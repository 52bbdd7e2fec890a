//! The command line: arguments become a request, and the reply is shown. No rule stands here.

mod beside;
mod bounds;
mod commands;
mod completion;
mod day;
mod exit;
mod failure;
mod files;
mod format;
mod location;
mod only;
mod options;
mod progress;
mod report;
mod reports;
mod reviewed;
mod suites;
mod terminal;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{ColorChoice, Parser};

use commands::{Command, RunCommand};
use failure::CommandFailure;
use format::FindingFormat;
use terminal::Terminal;

const AFTER: &str = "\
Exit codes: 0 yes (allowed, accepted, nothing wrong), 1 no (denied, rejected), 2 could not be asked.

Examples, on the built-in rules and example firm:
  clio-rules can wren create_bill --why
  clio-rules change tomas grant billing wren
  clio-rules explain unknown-user";

/// Who may do what in Clio Manage and Clio Grow, from rule files that people can read
#[derive(Debug, Parser)]
#[command(name = "clio-rules", version, after_help = AFTER, arg_required_else_help = true)]
struct Cli {
    /// Whether to colour what is printed
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: ColorChoice,
    #[command(subcommand)]
    command: Command,
}

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
    if let Some(exit) = commands::completions::answer_script() {
        return exit;
    }
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(usage) => return beside::run(&usage).unwrap_or_else(|| show_usage(&usage)),
    };
    let mut terminal = Terminal::new(cli.color);
    let format = cli.command.finding_format();
    let done = cli.command.run(&mut terminal).and_then(|exit| {
        terminal.flush()?;
        Ok(exit)
    });
    done.unwrap_or_else(|failure| failure.show(format, &mut terminal))
        .into()
}

/// Prints help, the version, or what is wrong with the arguments.
fn show_usage(usage: &clap::Error) -> ExitCode {
    let printed = usage.print().and_then(|()| io::stdout().flush());
    match printed {
        // Whoever closed the pipe does not want to read it.
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => CommandFailure::Output(error)
            .show(FindingFormat::Text, &mut Terminal::new(ColorChoice::Auto))
            .into(),
        _ => ExitCode::from(u8::try_from(usage.exit_code()).unwrap_or(2)),
    }
}
