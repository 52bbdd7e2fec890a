//! `how-can`: plans, step by step.

use std::io::{self, Write};
use std::iter;

use askama::Template;

use super::renderer::{RenderText, Renderer};
use super::{difference, filters, on_things, words};
use crate::protocol::{ApplyRequest, Exchange, HowCanRequest, Request};
use crate::shell;
use crate::{Change, CutOff, Plan, Plans, Question, Shift, Shifts, StepMakers, ThingAccess};

/// Abilities of one user that are named; of more only the number is given.
const MOST_OPENED: usize = 3;
/// Users that are named; of more only the number is given.
const MOST_USERS: usize = 5;

#[derive(Template)]
#[template(path = "how_can.txt")]
struct HowCanText<'r> {
    renderer: Renderer<'r>,
    asked: &'r Question<'static>,
    reply: &'r Plans,
}

impl HowCanText<'_> {
    fn product(&self) -> &str {
        words::product(&self.asked.product)
    }

    /// `edit_user_profile of Nadia Hartley (nadia) in Clio Manage`.
    fn what(&self) -> String {
        let target = self.asked.target.as_deref();
        let target = target.map(|target| {
            let (product, action) = (self.product(), &self.asked.action);
            let preposition = self.renderer.preposition(product, action);
            let named = self.renderer.named_target(product, action, target);
            format!(" {preposition} {named}")
        });
        let action = words::with_facts(&self.asked.action, &self.asked.facts);
        let title = self.renderer.product(self.product());
        format!("{action}{} in {title}", target.unwrap_or_default())
    }

    /// The limit that the search met, where it found nothing before.
    fn undecided(&self) -> Option<CutOff> {
        self.reply.cut_off.filter(|_| self.reply.plans.is_empty())
    }

    /// How many changes it takes at least, where one is known not to be enough.
    fn least(&self) -> Option<usize> {
        self.reply.least_changes.filter(|least| *least != 1)
    }

    /// `Grant a permission: grant billing wren; by Nadia Hartley (nadia), or by tomas, priya or marek`.
    fn sentence(&self, change: &Change, step: &StepMakers) -> String {
        let title = self.renderer.change(self.product(), &change.change);
        let title = title.unwrap_or(&change.change);
        let user = self.renderer.named(&step.user);
        let mut text = format!("{title}: {}; by {user}", step.line);
        let others = &step.may_be_made_by;
        if !others.is_empty() {
            text.push_str(", or by ");
            text.push_str(&some_of(others, others.len() + step.and_more));
        }
        if !step.or_target.is_empty() {
            text.push_str("; instead of the target as well ");
            text.push_str(&some_of(&step.or_target, step.or_target.len()));
        }
        text
    }

    /// Commands that lead to the end of a plan. Steps that build on each other and cannot be written are made in the memory of
    /// one command, which then asks the question.
    fn commands(&self, plan: &Plan) -> Vec<String> {
        let options = self.renderer.command_options();
        let product = self.renderer.has_products().then(|| self.product());
        match plan.by.as_slice() {
            [_, _, ..] if options.is_firm_gone() => Vec::new(),
            [_, _, ..] if !options.is_writable() => {
                let changes = plan.steps.iter().cloned();
                let changes = changes.map(|change| Request::new(ApplyRequest::from(change)));
                let question = Request::new(self.asked.clone());
                let requests = changes.chain([question]);
                let requests =
                    requests.map(|request| serde_json::to_string(&request).unwrap_or_default());
                let requests: Vec<String> = requests.collect();
                vec![options.batch(&requests)]
            }
            steps => {
                let steps = steps.iter().map(|step| {
                    let change = shell::split(&step.line);
                    let change = change.iter().map(|word| &**word);
                    let words: Vec<&str> = iter::once(&*step.user).chain(change).collect();
                    options.change(&words, product)
                });
                steps.collect()
            }
        }
    }

    /// What a plan opens beside what is asked, in general and on things.
    fn opens(&self, plan: &Plan) -> String {
        let opened = self.shifts(&plan.also_opens, &plan.on_things.gained);
        match difference::left_out_things(&plan.on_things) {
            Some(things) => format!("{opened}; not compared: {things}"),
            None => opened,
        }
    }

    /// What a plan closes; nothing where it closes nothing.
    fn closes(&self, plan: &Plan) -> Option<String> {
        let (shifts, lost) = (&plan.closes, &plan.on_things.lost);
        let is_any = !shifts.0.is_empty() || !lost.is_empty();
        is_any.then(|| self.shifts(shifts, lost))
    }

    /// What users gain or lose, in a short line: `Wren Abernathy: Create a bill, Edit a bill and 3 more`.
    fn shifts(&self, shifts: &Shifts, on_things: &[ThingAccess]) -> String {
        let mut groups: Vec<(Vec<&str>, Vec<&Shift>)> = Vec::new();
        for shift in &shifts.0 {
            let users: Vec<&str> = shift.users.iter().map(|user| &**user).collect();
            match groups.iter_mut().find(|(known, _)| *known == users) {
                Some((_, theirs)) => theirs.push(shift),
                None => groups.push((users, vec![shift])),
            }
        }
        if groups.is_empty() && on_things.is_empty() {
            return "nothing else".to_owned();
        }
        let words = groups.iter().map(|(users, theirs)| {
            let who = match users.as_slice() {
                [only] => self.renderer.name(only).to_owned(),
                [first, rest @ ..] => {
                    format!("{} and {} more", self.renderer.name(first), rest.len())
                }
                [] => String::new(),
            };
            let titles = theirs.iter().map(|shift| shift.ability.title.to_string());
            let titles: Vec<String> = titles.take(MOST_OPENED).collect();
            format!("{who}: {}", listed(&titles, theirs.len()))
        });
        let rows = on_things.iter().map(|row| self.on_things(row));
        words.chain(rows).collect::<Vec<_>>().join("; ")
    }

    /// What some users may do on some things: `Wren Abernathy: open_matter on matter m2`.
    fn on_things(&self, row: &ThingAccess) -> String {
        let users = (row.who.more_users, on_things::NAMED);
        let users = on_things::some(&row.who.users, users, |id| {
            self.renderer.name(id).to_owned()
        });
        let things = on_things::things(row, |id| id.to_owned());
        format!("{users}: {} on {things}", on_things::actions(&row.who))
    }
}

/// The first few users, and how many more.
fn some_of(users: &[String], all: usize) -> String {
    listed(users.get(..MOST_USERS).unwrap_or(users), all)
}

/// What is listed, and how many more there are.
fn listed(listed: &[String], all: usize) -> String {
    match all - listed.len() {
        0 => listed.join(", "),
        more => format!("{} and {more} more", listed.join(", ")),
    }
}

impl RenderText for Exchange<HowCanRequest> {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        let text = HowCanText {
            renderer,
            asked: &self.request.0,
            reply: &self.reply,
        };
        renderer.fill(&text, to)
    }
}
