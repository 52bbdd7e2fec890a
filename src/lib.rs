//! Who may do what, as data.
#![forbid(unsafe_code)]

mod finding;
mod limits;
mod name;
mod script;
mod text;
mod value;
mod vocabulary;
mod yaml;

pub use finding::{Code, Finding, Findings, Label, Severity};
pub use limits::Limits;
pub use text::{Place, Source, Span, Spanned};
