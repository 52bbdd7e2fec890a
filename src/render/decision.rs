//! `can`, `can --why` and `why-not`: one decision, its way, and what stands in the way.

use std::io::{self, Write};

use askama::Template;

use super::renderer::{RenderText, Renderer};
use super::terminal::Rows;
use super::{filters, words};
use crate::protocol::{CanReply, Exchange, ExplainReply, ExplainRequest};
use crate::protocol::{WhyNotReply, WhyNotRequest};
use crate::{DecisionWord, Question};

#[derive(Template)]
#[template(path = "can.txt")]
struct CanText<'r> {
    renderer: Renderer<'r>,
    asked: &'r Question<'r>,
    reply: &'r CanReply,
    way: Option<&'r ExplainReply>,
}

impl CanText<'_> {
    fn rows(&self) -> Rows<'_> {
        let product = words::product(&self.asked.product);
        let title = self.renderer.action(product, &self.asked.action);
        let title = title.map(|title| ("action", title.into()));
        let facts = self.asked.facts.iter();
        let facts = facts.map(|(name, value)| ("fact", format!("{name} = {value}").into()));
        let grounds = words::grounds(&self.reply.grounds);
        title.into_iter().chain(facts).chain(grounds).collect()
    }
}

fn inputs(way: &ExplainReply) -> Rows<'_> {
    let inputs = way.inputs.iter();
    inputs.map(|input| (&*input.input, &*input.value)).collect()
}

fn turns(way: &ExplainReply) -> Rows<'_> {
    let turns = way.turns.iter().map(|turn| {
        let text = format!("{} -> {}, by {}", turn.from, turn.to, turn.rule);
        (&*turn.input, text)
    });
    turns.collect()
}

impl RenderText for Exchange<Question<'static>> {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        let text = CanText {
            renderer,
            asked: &self.request,
            reply: &self.reply,
            way: None,
        };
        renderer.fill(&text, to)
    }
}

impl RenderText for Exchange<ExplainRequest> {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        let text = CanText {
            renderer,
            asked: &self.request.0,
            reply: &self.reply.decision,
            way: Some(&self.reply),
        };
        renderer.fill(&text, to)
    }
}

#[derive(Template)]
#[template(path = "why_not.txt")]
struct WhyNotText<'r> {
    renderer: Renderer<'r>,
    asked: &'r Question<'r>,
    reply: &'r WhyNotReply,
}

impl WhyNotText<'_> {
    /// Every ground and refusal that applies, each once.
    fn obstacles(&self) -> Rows<'_> {
        let refusals = self.reply.rules.iter().flat_map(|rule| &rule.refusals);
        let mut obstacles: Vec<(&str, &str)> = Vec::new();
        for reason in self.reply.grounds.iter().chain(refusals) {
            let row = (&*reason.grounds.rule, &*reason.grounds.reason);
            if !obstacles.contains(&row) {
                obstacles.push(row);
            }
        }
        obstacles.into_iter().collect()
    }

    fn rules(&self) -> Rows<'_> {
        let rules = self.reply.rules.iter().map(|rule| {
            let text = format!(
                "{}; {}",
                rule.reason.grounds.reason,
                words::missing(&rule.missing)
            );
            (&*rule.reason.grounds.rule, text)
        });
        rules.collect()
    }
}

impl RenderText for Exchange<WhyNotRequest> {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        let text = WhyNotText {
            renderer,
            asked: &self.request.0,
            reply: &self.reply,
        };
        renderer.fill(&text, to)
    }
}
