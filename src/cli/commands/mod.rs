//! The commands, one file each.

mod access;
mod batch;
mod can;
mod change;
mod check;
pub(super) mod completions;
mod diff;
mod explain;
mod how_can;
mod init;
mod matrix;
mod prove;
mod review;
mod schema;
mod simulate;
mod sources;
mod test;
mod what_can;
mod where_can;
mod who_can;
mod why_not;

use clap::Subcommand;

use super::exit::ExitStatus;
use super::failure::CommandFailure;
use super::format::{FindingFormat, OutputFormat};
use super::terminal::Terminal;

/// Something that the command line does.
pub(crate) trait RunCommand {
    /// How what is wrong is written; for people, unless the command has the option.
    fn format(&self) -> OutputFormat {
        OutputFormat::Text
    }

    /// The same where it can be written for reviewers as well.
    fn finding_format(&self) -> FindingFormat {
        self.format().into()
    }

    /// Does it.
    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure>;
}

/// Declares the commands: a line each, with the struct of its arguments, whose doc comment is its help.
macro_rules! commands {
    ($( $name:ident($arguments:ty), )*) => {
        /// A command with its arguments.
        #[derive(Debug, Subcommand)]
        pub(crate) enum Command {
            $( #[allow(missing_docs)] $name($arguments), )*
        }

        impl RunCommand for Command {
            fn finding_format(&self) -> FindingFormat {
                match self {
                    $( Self::$name(arguments) => arguments.finding_format(), )*
                }
            }

            fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
                match self {
                    $( Self::$name(arguments) => arguments.run(terminal), )*
                }
            }
        }
    };
}

commands! {
    Can(can::CanArgs),
    WhoCan(who_can::WhoCanArgs),
    WhatCan(what_can::WhatCanArgs),
    WhereCan(where_can::WhereCanArgs),
    HowCan(how_can::HowCanArgs),
    WhyNot(why_not::WhyNotArgs),
    Review(review::ReviewArgs),
    Simulate(simulate::SimulateArgs),
    Change(change::ChangeArgs),
    Test(test::TestArgs),
    Sources(sources::SourcesArgs),
    Check(check::CheckArgs),
    Matrix(matrix::MatrixArgs),
    Access(access::AccessArgs),
    Prove(prove::ProveArgs),
    Diff(diff::DiffArgs),
    Batch(batch::BatchArgs),
    Init(init::InitArgs),
    Schema(schema::SchemaArgs),
    Explain(explain::ExplainArgs),
    Completions(completions::CompletionsArgs),
}
