//! Who may do what in Clio Manage and Clio Grow, as data: rules are files, answers come from tables, and every
//! answer says which rule gave it, where that rule stands, and which section of the source document it comes from.
//!
//! A [`Rulebook`] is loaded once. Every script in it is run over every path it can take, so that a rulebook that
//! loads cannot fail: no script runs when a question is asked. A [`Firm`] is checked against a rulebook, and is then
//! asked.
//!
//! ```
//! use clio_rules::{Change, Firm, Question, Rulebook};
//!
//! let rulebook = Rulebook::builtin()?;
//! let firm = Firm::example(&rulebook)?;
//!
//! let decision = firm.ask(&Question::new("wren", "create_bill"))?;
//! assert!(!decision.is_allowed());
//! assert_eq!(&*decision.grounds.reason, "needs billing");
//!
//! let verdict = firm.judge(&Change::new("tomas", "grant").role("billing").target("wren"))?;
//! assert!(verdict.is_accepted());
//! assert!(firm.after(&verdict)?.ask(&Question::new("wren", "create_bill"))?.is_allowed());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! | to | use |
//! |---|---|
//! | load rules | [`Rulebook::builtin`], [`Rulebook::from_folder`], [`Rulebook::from_texts`] |
//! | load with limits of your own | [`Loader`] |
//! | load a firm | [`Firm::from_file`], [`Firm::from_file_watched`], [`Firm::from_text`] |
//! | load a firm as of a day | [`FirmLoader`] |
//! | build a firm | [`Firm::of_users`], [`Firm::try_of_users`] |
//! | edit a firm in memory | [`Firm::edit`] |
//! | read what a firm holds | [`Firm::users`], [`Firm::person`], [`Firm::people`], [`Firm::roles`], [`Firm::setting`], `==` |
//! | ask by names, with helpful errors | [`Firm::ask`], [`Firm::answer`], [`Firm::explain`] |
//! | ask in a hot loop | [`Firm::user`], [`Rulebook::action`], [`Firm::decide`], [`Firm::decide_all`] |
//! | validate changes | [`Firm::judge`], [`Firm::judge_bulk`] |
//! | make changes | [`Firm::apply`], [`Firm::apply_bulk`], [`Firm::after`], [`Firm::write_change`] |
//! | validate changes in a hot loop | [`Rulebook::change`], [`Firm::validate`] |
//! | ask everything at once | [`Firm::access`] |
//! | let a database decide | [`Firm::join_tables`] |
//! | show replies to people | `render::Renderer`, with the feature `render` |
//! | see everything | [`Rulebook::catalogue`], [`Rulebook::census`], [`Firm::matrix`] |
//! | ask and answer as JSON (feature `protocol`) | `protocol::World`, `protocol::Session` |
//! | answer streams of questions (feature `batch`) | `batch::Batch` |
//!
//! `ask` and `judge` give explained answers, in words that outlive the firm; `decide` and `validate` are their fast forms, by handles.
//! The page for embedders, `docs/embedding.md`, says which method is for what, every error, what takes time, and what stays valid when
//! something is loaded again.
//!
//! What is wrong with a file is a [`Finding`]: a stable code, a place, and a way out. What cannot be asked is an
//! [`AskError`], which is never a denial.
#![forbid(unsafe_code)]

/// The README, whose Rust blocks run as tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;

/// The page for embedders, whose Rust blocks run as tests.
#[cfg(doctest)]
#[doc = include_str!("../docs/embedding.md")]
pub struct Embedding;

mod analyse;
mod answer;
#[cfg(feature = "batch")]
pub mod batch;
mod budget;
mod change;
mod disk;
mod explore;
mod finding;
mod firm;
mod limits;
mod link;
mod load;
mod name;
#[cfg(feature = "protocol")]
pub mod protocol;
mod read;
#[cfg(feature = "render")]
pub mod render;
mod rulebook;
#[cfg(feature = "schema")]
mod schema;
mod script;
mod shell;
#[cfg(feature = "testing")]
mod testing;
mod text;
mod value;
mod vocabulary;
mod world;
mod yaml;

