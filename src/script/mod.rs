//! Scripts: the conditions of rules, written in Rhai, and the functions they share.
//!
//! A script is checked word by word against the declarations of its product, and compiled. It can read only
//! the values that its caller passes in. No other part of the crate uses Rhai.

mod check;
mod engine;
mod failure;
mod lexeme;
mod origin;
mod sandbox;
#[cfg(feature = "testing")]
mod twist;
mod uncalled;

#[cfg(test)]
pub(crate) use engine::callable;
pub(crate) use failure::{RunStop, ScriptFailure};
pub(crate) use origin::{FileOrigin, ScriptOrigin};
pub(crate) use sandbox::{Functions, Sandbox, Script};
#[cfg(feature = "testing")]
pub(crate) use twist::{ScriptEditKind, twists};

#[cfg(test)]
mod tests;
