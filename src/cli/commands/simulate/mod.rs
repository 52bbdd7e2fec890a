//! `simulate`: what would be different if?

mod wishes;

use std::io::{self, Write};

use clap::Args;
use clio_rules::protocol::{SimulateReply, SimulateRequest, SimulateStep};
use clio_rules::{AlteredValue, Firm, Shift, VerdictWord};

use super::RunCommand;
use super::change::{print_advice, print_conflicts};
use super::what_can::said;
use super::who_can::named;
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::options::{FirmArgs, OutputFormat};
use crate::cli::rows::section;
use crate::cli::terminal::Terminal;
use wishes::WishArgs;

/// Shows what would be different after some changes, without making them
///
/// The changes are made one after the other, in the order of the options. Without `--by` whoever may makes them; a change
/// that nobody may make is simulated all the same.
#[derive(Debug, Args)]
#[command(after_help = "\
ExitStatus codes: 0 the changes can be made, 1 one of them cannot, 2 could not be asked.

Examples:
  clio-rules simulate wren --grant billing
  clio-rules simulate leila --revoke accounts --set billing_rate_visibility=none
  clio-rules simulate wren --grant administrator --by tomas
  clio-rules simulate tomas --change transfer_ownership
  clio-rules simulate wren --grant billing --change 'revoke reports of otto'")]
pub(crate) struct SimulateArgs {
    /// Whose permissions are changed, by id
    user: String,
    #[command(flatten)]
    wishes: WishArgs,
    /// Who makes the changes, by id [default: whoever may]
    #[arg(long, value_name = "USER")]
    by: Option<String>,
    #[command(flatten)]
    asking: FirmArgs,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

impl RunCommand for SimulateArgs {
    fn format(&self) -> OutputFormat {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let loaded = self.asking.load(terminal)?;
        let simulated = loaded.ask(SimulateRequest {
            product: self.asking.product.clone(),
            changes: self.wishes.requests(),
            user: self.user,
            by: self.by,
        })?;
        match self.format {
            OutputFormat::Json => terminal.json(&simulated)?,
            OutputFormat::Text => print(&loaded.firm, &simulated.reply, terminal)?,
        }
        Ok(ExitStatus::of(simulated.yes))
    }
}

fn print(firm: &Firm, simulated: &SimulateReply, terminal: &mut Terminal) -> io::Result<()> {
    for step in &simulated.steps {
        print_step(firm, step, terminal)?;
    }
    match simulated.left_out {
        0 => {}
        1 => writeln!(terminal, "1 change after it is left out")?,
        many => writeln!(terminal, "{many} changes after it are left out")?,
    }
    let altered = simulated.steps.iter().flat_map(SimulateStep::altered);
    let altered: Vec<(String, String)> = altered.map(|altered| in_words(firm, altered)).collect();
    if !altered.is_empty() {
        section(terminal, "what would be altered", &altered)?;
    }
    let title = |effect: &str| {
        let steps = simulated.steps.iter();
        let products = steps.filter_map(|step| step.change.product.as_deref());
        let mut titles =
            products.filter_map(|product| firm.rulebook().effect_title(product, effect));
        titles.next().unwrap_or_default().to_owned()
    };
    let effects: Vec<(&str, String)> = simulated
        .effects
        .iter()
        .map(|effect| (&**effect, title(effect)))
        .collect();
    if !effects.is_empty() {
        section(terminal, "what would follow", &effects)?;
    }
    print_shifts(firm, "gained", simulated.gained.as_slice(), terminal)?;
    print_shifts(firm, "lost", simulated.lost.as_slice(), terminal)?;
    if simulated.gained.is_empty() && simulated.lost.is_empty() {
        writeln!(terminal, "\nnobody would gain or lose anything")?;
    }
    print_conflicts(firm, &simulated.conflicts, terminal)?;
    print_advice(firm, &simulated.advice, terminal)
}

fn print_step(firm: &Firm, step: &SimulateStep, terminal: &mut Terminal) -> io::Result<()> {
    let accepted = step.verdict.verdict == VerdictWord::Accept;
    let product = step.change.product.as_deref().unwrap_or_default();
    let title = firm.rulebook().title(product).unwrap_or(product);
    let word = terminal
        .paint
        .answer(accepted, if accepted { "accept" } else { "reject" });
    let user = named(firm, &step.change.user);
    let line = &step.line;
    match (accepted, step.anyway.is_some()) {
        (true, _) => writeln!(terminal, "{word}: {user} may {line} in {title}"),
        (false, false) => writeln!(terminal, "{word}: {user} may not {line} in {title}"),
        (false, true) => writeln!(
            terminal,
            "{word}: nobody present may {line} in {title}; closest is {user}"
        ),
    }?;
    for reason in &step.verdict.reasons {
        writeln!(terminal, "  {} ({})", reason.reason(), reason.rule())?;
    }
    Ok(())
}

fn in_words(firm: &Firm, altered: &AlteredValue) -> (String, String) {
    let what = format!("{}: {} -> {}", altered.what, altered.from, altered.to);
    (named(firm, &altered.user), what)
}

/// Users that are named in a heading; more are counted.
const MOST_NAMED: usize = 3;

/// Actions by their ids, each with what is said of it.
type ActionRows<'a> = Vec<(&'a str, String)>;

/// What users gain or lose, those together who do it together.
fn print_shifts(
    firm: &Firm,
    word: &str,
    shifts: &[Shift],
    terminal: &mut Terminal,
) -> io::Result<()> {
    let mut together: Vec<(Vec<&str>, ActionRows)> = Vec::new();
    for of_users in shifts.chunk_by(|one, other| one.users == other.users) {
        let Some(first) = of_users.first() else {
            continue;
        };
        let row = |shift: &'_ Shift| said(firm, &shift.ability);
        let below = of_users
            .iter()
            .map(|shift| (&*shift.ability.action, row(shift)))
            .collect();
        match together.iter_mut().find(|(_, known)| *known == below) {
            Some((users, _)) => users.extend(first.users.iter().map(|user| &**user)),
            None => together.push((first.users.iter().map(|user| &**user).collect(), below)),
        }
    }
    for (users, below) in together {
        let whom = match users.len() {
            many if many > MOST_NAMED => format!("{many} users"),
            _ => {
                let names: Vec<String> = users.iter().map(|user| named(firm, user)).collect();
                names.join(", ")
            }
        };
        section(terminal, &format!("{word} by {whom}"), &below)?;
    }
    Ok(())
}
