//! What always holds, each property once: a function from bytes that panics where it does not.
//!
//! The ordinary tests run all of them in bounds; `fuzz/` runs them for long, with bytes that reach new code.
#![allow(
    unreachable_pub,
    dead_code,
    reason = "a module of the tests, and the library of the fuzz targets"
)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a property that does not hold panics"
)]

pub mod asking;
pub mod batch_line;
pub mod change_and_inverse;
pub mod choices;
pub mod firm;
pub mod fixture;
pub mod page;
pub mod people;
pub mod refusal;
pub mod rule_file;
pub mod script;
pub mod table_equals_script;
pub mod write_and_read;
pub mod write_touches_only_the_change;

/// A property with the name of its target.
#[derive(Debug, Clone, Copy)]
pub struct Property {
    /// The name of its target.
    pub name: &'static str,
    /// Panics where it does not hold.
    pub holds: fn(&[u8]),
    /// Whether its bytes are text; else they are a row of choices.
    pub is_text: bool,
}

/// A line for each property.
macro_rules! properties {
    ($( $name:ident: $kind:ident; )*) => {
        /// All of them.
        pub const ALL: &[Property] = &[
            $( Property { name: stringify!($name), holds: $name::holds, is_text: stringify!($kind).len() == "text".len() }, )*
        ];
    };
}

properties! {
    rule_file: text;
    script: text;
    firm: text;
    fixture: text;
    batch_line: text;
    table_equals_script: choices;
    change_and_inverse: choices;
    write_and_read: choices;
    write_touches_only_the_change: choices;
}
