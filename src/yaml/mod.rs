//! YAML: reads text into nodes with places, decodes nodes into typed values, and edits files while keeping the rest.
//!
//! All nodes come from one reader with limits. Scalars stay text as written; the type they are decoded into gives
//! them a meaning. Only this folder uses the two YAML crates.

mod condition;
mod conflict;
mod decode;
mod edit;
mod encoding;
mod events;
mod input;
mod node;
mod odd_space;
mod quick;
mod reader;
mod record;
#[cfg(feature = "schema")]
mod schema;
mod second;
mod spans;
mod syntax;

pub(crate) use condition::Condition;
pub(crate) use conflict::conflict;
pub(crate) use decode::{
    Decode, DecodeContext, Flag, KeyedEntries, KeyedValue, OneOrMany, Prose, Text,
};
pub(crate) use edit::{
    TextEdit, apply, line_ending, pieces, remove_entry, set_entry, set_list_entry, sorted,
    write_scalar,
};
#[cfg(feature = "testing")]
pub(crate) use edit::{indent, remove_item};
pub(crate) use encoding::{BOM, decode_text, flaw_of_key, flaw_of_text};
#[cfg(feature = "testing")]
pub(crate) use node::MapEntry;
pub(crate) use node::{Map, Node, NodeContent};
pub(crate) use quick::{ItemLayout, Piece, QuickReader, is_usually_written, read_usual};
#[cfg(test)]
pub(crate) use reader::events_read;
pub(crate) use reader::{read, read_long, read_once, read_streamed};
pub(crate) use record::{key_of, record};
