//! `can`: may this user do this?

use std::io::{self, Write};

use clap::Args;
use clio_rules::protocol::{CanReply, ExplainReply, ExplainRequest};
use clio_rules::{DecisionWord, Firm, Grounds, Question};

use super::RunCommand;
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::options::{FactArgs, FirmArgs, OutputFormat};
use crate::cli::rows::{rows, section};
use crate::cli::terminal::Terminal;

/// Asks whether a user may do an action
#[derive(Debug, Args)]
#[command(after_help = "\
ExitStatus codes: 0 allowed, 1 denied, 2 could not be asked.

Examples:
  clio-rules can wren create_bill
  clio-rules can wren create_bill --why
  clio-rules can tomas edit_user_profile wren
  clio-rules can wren open_matter --fact matter_access=not_listed
  clio-rules can wren view_firm_feed --reading firm_feed_is_open=false")]
pub(crate) struct CanArgs {
    /// Who asks, by id
    user: String,
    /// What they want to do, by id
    action: String,
    /// The user it is done to, by id, where the action is done to somebody
    target: Option<String>,
    #[command(flatten)]
    given: FactArgs,
    /// Shows the way to the answer, and what would change it
    #[arg(long)]
    why: bool,
    #[command(flatten)]
    asking: FirmArgs,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

impl RunCommand for CanArgs {
    fn format(&self) -> OutputFormat {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let loaded = self.asking.load(terminal)?;
        let target = self.target.as_ref();
        let asked = self
            .given
            .about(&self.asking, &self.user, &self.action, target);
        let firm = &loaded.firm;
        if self.why {
            let way = loaded.ask(ExplainRequest(asked))?;
            match self.format {
                OutputFormat::Json => terminal.json(&way)?,
                OutputFormat::Text => {
                    print(firm, &way.request.0, &way.reply.decision, terminal)?;
                    print_way(&way.reply, terminal)?;
                }
            }
            return Ok(ExitStatus::of(way.yes));
        }
        let can = loaded.ask(asked)?;
        match self.format {
            OutputFormat::Json => terminal.json(&can)?,
            OutputFormat::Text => print(firm, &can.request, &can.reply, terminal)?,
        }
        Ok(ExitStatus::of(can.yes))
    }
}

fn print(
    firm: &Firm,
    asked: &Question<'_>,
    reply: &CanReply,
    terminal: &mut Terminal,
) -> io::Result<()> {
    let name_of = |id| firm.name_of(id).unwrap_or(id).to_owned();
    let rulebook = firm.rulebook();
    let product = asked.product.as_deref().unwrap_or_default();
    let allowed = reply.decision == DecisionWord::Allow;
    let (word, may) = if allowed {
        ("allow", "may")
    } else {
        ("deny", "may not")
    };
    let title = rulebook.title(product).unwrap_or(product);
    let to = asked.target.as_deref();
    let to = to.map_or_else(String::new, |target| format!(" of {}", name_of(target)));
    let word = terminal.paint.answer(allowed, word);
    let (user, action) = (name_of(&asked.user), &asked.action);
    writeln!(terminal, "{word}: {user} {may} {action}{to} in {title}")?;
    writeln!(terminal)?;
    let mut below = Vec::new();
    if let Some(title) = rulebook.action_title(product, action) {
        below.push(("action", title.to_owned()));
    }
    let facts = asked.facts.iter();
    below.extend(facts.map(|(name, value)| ("fact", format!("{name} = {value}"))));
    below.extend(of_grounds(&reply.grounds));
    rows(terminal, &below)
}

/// The rule that decided, and everything it says.
pub(super) fn of_grounds(grounds: &Grounds) -> Vec<(&'static str, String)> {
    let mut below = vec![
        ("reason", grounds.reason.to_string()),
        ("rule", format!("{} at {}", grounds.rule, grounds.place)),
        ("basis", words_of_basis(grounds)),
        ("section", grounds.section.to_string()),
    ];
    below.extend(grounds.site.iter().map(|site| ("where", site.to_string())));
    below
}

/// `stated`, or `stated; the reason is inferred` where its words have a basis of their own.
fn words_of_basis(grounds: &Grounds) -> String {
    let reason = grounds.reason_basis.iter();
    let reason: String = reason
        .map(|basis| format!("; the reason is {basis}"))
        .collect();
    format!("{}{reason}", grounds.basis)
}

fn print_way(way: &ExplainReply, terminal: &mut Terminal) -> io::Result<()> {
    let inputs = way.inputs.iter();
    let inputs: Vec<(&str, &str)> = inputs
        .map(|input| (input.input.as_str(), input.value.as_str()))
        .collect();
    if !inputs.is_empty() {
        section(terminal, "what was looked at", &inputs)?;
    }
    let turns: Vec<(&str, String)> = way
        .turns
        .iter()
        .map(|turn| {
            let to = format!("{} -> {}, by {}", turn.from, turn.to, turn.rule);
            (turn.input.as_str(), to)
        })
        .collect();
    if turns.is_empty() {
        let heading = terminal.paint.heading("what would change the answer");
        return writeln!(terminal, "\n{heading}\n  no single one of these alone");
    }
    section(terminal, "what would change the answer", &turns)
}
