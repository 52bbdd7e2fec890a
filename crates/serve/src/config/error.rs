//! What is wrong with options.

use std::path::PathBuf;

use clio_rules::Finding;

/// Why nothing is started with these options.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("{}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// Something in a file is not as it should be.
    #[error("{0}")]
    File(Finding),
    /// The address is reached by other computers, and something that protects it is missing.
    #[error("other computers reach {address}: give {wanted}, or say {word}")]
    Unprotected {
        /// The address.
        address: std::net::SocketAddr,
        /// What would protect it.
        wanted: &'static str,
        /// The option that does without.
        word: &'static str,
    },
    /// A certificate without its key, or a key without its certificate.
    #[error("TLS takes both `tls_cert` and `tls_key`")]
    HalfTls,
    /// A URL that clients cannot use.
    #[error(
        "`{0}` is not a URL for clients: write https://HOST or http://HOST, without `?` and `#`"
    )]
    PublicUrl(String),
    /// A share that is none.
    #[error("a share of the decision log is a number from 0 to 1, not {0}")]
    Share(f64),
    /// A name that cannot stand in a path.
    #[error(
        "the name `{0}` of a tenant does not fit into a path: use letters, digits, `-`, `_` and `.`, at most 64"
    )]
    TenantName(String),
}
