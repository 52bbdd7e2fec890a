//! `completions`: words that the shell fills in.

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, CommandFactory, ValueEnum};
use clap_complete::Shell;
use clap_complete::env::{CompleteEnv, Shells};

use super::RunCommand;
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::terminal::Terminal;
use crate::cli::{Cli, show_usage};

/// The variable by which a script of ours asks the program what could stand at the cursor, with the shell as its value.
const VARIABLE: &str = "CLIO_RULES_COMPLETE";

/// Prints a completion script for a shell
#[derive(Debug, Args)]
#[command(after_help = "\
Commands, options and files are completed, and the ids of users, actions, roles and changes from the rules and the firm
that the line names. The script asks the program each time, so it never grows old.

Examples:
  source <(clio-rules completions bash)       # in ~/.bashrc
  source <(clio-rules completions zsh)        # in ~/.zshrc, below compinit
  clio-rules completions fish | source        # in ~/.config/fish/config.fish")]
pub(crate) struct CompletionsArgs {
    /// Shell to complete in
    shell: Shell,
}

impl RunCommand for CompletionsArgs {
    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let value = self.shell.to_possible_value();
        let name = value.as_ref().map_or("", |value| value.get_name());
        if let Some(shell) = Shells::builtins().completer(name) {
            let program = "clio-rules";
            shell.write_registration(VARIABLE, program, program, &this_program(), terminal)?;
        }
        Ok(ExitStatus::Yes)
    }
}

/// The program as it was started: by its name, or by a path that holds from every folder.
fn this_program() -> String {
    let named = PathBuf::from(env::args_os().next().unwrap_or_default());
    let path = if named.components().count() > 1 {
        std::path::absolute(&named).unwrap_or(named)
    } else {
        named
    };
    path.to_string_lossy().into_owned()
}

/// Answers a script that asks what could stand at the cursor; none where the program was started by a person.
pub(crate) fn answer_script() -> Option<ExitCode> {
    let here = env::current_dir().ok();
    CompleteEnv::with_factory(Cli::command)
        .var(VARIABLE)
        .try_complete(env::args_os(), here.as_deref())
        .map_or_else(
            |error| Some(show_usage(&error)),
            |answered| answered.then_some(ExitCode::SUCCESS),
        )
}
