//! `who-can` and `where-can`: users in rows, each with the rule that answers.

use std::io::{self, Write};

use askama::Template;

use super::renderer::{RenderText, Renderer};
use super::{filters, words};
use crate::protocol::{Exchange, WhereCanReply, WhereCanRequest, WhoCanReply, WhoCanRequest};

/// The users who may not, in place of those who may: `who-can --not`.
#[derive(Debug, Clone, Copy)]
pub struct DeniedUsers<'r>(pub &'r Exchange<WhoCanRequest>);

#[derive(Template)]
#[template(path = "who_can.txt")]
struct WhoCanText<'r> {
    renderer: Renderer<'r>,
    asked: &'r WhoCanRequest,
    reply: &'r WhoCanReply,
    is_denied: bool,
}

impl WhoCanText<'_> {
    fn count(&self) -> usize {
        if self.is_denied {
            self.reply.denied.len()
        } else {
            self.reply.allowed.len()
        }
    }
}

fn write_users(
    who: &Exchange<WhoCanRequest>,
    is_denied: bool,
    renderer: Renderer<'_>,
    to: &mut dyn Write,
) -> io::Result<()> {
    let text = WhoCanText {
        renderer,
        asked: &who.request,
        reply: &who.reply,
        is_denied,
    };
    renderer.fill(&text, to)
}

impl RenderText for Exchange<WhoCanRequest> {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        write_users(self, false, renderer, to)
    }
}

impl RenderText for DeniedUsers<'_> {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        write_users(self.0, true, renderer, to)
    }
}

#[derive(Template)]
#[template(path = "where_can.txt")]
struct WhereCanText<'r> {
    renderer: Renderer<'r>,
    asked: &'r WhereCanRequest,
    reply: &'r WhereCanReply,
}

impl RenderText for Exchange<WhereCanRequest> {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        let text = WhereCanText {
            renderer,
            asked: &self.request,
            reply: &self.reply,
        };
        renderer.fill(&text, to)
    }
}
