//! `clio-rules-export`: decisions as data.
#![forbid(unsafe_code)]

use std::process::ExitCode;

use clap::Parser;
use clio_rules_export::Options;

fn main() -> ExitCode {
    match clio_rules_export::run(&Options::parse()) {
        Ok(summary) => {
            // Whoever closed the pipe has read what they wanted.
            let _ = std::io::Write::write_all(&mut std::io::stdout(), summary.as_bytes());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
