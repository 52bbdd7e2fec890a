//! Streams of questions: lines of JSON in and lines of JSON out, or records of comma-separated values both ways.
//!
//! The command `batch` does it between standard input and standard output; a server or a job does it with streams of its own. Memory
//! does not grow with the stream. A line that cannot be asked is answered by an error, and the run goes on.
//!
//! ```
//! use clio_rules::batch::{Batch, BatchFormat, answer_in_session};
//! use clio_rules::protocol::{Session, World};
//! use clio_rules::{Firm, Rulebook};
//!
//! let firm = Firm::example(&Rulebook::builtin()?)?;
//! let world = World::new(&firm);
//!
//! let questions = r#"{"id": 1, "user": "wren", "action": "create_bill"}
//! {"id": 2, "user": "wern", "action": "create_bill"}
//! "#;
//! let mut replies = Vec::new();
//! let all_asked = Batch::new(world.clone()).answer(questions.as_bytes(), &mut replies)?;
//! assert!(!all_asked);
//! let replies = String::from_utf8(replies)?;
//! let (first, second) = replies.split_once('\n').unwrap();
//! assert!(first.contains(r#""decision":"deny""#), "{first}");
//! assert!(second.starts_with(r#"{"id":2,"line":2,"error":{"code":"unknown-user""#));
//!
//! let table = "user,action\nwren,create_bill\n";
//! let mut replies = Vec::new();
//! Batch::new(world.clone()).format(BatchFormat::Csv).answer(table.as_bytes(), &mut replies)?;
//! assert!(replies.starts_with(b"user,action,product,decision,"));
//!
//! let lines = r#"{"ask": "apply", "user": "tomas", "change": "grant", "role": "billing", "target": "wren"}
//! {"user": "wren", "action": "create_bill"}
//! "#;
//! let mut session = Session::new(world);
//! let mut replies = Vec::new();
//! assert!(answer_in_session(&mut session, lines.as_bytes(), &mut replies)?);
//! assert!(String::from_utf8(replies)?.contains(r#""decision":"allow""#));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod allowance;
mod chunk;
mod csv;
mod cut;
mod error;
mod json;
mod line;
mod plain_question;
mod reply_ends;
mod run;
mod work_queue;

pub use crate::text::cell::CsvCells;
pub use error::BatchError;
pub use run::{Batch, BatchFormat, answer_in_session};
pub use work_queue::ReplyWriter;
