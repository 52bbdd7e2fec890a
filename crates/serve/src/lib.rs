//! A decision point over HTTP: the `OpenID` `AuthZEN` Authorization API 1.0, the protocol of `clio-rules`, and a page to look at.
//!
//! [`tenant`] holds what is loaded, [`http`] turns requests into questions and answers into replies, [`listen`] accepts connections,
//! and [`config`] says with what to start.
#![forbid(unsafe_code)]

pub mod access_requests;
pub mod ask;
pub mod authzen;
mod clock;
pub mod config;
pub mod decisions;
pub mod http;
mod json;
pub mod keys;
pub mod listen;
mod log;
pub mod metrics;
pub mod openapi;
pub mod operation;
mod page;
pub mod reload;
mod server;
mod stop_signals;
pub mod tenant;
#[cfg(feature = "otel")]
mod trace;

pub use server::Server;
pub use stop_signals::StopSignals;

use config::{ConfigError, Options, Settings};
use keys::KeysError;
use reload::LoadFailure;

/// Why the server does not start, or stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The options are wrong.
    #[error("{0}")]
    Config(#[from] ConfigError),
    /// Something cannot be loaded.
    #[error("{0}")]
    Load(#[from] LoadFailure),
    /// No key can be made.
    #[error("{0}")]
    Key(#[from] KeysError),
    /// The address cannot be listened on.
    #[error("{address}: {source}")]
    Listen {
        /// The address.
        address: std::net::SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// The decision log cannot be opened.
    #[error("the decision log cannot be opened: {0}")]
    DecisionLog(std::io::Error),
    /// The threads cannot be started.
    #[error("cannot start: {0}")]
    Runtime(std::io::Error),
}

/// Does what the options say: loads, and answers until it is asked to stop.
///
/// # Errors
/// [`ServeError`] when something cannot be loaded or listened on.
pub fn run(options: Options) -> Result<(), ServeError> {
    if let Some(name) = &options.new_key {
        let key = keys::new_key(name)?;
        eprintln!(
            "This key is shown only now: {}\n\nLines for the file of keys, under `keys:`",
            key.key
        );
        print!("{}", key.lines);
        return Ok(());
    }
    let settings = Settings::resolve(options)?;
    let _log = log::start(&settings);
    let (check, scheme) = (
        settings.check,
        if settings.tls.is_some() {
            "https"
        } else {
            "http"
        },
    );
    let server = Server::start(settings)?;
    if check {
        return Ok(());
    }
    // Not before: while a large firm loads, a signal still ends the process at once.
    let signals = StopSignals::catch().map_err(ServeError::Runtime)?;
    tracing::info!("listening on {scheme}://{}", server.address());
    server.run_until_asked(signals)
}
