//! `why-not`: what stands in the way?

use std::io::{self, Write};

use clap::Args;
use clio_rules::{Firm, Question, Reason, WhyNot as Why};

use super::Run;
use super::who_can::{missing, named, with_facts};
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::options::{Asking, Facts, Format, Loaded};
use crate::cli::rows::section;
use crate::cli::terminal::Terminal;

/// Says what stands in the way of an action, and what each rule would take
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 it is allowed, 1 denied, 2 could not be asked.

Examples:
  clio-rules why-not wren create_bill
  clio-rules why-not tomas edit_user_profile nadia
  clio-rules why-not wren open_matter --fact matter_access=not_listed")]
pub(crate) struct WhyNot {
    /// Who asks, by id
    user: String,
    /// What they want to do, by id
    action: String,
    /// The user it is done to, by id, where the action is done to somebody
    target: Option<String>,
    #[command(flatten)]
    given: Facts,
    #[command(flatten)]
    asking: Asking,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Run for WhyNot {
    fn format(&self) -> Format {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<Exit, Failure> {
        let Loaded { firm, .. } = self.asking.load(terminal)?;
        let question = Question::new(&self.user, &self.action);
        let product = self.asking.product.as_deref();
        let question = self.given.with(question, product, self.target.as_deref());
        let why_not = firm.why_not(&question)?;
        match self.format {
            Format::Json => terminal.json(&why_not)?,
            Format::Text => self.print(&firm, &why_not, terminal)?,
        }
        Ok(Exit::of(why_not.decision().is_allowed()))
    }
}

impl WhyNot {
    fn print(&self, firm: &Firm, why_not: &Why, terminal: &mut Terminal) -> io::Result<()> {
        let decision = why_not.decision();
        let allowed = decision.is_allowed();
        let (word, may) = match allowed {
            true => ("allow", "may"),
            false => ("deny", "may not"),
        };
        let word = terminal.paint.answer(allowed, word);
        let user = named(firm, decision.user());
        let action = with_facts(decision.action(), &self.given.facts);
        let to = decision
            .target()
            .map(|target| format!(" of {}", named(firm, target)));
        let to = to.unwrap_or_default();
        let product = decision.product();
        let title = firm.rulebook().title(product).unwrap_or(product);
        writeln!(terminal, "{word}: {user} {may} {action}{to} in {title}")?;
        if allowed {
            let (reason, rule) = (decision.reason(), decision.rule());
            return writeln!(terminal, "\n  {reason}, by {rule} at {}", decision.place());
        }
        let mut stands: Vec<(&str, &str)> = Vec::new();
        let refusals = why_not.rules().iter().flat_map(|rule| rule.refusals());
        for reason in why_not.grounds().iter().chain(refusals) {
            let row = (Reason::rule(reason), reason.reason());
            if !stands.contains(&row) {
                stands.push(row);
            }
        }
        if !stands.is_empty() {
            section(terminal, "what stands in the way", &stands)?;
        }
        let rules: Vec<(&str, String)> = why_not
            .rules()
            .iter()
            .map(|rule| {
                let said = rule.said();
                let said = format!("{}; {}", said.reason(), missing(rule.missing()));
                (rule.said().rule(), said)
            })
            .collect();
        section(terminal, "what each rule would take", &rules)
    }
}
