//! Loading both rulebooks: read, linked, every script explored, tables made.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot be set up has to stop"
)]

use clio_rules::Rulebook;

fn main() {
    divan::main();
}

/// From the texts that come with the crate.
#[divan::bench]
fn built_in() -> Rulebook {
    Rulebook::builtin().expect("built in")
}

/// From files, which are read by two YAML readers that have to agree.
#[divan::bench]
fn from_the_folder() -> Rulebook {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/rules");
    Rulebook::from_folder(folder).expect("shipped")
}
