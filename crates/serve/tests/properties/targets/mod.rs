//! What always holds of the server: a function from bytes that panics where it does not.
//!
//! The ordinary tests run it in bounds; `fuzz/` runs it for long, with bytes that reach new code.
#![allow(
    unreachable_pub,
    reason = "a module of the tests, and the library of the fuzz target"
)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a property that does not hold panics"
)]

pub mod door;
mod replies;
