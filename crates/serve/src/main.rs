//! `clio-rules-serve`: answers over HTTP.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use clap::Parser;
use clio_rules_serve::config::Options;

fn main() -> ExitCode {
    match clio_rules_serve::run(Options::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
