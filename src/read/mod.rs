//! Files as they are written: which keys there are and what stands under them, each with its place.
//!
//! Nothing here knows whether a name exists; that is the work of `link` and of `firm`.

pub(crate) mod rule_file;
