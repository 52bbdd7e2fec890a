//! `init`: rule files, an example firm and fixtures for a start.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use clio_rules::starter;

use super::RunCommand;
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::terminal::Terminal;

/// Writes the rule files, an example firm and fixtures into a folder, for a start
///
/// It never overwrites: a folder that has any of the files is refused as a whole.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  clio-rules init my-firm
  cd my-firm && clio-rules test")]
pub(crate) struct InitArgs {
    /// Folder to write into; it is made where it is missing
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

impl RunCommand for InitArgs {
    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let count = starter::write(&self.folder)?;
        terminal.remember_written(&self.folder);
        let folder = self.folder.display();
        writeln!(
            terminal,
            "wrote {count} files into {folder}\n\nWhat to do there:"
        )?;
        if self.folder != Path::new(".") {
            let folder = folder.to_string();
            // What starts with a dash would be an option.
            let here = if folder.starts_with('-') { "./" } else { "" };
            let folder = format!("{here}{folder}");
            // Only a zero byte cannot be quoted, and no path has one.
            let folder = shlex::try_quote(&folder).unwrap_or_default();
            writeln!(terminal, "  cd {folder}")?;
        }
        writeln!(terminal, "  clio-rules can wren create_bill --why")?;
        writeln!(terminal, "  clio-rules test")?;
        writeln!(terminal, "  clio-rules check")?;
        Ok(ExitStatus::Yes)
    }
}
