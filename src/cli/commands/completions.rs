//! `completions`: words that the shell fills in.

use std::io::Write;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::RunCommand;
use crate::cli::Cli;
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::terminal::Terminal;

/// Prints a completion script for a shell
#[derive(Debug, Args)]
#[command(after_help = "\
Example, for bash:
  clio-rules completions bash > ~/.local/share/bash-completion/completions/clio-rules")]
pub(crate) struct CompletionsArgs {
    /// Shell to complete in
    shell: Shell,
}

impl RunCommand for CompletionsArgs {
    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let mut command = Cli::command();
        // Through memory: the generator cannot cope with a stream that fails.
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command, "clio-rules", &mut script);
        terminal.write_all(&script)?;
        Ok(ExitStatus::Yes)
    }
}
