//! The log of the program, on standard error.

use std::io;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::fmt;

use crate::config::{LogFormat, LogLevel, Settings};

/// Writes events from now on. A program that has a log of its own already keeps that.
pub(crate) fn start(settings: &Settings) {
    let level = match settings.log_level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
    };
    let log = fmt()
        .with_writer(io::stderr)
        .with_max_level(level)
        .with_ansi(false)
        .with_target(false);
    let started = match settings.log_format {
        LogFormat::Text => tracing::subscriber::set_global_default(log.finish()),
        LogFormat::Json => {
            tracing::subscriber::set_global_default(log.json().flatten_event(true).finish())
        }
    };
    if started.is_err() {
        tracing::debug!("the log of the program around is used");
    }
}
