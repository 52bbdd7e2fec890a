//! Tests of the whole library: files in, findings out.

mod architecture;
pub(crate) mod cases;
pub(crate) mod decided;
pub(crate) mod dice;
mod followed;
mod getters;
pub(crate) mod hostile;
pub(crate) mod limits;
#[cfg(feature = "schema")]
mod reference;
mod sound;
#[cfg(all(feature = "testing", feature = "protocol"))]
mod things;

/// Rule files by chance, shared with the tests of the command line.
pub(crate) mod generated {
    include!("../tests/cli/generated.rs");
}
