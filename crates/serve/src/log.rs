//! The log of the program, on standard error.

use std::io;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt, registry};

use crate::config::{LogFormat, LogLevel, Settings};
#[cfg(feature = "otel")]
use crate::trace::Traces;

/// What has to live as long as events are written.
pub(crate) struct EventLog {
    #[cfg(feature = "otel")]
    _traces: Option<Traces>,
}

/// Writes events from now on. A program that has a log of its own already keeps that.
pub(crate) fn start(settings: &Settings) -> EventLog {
    let level = match settings.log_level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
    };
    let lines = fmt::layer()
        .with_writer(io::stderr)
        .with_ansi(false)
        .with_target(false);
    let is_json = settings.log_format == LogFormat::Json;
    let json = is_json.then(|| {
        fmt::layer()
            .with_writer(io::stderr)
            .with_target(false)
            .json()
            .flatten_event(true)
    });
    let text = (!is_json).then_some(lines);
    let log = registry()
        .with(text.with_filter(level))
        .with(json.with_filter(level));
    #[cfg(feature = "otel")]
    let traces = Traces::start();
    #[cfg(feature = "otel")]
    let log = log.with(
        traces
            .as_ref()
            .map(|traces| traces.layer().with_filter(LevelFilter::INFO)),
    );
    if log.try_init().is_err() {
        tracing::debug!("the log of the program around is used");
    }
    EventLog {
        #[cfg(feature = "otel")]
        _traces: traces,
    }
}
