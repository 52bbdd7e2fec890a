//! Who may do what, as data.
#![forbid(unsafe_code)]

mod answer;
mod builtin;
mod change;
pub mod direct;
mod disk;
mod explore;
mod finding;
mod firm;
mod limits;
mod link;
mod name;
mod read;
mod report;
mod rulebook;
#[cfg(feature = "schema")]
mod schema;
mod script;
mod text;
mod value;
mod vocabulary;
mod yaml;

pub use answer::{
    ActionHandle, Answer, AskError, Decision, Explanation, Input, Question, Turn, UserHandle,
};
pub use change::{Altered, Bulk, Change, Reason, Verdict};
pub use finding::{Code, Finding, Findings, Label, Severity};
pub use firm::{Firm, Seat, User, WriteError};
pub use limits::Limits;
pub use link::product::Basis;
pub use report::{
    ActionEntry, BulkEntry, Cell, Census, ChangeEntry, EffectEntry, FactEntry, Matrix, MatrixGroup,
    MatrixRow, ProductEntry, ReadingEntry, RoleEntry, SettingEntry,
};
pub use rulebook::{LoadError, Rulebook};
#[cfg(feature = "schema")]
pub use schema::SchemaKind;
pub use text::{Place, Source, Span, Spanned};

#[cfg(test)]
mod tests;
