//! Everything that asks more than one question at once. It stands on tables, answers, changes and firms, and never runs a script.

mod prove;

pub use prove::{Counterexample, Method, Proof, ProofStep, Proven};
