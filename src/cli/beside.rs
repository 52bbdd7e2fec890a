//! Commands of other programs: `clio-rules NAME` runs `clio-rules-NAME`, which stands beside this program or on the path.

use std::env;
use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Runs the program of a command that this one does not know; none where there is no such program.
pub(super) fn run(usage: &clap::Error) -> Option<ExitCode> {
    if usage.kind() != ErrorKind::InvalidSubcommand {
        return None;
    }
    let Some(ContextValue::String(name)) = usage.get(ContextKind::InvalidSubcommand) else {
        return None;
    };
    // A name with a slash would be a path.
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_';
    if name.is_empty() || !name.chars().all(is_name) {
        return None;
    }
    let arguments = env::args_os()
        .skip(1)
        .skip_while(|argument| argument != &**name);
    match start(program(name), arguments.skip(1).collect()) {
        Ok(exit) => Some(exit),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => {
            eprintln!("error: `clio-rules-{name}` cannot be run: {error}");
            Some(ExitCode::from(2))
        }
    }
}

/// The program beside this one, or else its name, which is looked for on the path.
fn program(name: &str) -> PathBuf {
    let file = format!("clio-rules-{name}{}", env::consts::EXE_SUFFIX);
    let beside = env::current_exe()
        .ok()
        .map(|this| this.with_file_name(&file));
    beside
        .filter(|program| program.is_file())
        .unwrap_or_else(|| file.into())
}

/// Becomes another program, which then has the signals and the exit code to itself.
#[cfg(unix)]
fn start(program: PathBuf, arguments: Vec<OsString>) -> io::Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(Command::new(program).args(arguments).exec())
}

/// Runs another program, and ends as it does.
#[cfg(not(unix))]
fn start(program: PathBuf, arguments: Vec<OsString>) -> io::Result<ExitCode> {
    let status = Command::new(program).args(arguments).status()?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(2)))
}