pub use analyse::overview::{
    ActionEntry, AdviceEntry, BulkEntry, Cell, Census, ChangeEntry, ConflictEntry, EffectEntry,
    FactEntry, Matrix, MatrixGroup, MatrixRow, ProductEntry, PropertyEntry, ReadingEntry,
    RoleEntry, RolesTogether, SettingEntry, ThingKindEntry, ThingListEntry, ThingPropertyEntry,
};
pub use analyse::{Ability, AllowedThings, MissingInput, Targets, TargetsInBrief, WhatCan};
pub use analyse::{
    AccessOnThings, AccessPath, ActionOnThing, ListStanding, ThingAccess, UserActions,
};
pub use analyse::{
    Accesses, DifferenceAccess, DifferenceStep, EntryTerm, FirmDifference, Impossible,
    MemberEndChange, NameChange, OnWhom, Outside, OutsideKind, OwnConflictChange,
    OwnConflictChangeKind, ProductRole, ReadingChange, RoleChanges, RoleEndChange, SettingChange,
    ThingChange, ThingChangeKind, ThingPartChange, Unplanned, UserDifference,
};
pub use analyse::{ChangeKind, RuleChange, RulebookDifference};
pub use analyse::{ClosestRefusal, Plan, Plans, StepMakers};
pub use analyse::{
    Counterexample, Method, Proof, ProofAnswer, ProofStep, PropertyResult, TimeTaken,
};
pub use analyse::{
    IdleEntries, IdleList, IdleReason, Review, ReviewAccess, ReviewAction, ReviewAnswer,
    ReviewBroughtRole, ReviewConflict, ReviewDormant, ReviewEnding, ReviewEndingPlace, ReviewKind,
    ReviewKindAction, ReviewNote, ReviewPerson, ReviewProduct, ReviewReading, ReviewRole,
    ReviewRow, ReviewSeat, ReviewSetting, ReviewShare, ReviewStep, ReviewTargets, ReviewThing,
    ReviewThings, ReviewValue,
};
pub use analyse::{
    JoinAction, JoinCell, JoinFact, JoinFollower, JoinForm, JoinKinds, JoinProfile, JoinTables,
    JoinTarget, JoinThing,
};
pub use analyse::{Shift, Shifts, SimulatedStep, Simulation, SimulationResult};
pub use analyse::{WhereCan, WhereCanAllowed};
pub use analyse::{WhoCan, WhoCanAllowed, WhoCanDenied};
pub use analyse::{WhyNot, WhyNotRule};
pub use answer::{
    AccessMatrix, AccessRow, AccessRows, Answer, Answers, Decision, DecisionWord, Explanation,
    Grounds, HeldConflict, Input, InputKind, InputOf, InputParts, Question, Turn, UnlistedAction,
    UnmetAdvice, ValueWord,
};
pub use budget::{CutOff, SearchBound};
pub use change::{
    AlteredThing, AlteredValue, AppliedChange, Bulk, Change, ChangeHandle, ChangePart,
    ChangeTarget, Judgement, Reason, Verdict, VerdictWord,
};
pub use finding::{
    AskError, Code, ErrorSubject, Finding, FindingReply, Findings, Label, LabelReply, LoadError,
    Severity, SubjectRole, WriteError,
};
pub use firm::{Firm, GroupHandle, PeopleOverlay, Seat, ThingHandle, User, UserHandle};
pub use limits::Limits;
pub use link::product::Basis;
pub use load::{FirmEdit, FirmLoader, Loader, Progress, starter};
pub use rulebook::{ActionHandle, Properties, Rulebook};
#[cfg(feature = "schema")]
pub use schema::SchemaKind;
#[cfg(feature = "testing")]
pub use testing::direct;
pub use text::{Place, Source, Span, Spanned};
pub use value::{Day, NotADay};

#[cfg(feature = "testing")]
/// Fixtures: suites of tests that say what the rules should answer, and the runner that asks.
pub mod fixtures {
    pub use crate::protocol::{Failure, Report, Status, SuiteReport, TestReport, Totals};
    pub use crate::testing::SuiteBench;
    pub use crate::testing::fixture::{
        AssertingTest, Claim, Coverage, CoverageGroup, CoverageItem, CoverageKind, CoverageMap,
        CoverageReport, CoverageRow, SourceDocument, SourceSection, Sources,
    };
    pub use crate::testing::fixture::{Options, Suites, write_report};
    pub use crate::testing::mutation::{
        Changes, Example, Mutant, Mutants, MutationError, MutationReport, Operator, Survivor,
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
        ask::*, characters::*, disk::*, firm::*, fixture::*, idle::*, line::*, names::*,
        property::*, rules::*, script::*, yaml::*,
    };
}

#[cfg(test)]
mod tests;
