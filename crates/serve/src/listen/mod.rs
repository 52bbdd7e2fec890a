//! Accepts connections, and keeps each within its limits.

mod accept;
mod connection;
mod slow;
mod tls;

pub(crate) use accept::{Listener, accept_all};
pub use tls::TlsError;
pub(crate) use tls::{Certificate, CertificateWatch};
