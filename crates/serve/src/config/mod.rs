//! With what the server starts.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Parser;

/// Answers over HTTP who may do what
#[derive(Debug, Parser)]
#[command(name = "clio-rules-serve", version)]
pub struct Options {
    /// Folder of rule files and scripts [default: the built-in rules]
    #[arg(long, value_name = "DIR")]
    pub rules: Option<PathBuf>,
    /// Firm file [default: the built-in example firm]
    #[arg(long, value_name = "FILE")]
    pub firm: Option<PathBuf>,
    /// Address to listen on
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8181")]
    pub listen: SocketAddr,
}
