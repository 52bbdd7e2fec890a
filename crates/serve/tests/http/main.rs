//! The server, asked through HTTP.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops where something is not as it should be"
)]

mod access_requests;
mod ask;
mod certification;
mod client;
mod described;
mod door;
mod interop;
mod mapping;
mod page;
mod paging;
mod protocol_vectors;
mod searching;
mod server;
mod standard;
mod strict;
mod vectors;
