//! `prove`: do the rules keep what is promised of them?

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;
use clio_rules::protocol::{ProveRequest, SourceTexts};
use clio_rules::{Counterexample, Method, Proof, ProofAnswer, Properties, PropertyResult};

use super::RunCommand;
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::options::{LocationArgs, OutputFormat, SearchBoundArgs, rulebook_within};
use crate::cli::terminal::Terminal;

/// Proves what the rule files promise, over every firm and every sequence of accepted changes
#[derive(Debug, Args)]
#[command(after_help = "\
A file of properties has the keys `product` and `properties`; for several products it is a list of such parts. It is proven
by itself, so that it may use the ids of the rule files again. `schema properties` prints its schema, for editors:

  product: manage
  properties:
    who_bills_can_edit_bills:
      title: Whoever makes bills can edit them
      whoever: { can: create_bill }
      can: edit_bill

ExitStatus codes: 0 every property holds, 1 one is broken, 2 none is broken and one is not decided, or could not be asked.

Examples:
  clio-rules prove
  clio-rules prove my-properties.yaml
  clio-rules prove --rules my-rules --format json
  clio-rules prove --states 10000000")]
pub(crate) struct ProveArgs {
    /// Properties to prove instead of those that the rule files declare
    #[arg(value_name = "PROPERTIES.yaml")]
    properties: Option<PathBuf>,
    /// Folder of rule files and scripts [default: ./rules where it holds some, else the built-in rules]
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    #[command(flatten)]
    bounds: SearchBoundArgs,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

impl RunCommand for ProveArgs {
    fn format(&self) -> OutputFormat {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let folder = LocationArgs::rules_in(self.rules.as_deref(), terminal);
        let rulebook = rulebook_within(folder.as_deref(), &self.bounds.limits())?;
        let file = self.properties.as_deref();
        let promises = file.map(|file| Properties::from_file(&rulebook, file));
        let promises = promises.transpose()?;
        let asked = ProveRequest {
            promises: file.map(SourceTexts::of_file),
        };
        let proof = asked.of_rules(&rulebook, promises.as_ref())?;
        match self.format {
            OutputFormat::Json => terminal.json(&proof)?,
            OutputFormat::Text => print(&proof.reply, terminal)?,
        }
        Ok(exit(&proof.reply))
    }
}

/// No where a property is broken; where none is and one is not decided, it could not be asked.
fn exit(proof: &Proof) -> ExitStatus {
    let mut all = proof.properties.iter();
    match all.any(PropertyResult::is_broken) {
        true => ExitStatus::No,
        false if proof.holds() => ExitStatus::Yes,
        false => ExitStatus::NotAsked,
    }
}

fn print(proof: &Proof, terminal: &mut Terminal) -> io::Result<()> {
    let properties = &proof.properties;
    if properties.is_empty() {
        return writeln!(
            terminal,
            "nothing is promised: no rule file has `properties`"
        );
    }
    // Time differs from run to run: it is for people who watch, and never in what is kept.
    let watched = io::stdout().is_terminal();
    for property in properties {
        let word = match &property.undecided {
            Some(_) => "undecided",
            None if property.is_proven() => "holds",
            None => "broken",
        };
        let word = terminal
            .paint
            .answer(property.is_proven(), format!("{word:<6}"));
        let took = if watched {
            format!(", {} ms", property.took.0.as_millis())
        } else {
            String::new()
        };
        let (product, name, title) = (&property.product, &property.name, &property.title);
        writeln!(terminal, "{word}  {title} [{product} {name}]")?;
        writeln!(terminal, "        {}{took}", way(property))?;
        if let Some(because) = &property.because {
            writeln!(terminal, "        holds, but {because}")?;
        }
        if let Some(undecided) = &property.undecided {
            writeln!(terminal, "        {}", undecided.message)?;
            if let Some(help) = &undecided.help {
                writeln!(terminal, "        {help}")?;
            }
        }
        if let Some(counterexample) = &property.counterexample {
            draw(property, counterexample, terminal)?;
        }
    }
    let count = |is: fn(&PropertyResult) -> bool| properties.iter().filter(|one| is(one)).count();
    let broken = count(PropertyResult::is_broken);
    let undecided = count(|property| property.undecided.is_some());
    let all = properties.len();
    let summary = match (broken, undecided) {
        (0, 0) => format!("all {all} hold"),
        (broken, 0) => format!("{broken} of {all} broken"),
        (0, undecided) => format!("{undecided} of {all} undecided"),
        _ => format!("{broken} of {all} broken, {undecided} undecided"),
    };
    let summary = terminal.paint.answer(proof.holds(), summary);
    writeln!(terminal, "\n{summary}")
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

fn draw(property: &PropertyResult, to: &Counterexample, terminal: &mut Terminal) -> io::Result<()> {
    let steps = to.steps.iter().map(serde_json::to_string);
    let mut parts = vec![
        ("in this firm", to.firm.lines().map(str::to_owned).collect()),
        ("this is answered", lines(&to.asked)?),
        ("this is accepted", steps.collect::<Result<Vec<_>, _>>()?),
        ("this is answered then", lines(&to.asked_after)?),
        ("and then", vec![to.end.clone()]),
    ];
    if !to.smallest {
        let option = property.cut_off.map_or("--states", |by| by.option());
        let way_out = format!("the search for it takes more {option}");
        parts.push(("there may be a smaller one", vec![way_out]));
    }
    parts.retain(|(_, lines)| !lines.is_empty());
    writeln!(terminal)?;
    for (heading, lines) in parts {
        let heading = terminal.paint.heading(heading);
        writeln!(terminal, "        {heading}")?;
        for line in lines {
            writeln!(terminal, "          {line}")?;
        }
    }
    writeln!(terminal)
}

/// Questions as `batch` takes them, each with its answer.
fn lines(answers: &[ProofAnswer]) -> io::Result<Vec<String>> {
    let lines = answers.iter().map(|answer| {
        let line = serde_json::to_string(&answer.question)?;
        Ok(format!("{line} -> {}", answer.decision.word()))
    });
    lines.collect()
}

fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}
