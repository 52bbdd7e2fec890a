//! A decision point over HTTP: the `OpenID` `AuthZEN` Authorization API 1.0, the protocol of `clio-rules`, and a page to look at.
//!
//! [`tenant`] holds what is loaded, [`http`] turns requests into questions and answers into replies, [`listen`] accepts connections,
//! and [`config`] says with what to start.
#![forbid(unsafe_code)]

pub mod ask;
pub mod authzen;
pub mod config;
pub mod http;
pub mod listen;
mod page;
pub mod tenant;

use std::sync::Arc;

use clio_rules::{Firm, Rulebook};

use config::Options;
use http::{App, HttpOptions};
use tenant::{Loaded, Tenant, Tenants};

/// Why the server does not start, or stopped.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The rules or the firm cannot be loaded.
    #[error("{0}")]
    Load(#[from] clio_rules::LoadError),
    /// The address cannot be listened on, or the listener failed.
    #[error("{address}: {source}")]
    Listen {
        /// The address.
        address: std::net::SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// The threads cannot be started.
    #[error("cannot start: {0}")]
    Runtime(std::io::Error),
}

/// Loads what the options name, and answers until it is stopped.
///
/// # Errors
/// [`ServeError`] when something cannot be loaded or listened on.
pub fn run(options: &Options) -> Result<(), ServeError> {
    let rulebook = match &options.rules {
        Some(folder) => Rulebook::from_folder(folder)?,
        None => Rulebook::builtin()?,
    };
    let firm = match &options.firm {
        Some(file) => Firm::from_file(&rulebook, file)?,
        None => Firm::example(&rulebook)?,
    };
    let tenants = Tenants::of_one(Tenant::new(Loaded::new(firm)));
    let app = App::new(
        Arc::new(tenants),
        HttpOptions {
            public_url: format!("http://{}", options.listen),
            ..HttpOptions::default()
        },
    );
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(ServeError::Runtime)?;
    runtime.block_on(listen::serve(options.listen, http::router(app)))
}
