//! Who may do what, as data.
#![forbid(unsafe_code)]

mod answer;
mod builtin;
mod change;
mod change_file;
mod disk;
mod explore;
mod finding;
mod firm;
mod fixture;
mod limits;
mod link;
mod name;
mod read;
mod rulebook;
mod script;
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
pub use rulebook::{LoadError, Rulebook};
pub use text::{Place, Source, Span, Spanned};

/// Fixtures: suites of tests that say what the rules should answer, and the runner that asks.
pub mod fixtures {
    pub use crate::fixture::{
        Failure, Options, Report, Status, SuiteReport, Suites, TestReport, Totals,
    };
}

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
