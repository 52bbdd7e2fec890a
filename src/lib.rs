//! Who may do what, as data.
#![forbid(unsafe_code)]

mod builtin;
mod disk;
mod explore;
mod finding;
mod limits;
mod link;
mod name;
mod read;
mod rulebook;
mod script;
mod text;
mod value;
mod vocabulary;
mod yaml;

pub use finding::{Code, Finding, Findings, Label, Severity};
pub use limits::Limits;
pub use link::product::Basis;
pub use rulebook::{LoadError, Rulebook};
pub use text::{Place, Source, Span, Spanned};
