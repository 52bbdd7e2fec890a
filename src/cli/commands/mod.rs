//! The commands, one file each.

mod access;
mod batch;
mod can;
mod change;
mod check;
mod completions;
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

use super::exit::Exit;
use super::failure::Failure;
use super::options::Format;
use super::terminal::Terminal;

/// Something that the command line does.
pub(crate) trait Run {
    /// How what is wrong is written; for people, unless the command has the option.
    fn format(&self) -> Format {
        Format::Text
    }

    /// Does it.
    fn run(self, terminal: &mut Terminal) -> Result<Exit, Failure>;
}

/// Declares the commands: a line each, with the struct of its arguments, whose doc comment is its help.
macro_rules! commands {
    ($( $name:ident($arguments:ty), )*) => {
        /// A command with its arguments.
        #[derive(Debug, Subcommand)]
        pub(crate) enum Command {
            $( #[allow(missing_docs)] $name($arguments), )*
        }

        impl Run for Command {
            fn format(&self) -> Format {
                match self {
                    $( Self::$name(arguments) => arguments.format(), )*
                }
            }

            fn run(self, terminal: &mut Terminal) -> Result<Exit, Failure> {
                match self {
                    $( Self::$name(arguments) => arguments.run(terminal), )*
                }
            }
        }
    };
}

commands! {
    Can(can::Can),
    WhoCan(who_can::WhoCan),
    WhatCan(what_can::WhatCan),
    WhereCan(where_can::WhereCan),
    HowCan(how_can::HowCan),
    WhyNot(why_not::WhyNot),
    Review(review::Review),
    Simulate(simulate::Simulate),
    Change(change::Change),
    Test(test::Test),
    Sources(sources::Sources),
    Check(check::Check),
    Matrix(matrix::Matrix),
    Access(access::Access),
    Prove(prove::Prove),
    Diff(diff::Diff),
    Batch(batch::Batch),
    Init(init::Init),
    Schema(schema::Schema),
    Explain(explain::Explain),
    Completions(completions::Completions),
}
