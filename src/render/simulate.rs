//! `simulate`: the steps, and who would gain and lose what.

use std::io::{self, Write};

use askama::Template;

use super::renderer::{RenderText, Renderer};
use super::what_can::ability;
use super::{
    difference, filters,
    on_things::{self, NAMED},
    words,
};
use crate::protocol::{SimulateReply, SimulateStep};
use crate::{AccessOnThings, Shift, Shifts, VerdictWord};

/// Users that are named in a heading; more are counted.
const MOST_NAMED: usize = 3;

/// Actions by their ids, each in words.
type AbilityRows<'r> = Vec<(&'r str, String)>;

#[derive(Template)]
#[template(path = "simulate.txt")]
struct SimulateText<'r> {
    renderer: Renderer<'r>,
    reply: &'r SimulateReply,
}

impl SimulateText<'_> {
    fn product(&self, step: &SimulateStep) -> String {
        let product = words::product(&step.change.product);
        self.renderer.product(product).to_owned()
    }

    fn has_altered(&self) -> bool {
        let mut steps = self.reply.steps.iter();
        steps.any(|step| !(step.altered().is_empty() && step.altered_things().is_empty()))
    }

    /// What an effect is called in the first product that has it.
    fn effect(&self, effect: &str) -> &str {
        let products = self.reply.steps.iter().map(|step| &step.change.product);
        let mut titles = products.map(|id| self.renderer.effect(words::product(id), effect));
        titles.find_map(|title| title).unwrap_or_default()
    }

    /// Who gains and who loses, those together who do it together, each with what it is.
    fn shifts(&self) -> Vec<(String, AbilityRows<'_>)> {
        let sides = [("gained", &self.reply.gained), ("lost", &self.reply.lost)];
        let headed = |(word, shifts)| {
            let together = self.together(shifts).into_iter();
            together.map(move |(users, rows)| {
                let users = match users.len() {
                    many if many > MOST_NAMED => format!("{many} users"),
                    _ => {
                        let names: Vec<String> =
                            users.iter().map(|user| self.renderer.named(user)).collect();
                        names.join(", ")
                    }
                };
                (format!("{word} by {users}"), rows)
            })
        };
        let all = sides.into_iter().flat_map(headed);
        all.chain(self.on_things()).collect()
    }

    /// Who gains and who loses what on which things, each action with what it is.
    fn on_things(&self) -> impl Iterator<Item = (String, AbilityRows<'_>)> {
        let AccessOnThings { gained, lost, .. } = &self.reply.on_things;
        let gained = gained.iter().map(|row| ("gained", row));
        let lost = lost.iter().map(|row| ("lost", row));
        gained.chain(lost).map(|(word, row)| {
            let (renderer, who) = (self.renderer, &row.who);
            let users =
                on_things::some(&who.users, (who.more_users, NAMED), |id| renderer.named(id));
            let things = on_things::things(row, |id| renderer.named_thing(id));
            let through = on_things::through(&who.through);
            let rows = who.actions.iter().map(|one| {
                let title = renderer.action(&row.product, &one.action);
                let title = title.unwrap_or(&one.action);
                (&*one.action, words::with_facts(title, &one.facts))
            });
            let heading = format!("{word} by {users} on {things}{through}");
            (heading, rows.collect())
        })
    }

    /// How many things were not compared.
    fn left_out(&self) -> Option<String> {
        difference::of_left_out(&self.reply.on_things)
    }

    fn together<'s>(&self, shifts: &'s Shifts) -> Vec<(Vec<&'s str>, AbilityRows<'s>)> {
        let mut together: Vec<(Vec<&str>, AbilityRows<'s>)> = Vec::new();
        let is_of_same = |one: &Shift, other: &Shift| one.users == other.users;
        for of_users in shifts.0.chunk_by(is_of_same) {
            let Some(first) = of_users.first() else {
                continue;
            };
            let users = first.users.iter().map(|user| &**user);
            let rows = of_users.iter().map(|shift| {
                let ability = ability(self.renderer, &shift.ability);
                (&*shift.ability.action, ability)
            });
            let rows: AbilityRows<'s> = rows.collect();
            match together.iter_mut().find(|(_, known)| *known == rows) {
                Some((known, _)) => known.extend(users),
                None => together.push((users.collect(), rows)),
            }
        }
        together
    }
}

impl RenderText for SimulateReply {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        let reply = self;
        renderer.fill(&SimulateText { renderer, reply }, to)
    }
}
