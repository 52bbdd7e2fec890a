//! What an error is about, for programs that show it beside the word that is wrong.

use std::fmt::Display;

use serde::{Deserialize, Serialize};

use super::Code;

/// Which word of a request is wrong or missing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ErrorSubject {
    /// What it is in the request.
    pub role: SubjectRole,
    /// The word; none where it is missing and has no name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// In which part of a bulk change it stands, counted from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<usize>,
    /// The id of the user in whose seats or texts it is, in a firm that is built or edited in code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
}

/// What a word is in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SubjectRole {
    /// Somebody who asks, or is asked about.
    User,
    /// To whom it is done.
    Target,
    /// What is done.
    Action,
    /// The product.
    Product,
    /// A fact of the action, or its value.
    Fact,
    /// A permission change.
    Change,
    /// A role, setting or value: what a change takes, what a user holds, or what columns stand for.
    Argument,
    /// A part of a bulk change.
    Part,
    /// A reading.
    Reading,
    /// The state of the firm that a verdict or change is meant for.
    State,
}

impl ErrorSubject {
    /// What a finding about a request is about, by its code and the words of its message.
    pub(super) fn of(code: &Code, words: &[&dyn Display]) -> Option<Self> {
        use SubjectRole::{Action, Argument, Change, Fact, Product, Reading, State, Target, User};
        let (role, word) = match code.name() {
            "unknown-user" | "duplicate-user" | "holder-disabled" | "advice-unmet"
            | "dormant-roles" | "dormant-entries" => (User, Some(0)),
            "not-in-state" => (User, None),
            "unknown-action" | "no-targets" => (Action, Some(0)),
            "unknown-product" => (Product, Some(0)),
            "ambiguous-product" | "no-bulk" => (Product, None),
            "unknown-change" | "bulk-part-not-allowed" | "wrong-words" => (Change, Some(0)),
            "rejected-verdict" => (Change, None),
            "unknown-reading" => (Reading, Some(0)),
            "stale-verdict" => (State, None),
            "foreign-handle" => (of_handle(words), None),
            "no-holder" => (Argument, Some(0)),
            "too-many-holders" => (Argument, Some(1)),
            "unknown-fact" | "duplicate-fact" => (Fact, Some(0)),
            "missing-fact" => (Fact, Some(1)),
            "missing-target" | "missing-thing" | "group-in-itself" => (Target, None),
            "unknown-thing" | "ambiguous-thing" | "unknown-kind" => (Target, Some(0)),
            "unexpected-target" => (Target, Some(1)),
            "unknown-role" | "unknown-setting" | "unknown-value" | "unknown-group"
            | "unknown-columns" => (Argument, Some(0)),
            "missing-argument" | "unexpected-argument" => (Argument, Some(1)),
            "role-not-granted" | "setting-not-changed" | "list-not-changed" => (Argument, Some(1)),
            _ => return None,
        };
        let word = word.and_then(|word: usize| words.get(word));
        Some(Self {
            role,
            name: word.map(ToString::to_string),
            part: None,
            user: None,
        })
    }
}

/// What a handle most likely stands for that belongs to another firm or rulebook.
fn of_handle(words: &[&dyn Display]) -> SubjectRole {
    let is_user = words.first().is_some_and(|of| of.to_string() == "firm");
    if is_user {
        SubjectRole::User
    } else {
        SubjectRole::Action
    }
}
