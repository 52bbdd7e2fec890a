//! `what-can`: what may this user do?

use clap::Args;
use clio_rules::protocol::WhatCanRequest;

use super::RunCommand;
use crate::cli::completion::{IdKind, ids};
use crate::cli::day::OnArg;
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::format::OutputFormat;
use crate::cli::options::FirmArgs;
use crate::cli::terminal::Terminal;

/// Lists everything that a user may do, and on whom
#[derive(Debug, Args)]
#[command(mut_arg("on", |on| on
    .value_name("THING|DATE")
    .help("Lists only what they may do with this thing, by its id; a DATE, as YYYY-MM-DD, is the day on which the firm is looked at [default: today] (may be repeated)")
    .value_parser(OnArg::day_or_thing)), after_help = "\
Exit codes: 0 they may do something, 1 they may do nothing, 2 could not be asked.

Facts have their defaults. An action that another value of a fact would turn says which.

Examples:
  clio-rules what-can wren
  clio-rules what-can tomas --product manage
  clio-rules what-can wren --on ombre_v_vale
  clio-rules what-can otto --format json")]
pub(crate) struct WhatCanArgs {
    /// Whose abilities, by id
    #[arg(add = ids(IdKind::User))]
    user: String,
    #[command(flatten)]
    asking: FirmArgs,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

impl RunCommand for WhatCanArgs {
    fn format(&self) -> OutputFormat {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let loaded = self.asking.load(terminal)?;
        let asked = WhatCanRequest {
            on: self.asking.sources.thing()?,
            product: self.asking.product,
            user: self.user,
        };
        loaded.answer(asked, self.format, terminal)
    }
}
