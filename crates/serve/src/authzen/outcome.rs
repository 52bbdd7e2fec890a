//! What is answered to one question.

use clio_rules::{Answer, AskError};
use schemars::JsonSchema;
use serde::Serialize;

/// The decision, and the words for it where they are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Whether it is allowed.
    pub decision: bool,
    /// Why, where somebody wants to know.
    pub why: Option<Why>,
}

/// Why something was decided as it was. It names no file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Why {
    /// The reason, for people.
    pub reason: Box<str>,
    /// The rule that decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<Box<str>>,
    /// The section of the document that the rule comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<Box<str>>,
    /// Where it could not be asked, the stable code of why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<Box<str>>,
    /// Where an item of a batch cannot be asked as it is written, what an answer to it alone would have said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<Box<ItemError>>,
}

/// What is wrong with an item of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ItemError {
    /// The status of HTTP that the item alone would have had.
    pub status: u16,
    /// What is wrong.
    pub message: String,
}

impl Why {
    /// A question that could not be asked, which counts as a denial.
    pub fn of(code: &str, reason: impl Into<Box<str>>) -> Self {
        Self {
            reason: reason.into(),
            rule: None,
            section: None,
            code: Some(code.into()),
            error: None,
        }
    }

    /// An item that is wrong as it is written.
    pub fn malformed(message: String) -> Self {
        Self {
            error: Some(Box::new(ItemError {
                status: 400,
                message: message.clone(),
            })),
            ..Self::of("malformed", message)
        }
    }

    fn answered(answer: &Answer<'_>) -> Self {
        Self {
            reason: answer.reason().into(),
            rule: Some(answer.rule().into()),
            section: Some(answer.section().into()),
            code: None,
            error: None,
        }
    }
}

impl From<&AskError> for Why {
    fn from(error: &AskError) -> Self {
        Self::of(error.code().name(), error.message())
    }
}

impl Outcome {
    /// The outcome of an answer.
    pub fn of(answer: Result<Answer<'_>, AskError>, is_worded: bool) -> Self {
        match answer {
            Ok(answer) => Self {
                decision: answer.is_allowed(),
                why: is_worded.then(|| Why::answered(&answer)),
            },
            Err(error) => Self {
                decision: false,
                why: is_worded.then(|| Why::from(&error)),
            },
        }
    }

    /// Whatever cannot be asked is denied.
    pub fn denied(why: Why) -> Self {
        Self {
            decision: false,
            why: Some(why),
        }
    }

    /// Appends it as a decision of the standard, with its words where they were asked for or the item is wrong as it is written.
    pub fn write(&self, is_worded: bool, out: &mut Vec<u8>) {
        out.extend_from_slice(if self.decision {
            br#"{"decision":true"#
        } else {
            br#"{"decision":false"#
        });
        let is_shown = |why: &&Why| is_worded || why.error.is_some();
        if let Some(why) = self.why.as_ref().filter(is_shown) {
            out.extend_from_slice(br#","context":"#);
            // Memory takes whatever is written.
            let _ = serde_json::to_writer(&mut *out, why);
        }
        out.push(b'}');
    }
}
