//! `prove`: do the rules keep what is promised of them?

use std::io::{self, IsTerminal, Write};
use std::path::PathBuf;

use clap::Args;
use clio_rules::protocol::{ProveRequest, SourceTexts};
use clio_rules::{Counterexample, Limits, Method, Proof, Properties, Proven};

use super::Run;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::options::{Format, Sources, rulebook_within};
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

Exit codes: 0 every property holds, 1 one is broken, 2 could not be asked.

Examples:
  clio-rules prove
  clio-rules prove my-properties.yaml
  clio-rules prove --rules my-rules --format json
  clio-rules prove --states 10000000")]
pub(crate) struct Prove {
    /// Properties to prove instead of those that the rule files declare
    #[arg(value_name = "PROPERTIES.yaml")]
    properties: Option<PathBuf>,
    /// Folder of rule files and scripts [default: ./rules where it holds some, else the built-in rules]
    #[arg(long, value_name = "DIR")]
    rules: Option<PathBuf>,
    /// States that the proof of one property may look at; one that takes more is refused
    #[arg(long, value_name = "COUNT", default_value_t = Limits::DEFAULT.proof_states)]
    states: usize,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Run for Prove {
    fn format(&self) -> Format {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<Exit, Failure> {
        let folder = Sources::rules_in(self.rules.as_deref(), terminal);
        let limits = Limits {
            proof_states: self.states,
            ..Limits::DEFAULT
        };
        let rulebook = rulebook_within(folder.as_deref(), &limits)?;
        let proof = match &self.properties {
            Some(file) => rulebook.prove_only(&Properties::from_file(&rulebook, file)?)?,
            None => rulebook.prove()?,
        };
        match self.format {
            Format::Json => {
                let promises = self
                    .properties
                    .as_ref()
                    .map(|file| SourceTexts::of_file(file));
                terminal.json(&ProveRequest { promises }.replied(&proof))?;
            }
            Format::Text => print(&proof, terminal)?,
        }
        Ok(Exit::of(proof.holds()))
    }
}

fn print(proof: &Proof, terminal: &mut Terminal) -> io::Result<()> {
    let properties = proof.properties();
    if properties.is_empty() {
        return writeln!(
            terminal,
            "nothing is promised: no rule file has `properties`"
        );
    }
    // Time differs from run to run: it is for people who watch, and never in what is kept.
    let watched = io::stdout().is_terminal();
    for property in properties {
        let word = if property.holds() { "holds" } else { "broken" };
        let word = terminal
            .paint
            .answer(property.holds(), format!("{word:<6}"));
        let took = match watched {
            true => format!(", {} ms", property.took().as_millis()),
            false => String::new(),
        };
        let (product, name, title) = (property.product(), property.name(), property.title());
        writeln!(terminal, "{word}  {title} [{product} {name}]")?;
        writeln!(terminal, "        {}{took}", way(property))?;
        if let Some(because) = property.vacuous() {
            writeln!(terminal, "        holds, but {because}")?;
        }
        if let Some(counterexample) = property.counterexample() {
            draw(counterexample, terminal)?;
        }
    }
    let broken = properties
        .iter()
        .filter(|property| !property.holds())
        .count();
    let summary = match broken {
        0 => format!("all {} hold", properties.len()),
        broken => format!("{broken} of {} broken", properties.len()),
    };
    let summary = terminal.paint.answer(broken == 0, summary);
    writeln!(terminal, "\n{summary}")
}

/// How it is known.
fn way(property: &Proven) -> String {
    let states = counted(property.states(), "state");
    match (property.method(), property.changes()) {
        (Method::Induction, Some(changes)) => {
            format!("by induction over {}, {states}", counted(changes, "change"))
        }
        _ => format!("walked {states}"),
    }
}

fn draw(counterexample: &Counterexample, terminal: &mut Terminal) -> io::Result<()> {
    let heading = terminal.paint.heading("in this firm");
    writeln!(terminal, "\n        {heading}")?;
    for line in counterexample.firm().to_yaml().lines() {
        writeln!(terminal, "          {line}")?;
    }
    let steps = counterexample.steps();
    if !steps.is_empty() {
        let heading = terminal.paint.heading("this is accepted");
        writeln!(terminal, "        {heading}")?;
        for step in steps {
            writeln!(terminal, "          {}", serde_json::to_string(step)?)?;
        }
    }
    let heading = terminal.paint.heading("and then");
    writeln!(terminal, "        {heading}")?;
    writeln!(terminal, "          {}", counterexample.end())?;
    if !counterexample.is_smallest() {
        let heading = terminal.paint.heading("there may be a smaller one");
        writeln!(terminal, "        {heading}")?;
        writeln!(terminal, "          the search for it takes more --states")?;
    }
    writeln!(terminal)
}

fn counted(count: usize, what: &str) -> String {
    match count {
        1 => format!("1 {what}"),
        _ => format!("{count} {what}s"),
    }
}
