//! Testing rules: fixtures and their coverage, mutants of the rules, and the slow twin of the tables.

mod bench;
pub mod direct;
pub(crate) mod fixture;
pub(crate) mod mutation;

pub use bench::SuiteBench;
