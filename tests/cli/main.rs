//! Drives the built program in folders of its own and compares status, standard output and standard error exactly.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on fails"
)]

mod access;
mod annotations;
mod answering_rules;
mod apply;
mod batch;
#[cfg(target_os = "linux")]
mod bounds;
mod can;
mod change;
mod check;
mod completions;
mod coverage;
mod csv;
mod days;
mod diff;
mod explain;
mod followed;
mod generated;
mod how_can;
mod init;
mod interleaved;
mod kept;
mod left_out;
mod lines;
mod matrix;
mod mutate;
mod on_things;
#[cfg(unix)]
mod outputs;
#[cfg(unix)]
mod pasted;
mod program;
mod prove;
mod readme;
mod review;
mod rulebooks;
mod same;
mod schema;
mod simulate;
mod sound;
mod strangers;
mod streams;
mod test;
mod usage;
mod vectors;
mod what_can;
mod where_can;
mod who_can;
mod why_not;
mod write;
