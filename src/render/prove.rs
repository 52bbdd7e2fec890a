//! `prove`: each property, how it is known, and what breaks it.

use std::io::{self, Write};

use askama::Template;

use super::filters;
use super::renderer::{RenderText, Renderer};
use super::words::counted;
use crate::{Counterexample, Method, Proof, ProofAnswer, PropertyResult};

#[derive(Template)]
#[template(path = "prove.txt")]
struct ProofText<'r> {
    proof: &'r Proof,
    timed: bool,
}

impl ProofText<'_> {
    fn summary(&self) -> String {
        let properties = &self.proof.properties;
        let broken = properties.iter().filter(|one| one.is_broken()).count();
        let undecided = properties
            .iter()
            .filter(|one| one.undecided.is_some())
            .count();
        let all = properties.len();
        match (broken, undecided) {
            (0, 0) => format!("all {all} hold"),
            (broken, 0) => format!("{broken} of {all} broken"),
            (0, undecided) => format!("{undecided} of {all} undecided"),
            _ => format!("{broken} of {all} broken, {undecided} undecided"),
        }
    }
}

/// The result in a word, as wide as the others.
fn word(property: &PropertyResult) -> &'static str {
    match &property.undecided {
        Some(_) => "undecided",
        None if property.is_proven() => "holds ",
        None => "broken",
    }
}

/// How it is known.
fn way(property: &PropertyResult) -> String {
    let states = counted(property.states, "state");
    match (property.method, property.changes) {
        (Method::Induction, Some(changes)) => {
            format!("by induction over {}, {states}", counted(changes, "change"))
        }
        _ => format!("walked {states}"),
    }
}

/// The parts of a counterexample, each with its heading.
fn parts(property: &PropertyResult, to: &Counterexample) -> Vec<(&'static str, Vec<String>)> {
    let json = |value: serde_json::Result<String>| value.unwrap_or_default();
    let steps = to
        .steps
        .iter()
        .map(|step| json(serde_json::to_string(step)));
    // Questions stand there as `batch` takes them.
    let answers = |answers: &[ProofAnswer]| {
        let lines = answers.iter().map(|answer| {
            let question = json(serde_json::to_string(&answer.question));
            format!("{question} -> {}", answer.decision.word())
        });
        lines.collect()
    };
    let mut parts = vec![
        ("in this firm", to.firm.lines().map(str::to_owned).collect()),
        ("this is answered", answers(&to.asked)),
        ("this is accepted", steps.collect()),
        ("this is answered then", answers(&to.asked_after)),
        ("and then", vec![to.end.clone()]),
    ];
    if !to.smallest {
        let option = property.cut_off.map_or("--states", |by| by.option());
        let way_out = format!("the search for it takes more {option}");
        parts.push(("there may be a smaller one", vec![way_out]));
    }
    parts.retain(|(_, lines): &(_, Vec<String>)| !lines.is_empty());
    parts
}

impl RenderText for Proof {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        let text = ProofText {
            proof: self,
            timed: renderer.is_timed(),
        };
        renderer.fill(&text, to)
    }
}
