//! Replies as people read them: text, Markdown, comma-separated values and pages.
//!
//! A [`Renderer`] turns a reply of the [protocol](crate::protocol) into each of these forms. The command line prints what it
//! writes; a server, a notebook or a page can do the same.
//!
//! ```
//! use clio_rules::protocol::{MatrixRequest, Reply, World};
//! use clio_rules::render::Renderer;
//! use clio_rules::{Firm, Rulebook};
//!
//! let firm = Firm::example(&Rulebook::builtin()?)?;
//! let world = World::new(&firm);
//!
//! // Typed.
//! let matrix = world.ask(MatrixRequest::default())?;
//! let mut page = Vec::new();
//! Renderer::of(&world).page(&matrix.reply, &mut page)?;
//! assert!(page.starts_with(b"<!doctype html>"));
//!
//! // As JSON.
//! let reply = world.answer_text(r#"{"user": "wren", "action": "create_bill"}"#);
//! let reply: Reply = serde_json::from_str(&reply)?;
//! let answer = reply.answer().map_err(|error| error.error.message)?;
//! let mut text = Vec::new();
//! Renderer::of(&world).text(&answer, &mut text)?;
//! assert!(text.starts_with(b"deny: Wren Abernathy may not create_bill in Clio Manage\n"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Names in firm files and rule files are the words of strangers. Each form has one door that makes them fit for it
//! (`html.rs`, `markdown.rs`, `csv.rs`, `terminal.rs`, `xml.rs`, `github.rs`); templates send every value through the door of their form.

mod access;
mod annotations;
mod answer;
mod change;
mod check;
mod commands;
mod csv;
mod decision;
mod difference;
mod explain;
#[allow(unreachable_pub, reason = "the macro of filters makes it so")]
mod filters;
#[cfg(feature = "testing")]
mod fixtures;
mod github;
mod harmless;
mod how_can;
mod html;
mod markdown;
mod matrix;
mod on_things;
mod prove;
mod renderer;
mod report;
mod review;
mod simulate;
mod terminal;
mod what_can;
mod who_can;
mod words;
mod xml;

pub use crate::text::cell::CsvCells;
pub use annotations::Annotations;
pub use change::WordedVerdict;
pub use check::CountedCheck;
pub use commands::{CommandOptions, quoted_words};
pub use difference::TitledDifference;
pub use renderer::{
    RenderCsv, RenderGithub, RenderMarkdown, RenderPage, RenderSarif, RenderText, RenderXml,
    Renderer,
};
pub use report::failures_of_test;
pub use terminal::fit_for_terminal;
pub use who_can::DeniedUsers;

#[cfg(test)]
mod tests;
