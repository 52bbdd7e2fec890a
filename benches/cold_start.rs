//! The command line from a cold start: the whole process, on the built-in example.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a benchmark that cannot be set up has to stop"
)]

use std::process::{Command, Stdio};

fn main() {
    divan::main();
}

fn run(program: &str, words: &[&str]) {
    let mut command = Command::new(program);
    // Away from any folder that holds rules: the built-in ones are meant.
    command.args(words).current_dir(std::env::temp_dir());
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(status.expect("it runs").code() < Some(2));
}

#[divan::bench]
fn can() {
    run(
        env!("CARGO_BIN_EXE_clio-rules"),
        &["can", "wren", "create_bill"],
    );
}

/// What any process costs here.
#[divan::bench]
fn bin_true() {
    run("/bin/true", &[]);
}
