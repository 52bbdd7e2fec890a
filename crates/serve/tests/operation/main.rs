//! The server as it is operated: limits, keys, reloads, stops, logs, numbers. Each test starts a server of its own on a free port.

mod client;
mod command;
mod decision_log;
mod keys;
mod limits;
mod metrics;
mod reload;
mod slow_clients;
mod stop;
mod swap_under_load;
mod tenants;
mod tls;
