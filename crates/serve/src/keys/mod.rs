//! Keys that clients show, each with what it may ask.
//!
//! A key is 256 random bits that this program makes. A file keeps SHA-256 of each key, and not the key. That is enough: slow hashes with
//! salt protect words that people choose, since those can be guessed one by one; nobody goes through 2^256 keys, and no two clients have
//! the same one. A slow hash would also give strangers a way to keep the server busy.

mod client;
mod error;
mod file;
mod generate;
mod right;
mod watch;

pub use client::Client;
pub use error::KeysError;
pub use file::Keys;
pub use generate::{NewKey, new_key};
pub(crate) use right::Admission;
pub use right::Right;
pub(crate) use watch::KeyWatch;

#[cfg(test)]
mod tests;
