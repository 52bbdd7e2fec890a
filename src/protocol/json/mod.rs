//! Strict reading of JSON: unknown and duplicate keys are findings.

mod fields;
mod keys;
mod kind;
mod object;
mod read_error;

pub(super) use fields::read_fields;
pub(super) use keys::struct_keys;
pub(super) use object::JsonObject;
pub(super) use read_error::unknown_key;
