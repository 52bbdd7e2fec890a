//! `change`, alone and in bulk: the verdict, and what follows from it.

use std::io::{self, Write};

use askama::Template;

use super::commands::quoted_words;
use super::renderer::{RenderText, Renderer};
use super::{filters, words};
use crate::protocol::{ApplyRequest, ChangeReply, Exchange};
use crate::{Bulk, Change, VerdictWord};

/// A verdict, with what was asked in words of the caller's choice.
#[derive(Debug, Clone, Copy)]
pub struct WordedVerdict<'r> {
    /// Id of the user who asked.
    pub user: &'r str,
    /// Id of the product.
    pub product: &'r str,
    /// Id of the change, where it is one alone.
    pub change: Option<&'r str>,
    /// What was asked: `grant billing wren`, `make the changes of changes.yaml`.
    pub words: &'r str,
    /// The reply.
    pub verdict: &'r ChangeReply,
}

#[derive(Template)]
#[template(path = "change.txt")]
struct ChangeText<'r> {
    renderer: Renderer<'r>,
    asked: WordedVerdict<'r>,
}

impl ChangeText<'_> {
    /// What the change is called, where it is one alone.
    fn title(&self) -> Option<&str> {
        self.renderer.change(self.asked.product, self.asked.change?)
    }

    /// Whether there is more to say than the first reason.
    fn has_several_reasons(&self) -> bool {
        let reasons = &self.asked.verdict.reasons;
        reasons.len() > 1 || reasons.iter().any(|reason| reason.part.is_some())
    }
}

impl RenderText for WordedVerdict<'_> {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        let asked = *self;
        renderer.fill(&ChangeText { renderer, asked }, to)
    }
}

impl RenderText for Exchange<Change> {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        let Change { user, change, .. } = &self.request;
        let asked = WordedVerdict {
            user,
            product: words::product(&self.request.product),
            change: Some(change),
            words: &self.request.names().to_string(),
            verdict: &self.reply,
        };
        asked.write_text(renderer, to)
    }
}

impl RenderText for Exchange<Bulk> {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        let asked = WordedVerdict {
            user: &self.request.user,
            product: words::product(&self.request.product),
            change: None,
            words: &make(self.request.parts.len()),
            verdict: &self.reply,
        };
        asked.write_text(renderer, to)
    }
}

impl RenderText for Exchange<ApplyRequest> {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        let request = &self.request;
        let words = [
            &request.change,
            &request.thing,
            &request.group,
            &request.list,
            &request.role,
            &request.setting,
        ];
        let words = words.into_iter().map(Option::as_deref);
        let words = words.chain([request.value.as_deref(), request.target.as_deref()]);
        let asked = WordedVerdict {
            user: &request.user,
            product: words::product(&request.product),
            change: request.change.as_deref(),
            words: &match request.change {
                Some(_) => quoted_words(words.flatten()),
                None => make(request.parts.len()),
            },
            verdict: &self.reply.verdict,
        };
        asked.write_text(renderer, to)
    }
}

fn make(changes: usize) -> String {
    format!("make {}", words::counted(changes, "change"))
}
