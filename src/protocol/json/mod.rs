//! JSON read strictly: every key is known, none stands twice, and what is wrong is a finding that names it.

mod fields;
mod keys;
mod kind;
mod object;
mod wrong;

pub(super) use fields::{read_fields, text_or_null};
pub(super) use keys::struct_keys;
pub(super) use object::Object;
pub(super) use wrong::unknown_key;
