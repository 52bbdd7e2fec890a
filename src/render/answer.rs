//! Any answer, by what was asked: for whoever has it as data.

use std::io::{self, Write};

use super::renderer::{RenderText, Renderer};
use crate::protocol::{
    AnswerReply, Ask, CheckRequest, DiffFirmRequest, Exchange, MatrixRequest, ProveRequest,
    ReplyBody, RequestBody, ReviewRequest, SimulateRequest, TestRequest,
};

impl RenderText for AnswerReply {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        use {ReplyBody as Reply, RequestBody as Request};
        match (&self.request.body, &self.body) {
            (Request::Can(asked), Reply::Can(reply)) => self.text(asked, reply, renderer, to),
            (Request::Explain(asked), Reply::Explain(reply)) => {
                self.text(asked, reply, renderer, to)
            }
            (Request::Change(asked), Reply::Change(reply)) => self.text(asked, reply, renderer, to),
            (Request::Bulk(asked), Reply::Bulk(reply)) => self.text(asked, reply, renderer, to),
            (Request::Apply(asked), Reply::Apply(reply)) => self.text(asked, reply, renderer, to),
            (Request::WhoCan(asked), Reply::WhoCan(reply)) => self.text(asked, reply, renderer, to),
            (Request::WhatCan(asked), Reply::WhatCan(reply)) => {
                self.text(asked, reply, renderer, to)
            }
            (Request::WhereCan(asked), Reply::WhereCan(reply)) => {
                self.text(asked, reply, renderer, to)
            }
            (Request::WhyNot(asked), Reply::WhyNot(reply)) => self.text(asked, reply, renderer, to),
            (Request::HowCan(asked), Reply::HowCan(reply)) => self.text(asked, reply, renderer, to),
            (_, Reply::Simulate(reply)) => reply.write_text(renderer, to),
            (_, Reply::Matrix(reply)) => reply.write_text(renderer, to),
            (_, Reply::Review(reply)) => reply.write_text(renderer, to),
            (_, Reply::Diff(reply)) => reply.write_text(renderer, to),
            (_, Reply::DiffFirm(reply)) => reply.write_text(renderer, to),
            (_, Reply::Prove(reply)) => reply.write_text(renderer, to),
            (_, Reply::Check(reply)) => reply.write_text(renderer, to),
            (_, Reply::Test(reply)) => reply.write_text(renderer, to),
            (_, other) => unworded(other, to),
        }
    }
}

impl AnswerReply {
    fn text<Q: Ask>(
        &self,
        request: &Q,
        reply: &Q::Reply,
        renderer: Renderer<'_>,
        to: &mut dyn Write,
    ) -> io::Result<()>
    where
        Q::Reply: Clone,
        Exchange<Q>: RenderText,
    {
        let exchange = Exchange {
            request: request.clone(),
            yes: self.yes,
            reply: reply.clone(),
        };
        exchange.write_text(renderer, to)
    }
}

/// Replies that say everything without their request.
macro_rules! shown_by_their_reply {
    ($($request:ty),*) => { $(
        impl RenderText for Exchange<$request> {
            fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
                self.reply.write_text(renderer, to)
            }
        }
    )* };
}
shown_by_their_reply!(
    SimulateRequest,
    MatrixRequest,
    ReviewRequest,
    DiffFirmRequest,
    ProveRequest,
    CheckRequest,
    TestRequest
);

/// What has no words of its own stands there as data.
fn unworded(reply: &ReplyBody, to: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *to, reply)?;
    to.write_all(b"\n")
}
