//! `why-not`: what stands in the way?

use std::io::{self, Write};

use clap::Args;
use clio_rules::protocol::{WhyNotReply, WhyNotRequest};
use clio_rules::{DecisionWord, Firm, Question};

use super::RunCommand;
use super::who_can::{missing, named, with_facts};
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::options::{FactArgs, FirmArgs, OutputFormat};
use crate::cli::rows::section;
use crate::cli::terminal::Terminal;

/// Says what stands in the way of an action, and what each rule would take
#[derive(Debug, Args)]
#[command(after_help = "\
ExitStatus codes: 0 it is allowed, 1 denied, 2 could not be asked.

Examples:
  clio-rules why-not wren create_bill
  clio-rules why-not tomas edit_user_profile nadia
  clio-rules why-not wren open_matter --fact matter_access=not_listed")]
pub(crate) struct WhyNotArgs {
    /// Who asks, by id
    user: String,
    /// What they want to do, by id
    action: String,
    /// The user it is done to, by id, where the action is done to somebody
    target: Option<String>,
    #[command(flatten)]
    given: FactArgs,
    #[command(flatten)]
    asking: FirmArgs,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

impl RunCommand for WhyNotArgs {
    fn format(&self) -> OutputFormat {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let loaded = self.asking.load(terminal)?;
        let target = self.target.as_ref();
        let asked = self
            .given
            .about(&self.asking, &self.user, &self.action, target);
        let why_not = loaded.ask(WhyNotRequest(asked))?;
        match self.format {
            OutputFormat::Json => terminal.json(&why_not)?,
            OutputFormat::Text => {
                let asked = &why_not.request.0;
                print(&loaded.firm, asked, &why_not.reply, terminal)?;
            }
        }
        Ok(ExitStatus::of(why_not.yes))
    }
}

fn print(
    firm: &Firm,
    asked: &Question<'_>,
    why_not: &WhyNotReply,
    terminal: &mut Terminal,
) -> io::Result<()> {
    let decision = &why_not.decision;
    let allowed = decision.decision == DecisionWord::Allow;
    let (word, may) = if allowed {
        ("allow", "may")
    } else {
        ("deny", "may not")
    };
    let word = terminal.paint.answer(allowed, word);
    let user = named(firm, &asked.user);
    let action = with_facts(&asked.action, &asked.facts);
    let to = asked.target.as_deref();
    let to = to.map_or_else(String::new, |target| format!(" of {}", named(firm, target)));
    let product = asked.product.as_deref().unwrap_or_default();
    let title = firm.rulebook().title(product).unwrap_or(product);
    writeln!(terminal, "{word}: {user} {may} {action}{to} in {title}")?;
    if allowed {
        let grounds = &decision.grounds;
        let (reason, rule, place) = (&grounds.reason, &grounds.rule, &grounds.place);
        return writeln!(terminal, "\n  {reason}, by {rule} at {place}");
    }
    let mut stands: Vec<(&str, &str)> = Vec::new();
    let refusals = why_not.rules.iter().flat_map(|rule| &rule.refusals);
    for reason in why_not.grounds.iter().chain(refusals) {
        let row = (&*reason.grounds.rule, &*reason.grounds.reason);
        if !stands.contains(&row) {
            stands.push(row);
        }
    }
    if !stands.is_empty() {
        section(terminal, "what stands in the way", &stands)?;
    }
    let rules: Vec<(&str, String)> = why_not
        .rules
        .iter()
        .map(|rule| {
            let said = &rule.said;
            let told = format!("{}; {}", &*said.grounds.reason, missing(&rule.missing));
            (&*said.grounds.rule, told)
        })
        .collect();
    section(terminal, "what each rule would take", &rules)
}
