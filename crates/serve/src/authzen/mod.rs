//! The `OpenID` `AuthZEN` Authorization API 1.0: its questions, asked of what is loaded.
//!
//! | in the standard | here |
//! |---|---|
//! | subject of the type `user` | a user of the firm |
//! | resource of the type `user` | the user to whom it is done |
//! | resource of a kind of thing | a thing of the firm |
//! | resource of the type `product` or `firm` | nothing: the action has no target |
//! | `role`, `roles` and settings of a person | what they hold, in place of what the firm says |
//! | properties of a thing | in place of what the firm says of it |
//! | properties of the action, and the context | facts |

mod asked;
mod candidates;
mod evaluate;
mod evaluations;
pub mod json;
mod metadata;
pub mod names;
mod outcome;
mod overlay;
mod page;
mod request;
mod search;

pub(crate) use asked::{AskedNumbers, StoredQuestion};
pub use evaluate::Decider;
pub use evaluations::{Tally, evaluation, evaluations};
pub use metadata::Metadata;
pub use outcome::{ItemError, Outcome, Why};
pub use request::{Entity, Evaluation, NamedAction, Parts, RequestError};
pub use search::{SearchKind, SearchReply, search};

/// How the standard is spoken here.
#[derive(Debug, Clone)]
pub struct AuthzenOptions {
    /// The types of subjects that are users of the firm.
    pub subject_types: Vec<String>,
    /// Whether decisions say why, where the request does not choose.
    pub reasons: bool,
    /// The most levels of nesting in a body.
    pub depth: usize,
    /// The most questions of a batch.
    pub most_evaluations: usize,
    /// The most results of a page.
    pub most_results: usize,
}

impl Default for AuthzenOptions {
    fn default() -> Self {
        Self {
            subject_types: vec!["user".to_owned()],
            reasons: false,
            depth: 64,
            most_evaluations: 1_000,
            most_results: 1_000,
        }
    }
}
