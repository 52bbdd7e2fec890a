//! `how-can`: what would have to be changed so that this user may do this?

use std::io::{self, Write};

use clap::Args;
use clio_rules::protocol::HowCanRequest;
use clio_rules::{Firm, Plan, Plans, Question, Shift, Shifts, StepMakers};

use super::RunCommand;
use super::who_can::{named, with_facts};
use crate::cli::exit::ExitStatus;
use crate::cli::failure::CommandFailure;
use crate::cli::options::{FactArgs, FirmArgs, OutputFormat, SearchBoundArgs, way_out};
use crate::cli::rows::rows;
use crate::cli::terminal::Terminal;

/// Finds the smallest permission changes after which a user may do an action
#[derive(Debug, Args)]
#[command(after_help = "\
ExitStatus codes: 0 allowed already or there is a plan, 1 no permitted changes lead there, 2 could not be asked, or could not be
decided within `--states` and `--time`.

The shortest plans come first, of them those that open the fewest other abilities. Plans that differ only in their order or in
who makes a change are one. A search that is cut off says so, and shows what it has.

Examples:
  clio-rules how-can wren create_bill
  clio-rules how-can tomas edit_user_profile nadia
  clio-rules how-can greta create_bill
  clio-rules how-can wren create_bill --format json")]
pub(crate) struct HowCanArgs {
    /// Who is to be allowed, by id
    user: String,
    /// What they want to do, by id
    action: String,
    /// The user it is done to, by id, where the action is done to somebody
    target: Option<String>,
    #[command(flatten)]
    given: FactArgs,
    #[command(flatten)]
    asking: FirmArgs,
    #[command(flatten)]
    bounds: SearchBoundArgs,
    /// How to write the answer
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
}

/// Abilities of one user that are named; of more only the number is said.
const MOST_OPENED: usize = 3;
/// Users that are named; of more only the number is said.
const MOST_USERS: usize = 5;

impl RunCommand for HowCanArgs {
    fn format(&self) -> OutputFormat {
        self.format
    }

    fn run(self, terminal: &mut Terminal) -> Result<ExitStatus, CommandFailure> {
        let loaded = self.asking.load_within(&self.bounds.limits(), terminal)?;
        let target = self.target.as_ref();
        let asked = self
            .given
            .about(&self.asking, &self.user, &self.action, target);
        let plans = loaded.ask(HowCanRequest(asked))?;
        match self.format {
            OutputFormat::Json => terminal.json(&plans)?,
            OutputFormat::Text => {
                print(&loaded.firm, &plans.request.0, &plans.reply, terminal)?;
            }
        }
        Ok(if plans.reply.is_decided() {
            ExitStatus::of(plans.yes)
        } else {
            ExitStatus::NotAsked
        })
    }
}

fn print(
    firm: &Firm,
    asked: &Question<'_>,
    plans: &Plans,
    terminal: &mut Terminal,
) -> io::Result<()> {
    let product = asked.product.as_deref().unwrap_or_default();
    let title = firm.rulebook().title(product).unwrap_or(product);
    let target = asked.target.as_deref();
    let target = target.map(|target| format!(" of {}", named(firm, target)));
    let action = with_facts(&asked.action, &asked.facts);
    let what = format!("{action}{} in {title}", target.unwrap_or_default());
    let user = named(firm, &asked.user);
    if plans.is_allowed_already() {
        let word = terminal.paint.answer(true, "allowed already");
        return writeln!(terminal, "{word}: {user} may {what}");
    }
    if let Some(why) = &plans.why {
        let word = terminal.paint.answer(false, "no way");
        writeln!(terminal, "{word}: {user} may not {what}")?;
        return writeln!(terminal, "\n  {why}");
    }
    if let (Some(cut_off), [], least) = (plans.cut_off, &*plans.plans, plans.least_changes) {
        let word = terminal.paint.answer(false, "not decided");
        let least = match least.unwrap_or(1) {
            1 => String::new(),
            least => format!("; fewer than {least} changes do not lead there"),
        };
        writeln!(terminal, "{word}: whether {user} can come to {what}")?;
        return writeln!(terminal, "\n  {cut_off}{least}\n  {}", way_out(cut_off));
    }
    let count = plans.plans.len() + plans.more_plans;
    let word = match count {
        1 => "1 way".to_owned(),
        several => format!("{several} ways"),
    };
    let word = terminal.paint.answer(true, word);
    writeln!(terminal, "{word} by which {user} may {what}")?;
    for (number, plan) in (1..).zip(&plans.plans) {
        let heading = terminal.paint.heading(format!("plan {number}"));
        writeln!(terminal, "\n{heading}")?;
        print_plan(firm, product, plan, terminal)?;
    }
    if plans.more_plans > 0 {
        writeln!(terminal, "\nand {} more, which open more", plans.more_plans)?;
    }
    if let Some(cut_off) = plans.cut_off {
        let heading = terminal.paint.heading("there may be more");
        writeln!(terminal, "\n{heading}: {cut_off}; {}", way_out(cut_off))?;
    }
    Ok(())
}

