//! The shape of rule files: their keys and the values under them, each with its place.
//!
//! This folder does not check whether a name exists. `link` and `firm` do that.

pub(crate) mod rule_file;
