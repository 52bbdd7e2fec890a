//! The decision log: who asked what, and what was answered, as lines of JSON.
//!
//! A request that is logged costs a place in a queue. A thread of its own writes the lines. Where it cannot keep up, lines are dropped
//! and counted: no answer waits for a disk.

mod entry;
mod log;
mod writer;

pub use entry::DecisionEntry;
pub use log::DecisionLog;

#[cfg(test)]
mod tests;
