//! `who-can` and `where-can`: users in rows, each with the rule that answers.

use std::io::{self, Write};

use askama::Template;

use super::renderer::{RenderText, Renderer};
use super::terminal::Rows;
use super::{filters, words};
use crate::protocol::{Exchange, WhereCanReply, WhereCanRequest, WhoCanRequest};

/// The users who may not, in place of those who may: `who-can --not`.
#[derive(Debug, Clone, Copy)]
pub struct DeniedUsers<'r>(pub &'r Exchange<WhoCanRequest>);

#[derive(Template)]
#[template(path = "who_can.txt")]
struct WhoCanText<'r> {
    renderer: Renderer<'r>,
    asked: &'r WhoCanRequest,
    is_denied: bool,
    count: usize,
    all: usize,
    rows: Rows<'r>,
}

impl<'r> WhoCanText<'r> {
    fn of(who: &'r Exchange<WhoCanRequest>, is_denied: bool, renderer: Renderer<'r>) -> Self {
        let reply = &who.reply;
        let allowed = reply.allowed.iter();
        let allowed = allowed.map(|one| (renderer.named(&one.user), words::granted(&one.grounds)));
        let denied = reply.denied.iter().map(|one| {
            let text = format!("{}; {}", one.grounds.reason, words::missing(&one.missing));
            (renderer.named(&one.user), text)
        });
        let (count, rows) = if is_denied {
            (reply.denied.len(), denied.collect())
        } else {
            (reply.allowed.len(), allowed.collect())
        };
        Self {
            renderer,
            asked: &who.request,
            is_denied,
            count,
            all: reply.allowed.len() + reply.denied.len(),
            rows,
        }
    }

    fn users(&self) -> String {
        format!("{} of {} users", self.count, self.all)
    }
}

impl RenderText for Exchange<WhoCanRequest> {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        renderer.fill(&WhoCanText::of(self, false, renderer), to)
    }
}

impl RenderText for DeniedUsers<'_> {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        renderer.fill(&WhoCanText::of(self.0, true, renderer), to)
    }
}

#[derive(Template)]
#[template(path = "where_can.txt")]
struct WhereCanText<'r> {
    renderer: Renderer<'r>,
    asked: &'r WhereCanRequest,
    reply: &'r WhereCanReply,
}

impl WhereCanText<'_> {
    fn users(&self) -> String {
        let (_, all) = self.renderer.size();
        format!("{} of {all} users", self.reply.allowed.len())
    }

    fn rows(&self) -> Rows<'_> {
        let allowed = self.reply.allowed.iter();
        let row = |one: &crate::protocol::AllowedTarget| {
            (
                self.renderer.named(&one.target),
                words::granted(&one.grounds),
            )
        };
        allowed.map(row).collect()
    }
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
