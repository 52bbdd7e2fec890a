//! The server as it is operated: limits, keys, reloads, stops, logs, numbers. Each test starts a server of its own on a free port.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops where something is not as it should be"
)]

mod client;
mod command;
mod decision_log;
mod garbage;
mod keys;
mod limits;
mod metrics;
mod reload;
mod slow_clients;
mod stop;
mod swap_under_load;
mod tenants;
mod tls;
#[cfg(feature = "otel")]
mod traces;
