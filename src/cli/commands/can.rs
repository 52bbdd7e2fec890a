//! `can`: may this user do this?

use std::io::{self, Write};

use clap::Args;
use clio_rules::{Decision, Explanation, Firm, Question};

use super::Run;
use crate::cli::exit::Exit;
use crate::cli::failure::Failure;
use crate::cli::options::{Asking, Facts, Format, Loaded};
use crate::cli::rows::{rows, section};
use crate::cli::terminal::Terminal;

/// Asks whether a user may do an action
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 allowed, 1 denied, 2 could not be asked.

Examples:
  clio-rules can wren create_bill
  clio-rules can wren create_bill --why
  clio-rules can tomas edit_user_profile wren
  clio-rules can wren open_matter --fact matter_access=not_listed
  clio-rules can wren view_firm_feed --reading firm_feed_is_open=false")]
pub(crate) struct Can {
    /// Who asks, by id
    user: String,
    /// What they want to do, by id
    action: String,
    /// The user it is done to, by id, where the action is done to somebody
    target: Option<String>,
    #[command(flatten)]
    given: Facts,
    /// Shows the way to the answer, and what would change it
    #[arg(long)]
    why: bool,
    #[command(flatten)]
    asking: Asking,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Run for Can {
    fn format(&self) -> Format {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<Exit, Failure> {
        let Loaded { firm, .. } = self.asking.load(terminal)?;
        let question = self.question();
        let explanation = firm.explain(&question)?;
        let decision = explanation.decision();
        match (self.format, self.why) {
            (Format::Json, true) => terminal.json(&explanation)?,
            (Format::Json, false) => terminal.json(decision)?,
            (Format::Text, why) => {
                self.print(&firm, decision, terminal)?;
                if why {
                    print_way(&explanation, terminal)?;
                }
            }
        }
        Ok(Exit::of(decision.is_allowed()))
    }
}

impl Can {
    fn question(&self) -> Question<'_> {
        let question = Question::new(&self.user, &self.action);
        let product = self.asking.product.as_deref();
        self.given.with(question, product, self.target.as_deref())
    }

    fn print(&self, firm: &Firm, decision: &Decision, terminal: &mut Terminal) -> io::Result<()> {
        let name_of = |id| firm.name_of(id).unwrap_or(id).to_owned();
        let rulebook = firm.rulebook();
        let (product, action) = (decision.product(), decision.action());
        let allowed = decision.is_allowed();
        let (word, may) = match allowed {
            true => ("allow", "may"),
            false => ("deny", "may not"),
        };
        let title = rulebook.title(product).unwrap_or(product);
        let to = decision
            .target()
            .map_or_else(String::new, |target| format!(" of {}", name_of(target)));
        let word = terminal.paint.answer(allowed, word);
        let user = name_of(decision.user());
        writeln!(terminal, "{word}: {user} {may} {action}{to} in {title}")?;
        writeln!(terminal)?;
        let mut below = Vec::new();
        if let Some(title) = rulebook.action_title(product, action) {
            below.push(("action", title.to_owned()));
        }
        let facts = self
            .given
            .facts
            .iter()
            .map(|(name, value)| ("fact", format!("{name} = {value}")));
        below.extend(facts);
        below.push(("reason", decision.reason().to_owned()));
        below.push((
            "rule",
            format!("{} at {}", decision.rule(), decision.place()),
        ));
        below.push(("basis", decision.basis().to_string()));
        below.push(("section", decision.section().to_owned()));
        below.extend(decision.site().map(|site| ("where", site.to_owned())));
        rows(terminal, &below)
    }
}

fn print_way(explanation: &Explanation, terminal: &mut Terminal) -> io::Result<()> {
    let inputs: Vec<(&str, &str)> = explanation
        .inputs()
        .iter()
        .map(|input| (input.input.as_str(), input.value.as_str()))
        .collect();
    if !inputs.is_empty() {
        section(terminal, "what was looked at", &inputs)?;
    }
    let turns: Vec<(&str, String)> = explanation
        .turns()
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