fn print_plan(firm: &Firm, product: &str, plan: &Plan, terminal: &mut Terminal) -> io::Result<()> {
    let mut below: Vec<(String, String)> = Vec::new();
    for (number, step) in (1..).zip(&plan.by) {
        below.push((format!("step {number}"), sentence(firm, product, step)));
        for effect in &step.effects {
            let title = firm.rulebook().effect_title(product, effect);
            below.push(("follows".into(), title.unwrap_or(effect).to_owned()));
        }
    }
    below.push(("opens".into(), shifts(firm, &plan.also_opens)));
    if !plan.closes.0.is_empty() {
        below.push(("closes".into(), shifts(firm, &plan.closes)));
    }
    for step in &plan.by {
        let line = format!("clio-rules change {} {}", step.user, step.line);
        let line = match firm.rulebook().products().count() {
            1 => line,
            _ => format!("{line} --product {product}"),
        };
        below.push(("run".into(), line));
    }
    rows(terminal, &below)
}

/// `Grant a permission: grant billing wren; by Nadia Hartley (nadia), or by tomas, priya or marek`.
fn sentence(firm: &Firm, product: &str, step: &StepMakers) -> String {
    let change = step.line.split(' ').next().unwrap_or_default();
    let title = firm.rulebook().change_title(product, change);
    let title = title.unwrap_or(change);
    let mut said = format!("{title}: {}; by {}", step.line, named(firm, &step.user));
    let others = &step.may_be_made_by;
    if !others.is_empty() {
        said.push_str(", or by ");
        said.push_str(&some_of(others, others.len() + step.and_more));
    }
    if !step.or_target.is_empty() {
        said.push_str("; instead of the target as well ");
        said.push_str(&some_of(&step.or_target, step.or_target.len()));
    }
    said
}

/// The first few, and how many more.
fn some_of(users: &[String], all: usize) -> String {
    let first: Vec<&str> = users.iter().take(MOST_USERS).map(String::as_str).collect();
    match all - first.len() {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

/// What users gain or lose, in a short line: `wren: 3 others, among them …`.
fn shifts(firm: &Firm, shifts: &Shifts) -> String {
    let mut users: Vec<(Vec<&str>, Vec<&Shift>)> = Vec::new();
    for shift in shifts.0.iter() {
        let of: Vec<&str> = shift.users.iter().map(|user| &**user).collect();
        match users.iter_mut().find(|(known, _)| *known == of) {
            Some((_, theirs)) => theirs.push(shift),
            None => users.push((of, vec![shift])),
        }
    }
    let of_users = users.iter().map(|(users, theirs)| {
        let who = match users.as_slice() {
            [only] => firm.name_of(only).unwrap_or(only).to_owned(),
            [first, rest @ ..] => {
                let first = firm.name_of(first).unwrap_or(first);
                format!("{first} and {} more", rest.len())
            }
            [] => String::new(),
        };
        let titles = theirs.iter().take(MOST_OPENED);
        let titles: Vec<&str> = titles.map(|shift| &*shift.ability.title).collect();
        match theirs.len() - titles.len() {
            0 => format!("{who}: {}", titles.join(", ")),
            more => format!("{who}: {} and {more} more", titles.join(", ")),
        }
    });
    let said: Vec<String> = of_users.collect();
    match said.as_slice() {
        [] => "nothing else".to_owned(),
        said => said.join("; "),
    }
}
