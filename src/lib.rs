//! Who may do what, as data.
#![forbid(unsafe_code)]

mod answer;
mod builtin;
mod change;
mod change_file;
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
pub mod starter;
mod text;
mod titles;
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

/// Every code of a finding as a constant, so that errors are told apart without comparing texts.
///
/// ```
/// use clio_rules::{Firm, Question, Rulebook, codes};
///
/// let firm = Firm::example(&Rulebook::builtin()?)?;
/// let error = firm.ask(&Question::new("wern", "create_bill")).unwrap_err();
/// assert_eq!(error.code(), &codes::UNKNOWN_USER);
/// # Ok::<(), clio_rules::LoadError>(())
/// ```
pub mod codes {
    pub use crate::finding::{
        ask::*, disk::*, firm::*, fixture::*, line::*, names::*, rules::*, script::*, yaml::*,
    };
}
