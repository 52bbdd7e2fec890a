//! Tests of the whole library: files in, findings out.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has failed"
)]

mod architecture;
pub(crate) mod cases;
pub(crate) mod hostile;
