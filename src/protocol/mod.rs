//! One protocol: every question is a [`Request`], and every answer a [`Reply`].
//!
//! Both are data. The command line turns arguments into requests and replies into words, `batch` reads requests line by
//! line, and a server or a binding for another language only carries them.
//!
//! ```
//! use clio_rules::protocol::{Reply, Request, WhoCanRequest, World};
//! use clio_rules::{Firm, Rulebook};
//!
//! let firm = Firm::example(&Rulebook::builtin()?)?;
//! let world = World::new(&firm);
//!
//! // Text in, text out.
//! let reply = world.answer_text(r#"{"user": "wren", "action": "create_bill"}"#);
//! assert!(reply.contains(r#""decision":"deny""#));
//!
//! // The same with types.
//! let reply = world.answer(&Request::new(WhoCanRequest::of("create_bill")));
//! assert!(reply.is_yes());
//! let text = serde_json::to_string(&reply)?;
//! assert!(text.starts_with(r#"{"ask":"who_can","product":"manage","action":"create_bill","yes":true,"#));
//! assert_eq!(serde_json::from_str::<Reply>(&text)?, reply);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod ask;
mod error;
mod json;
mod questions;
mod reply;
mod request;
#[cfg(feature = "schema")]
mod schema;
mod session;
mod sources;
mod text;
mod world;

pub use crate::finding::{FindingReply, LabelReply};
pub use ask::*;
pub use error::{AskFailure, ErrorReply};
pub use questions::{Ask, ProtocolQuestion, QuestionOutcome, ReplyBody, RequestBody};
pub use reply::{AnswerReply, Exchange, Reply};
pub use request::{Request, WrittenRequest};
#[cfg(feature = "schema")]
pub(crate) use schema::{reply_schema, request_schema};
pub use session::Session;
pub use sources::SourceTexts;
#[cfg(feature = "batch")]
pub(crate) use text::{can_end, write_error};
pub use world::World;

#[cfg(test)]
mod tests;
