//! The access review in every form: short for a terminal, whole as Markdown, CSV and a page.
//!
//! The page stands alone, in light and dark, on a phone and on paper.

mod names;
mod words;

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use askama::Template;

use super::csv::CsvDoor;
use super::renderer::{RenderCsv, RenderMarkdown, RenderPage, RenderText, Renderer};
use super::{filters, on_things};
use crate::text::cell::CsvCells;
use crate::{Review, ReviewConflict, ReviewPerson, ReviewProduct, ReviewTargets, UserActions};
use names::ReviewNames;

/// So many rows about things of a kind, and about entries without effect, are shown in a terminal.
const MOST_ROWS: usize = 12;

#[derive(Template)]
#[template(path = "review/review.txt")]
struct ReviewText<'r> {
    review: &'r Review,
    names: ReviewNames<'r>,
}

#[derive(Template)]
#[template(path = "review/review.md")]
struct ReviewMarkdown<'r> {
    review: &'r Review,
    names: ReviewNames<'r>,
}

#[derive(Template)]
#[template(path = "review/page.html")]
struct ReviewPage<'r> {
    review: &'r Review,
    names: ReviewNames<'r>,
    disabled: HashSet<&'r str>,
}

impl ReviewPage<'_> {
    fn has_conflicts(&self) -> bool {
        let mut products = self.review.products.iter();
        products.any(|product| !product.conflicts.is_empty())
    }

    fn has_dormant(&self) -> bool {
        let mut products = self.review.products.iter();
        products.any(|product| !product.dormant.is_empty())
    }

    fn has_steps(&self) -> bool {
        let mut products = self.review.products.iter();
        products.any(|product| !product.one_step.is_empty())
    }
}

impl RenderText for Review {
    fn write_text(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        let names = ReviewNames::of(self);
        renderer.fill(
            &ReviewText {
                review: self,
                names,
            },
            to,
        )
    }
}

impl RenderMarkdown for Review {
    fn write_markdown(&self, renderer: Renderer<'_>, to: &mut dyn Write) -> io::Result<()> {
        let names = ReviewNames::of(self);
        renderer.fill(
            &ReviewMarkdown {
                review: self,
                names,
            },
            to,
        )
    }
}

impl RenderPage for Review {
    fn write_page(&self, to: &mut dyn Write) -> io::Result<()> {
        let disabled = self.people.iter().filter(|person| !person.enabled);
        let page = ReviewPage {
            review: self,
            names: ReviewNames::of(self),
            disabled: disabled.map(|person| &*person.user).collect(),
        };
        Renderer::default().fill(&page, to)
    }
}

const HEAD: [&str; 16] = [
    "product",
    "user",
    "name",
    "enabled",
    "action",
    "facts",
    "access",
    "on",
    "decision",
    "rule",
    "reason",
    "basis",
    "place",
    "dormant",
    "conflicts",
    "trusted",
];

impl RenderCsv for Review {
    /// A line for each answer to each person, with what else is to be known about them in its last columns.
    fn write_csv(&self, cells: CsvCells, to: &mut dyn Write) -> io::Result<()> {
        let mut lines = CsvDoor::new(to, cells);
        lines.record(HEAD)?;
        for product in &self.products {
            for person in &self.people {
                let Some(seat) = words::seat(person, product) else {
                    continue;
                };
                let [dormant, conflicts, trusted] = beside(product, &person.user);
                for (column, action) in product.actions.iter().enumerate() {
                    let Some(note) = product.note(seat.row, column) else {
                        continue;
                    };
                    let facts = facts(&action.facts);
                    for answer in &note.answers {
                        let grounds = &answer.grounds;
                        lines.record([
                            &*product.product,
                            &person.user,
                            &person.name,
                            if person.enabled { "true" } else { "false" },
                            &action.action,
                            &facts,
                            note.access.word(),
                            &on(answer.on.as_ref()),
                            if answer.is_allowed() { "allow" } else { "deny" },
                            &grounds.rule,
                            &grounds.reason,
                            &grounds.basis.to_string(),
                            &grounds.place,
                            &dormant,
                            &conflicts,
                            &trusted,
                        ])?;
                    }
                }
            }
        }
        for product in &self.products {
            self.write_things(product, &mut lines)?;
        }
        lines.finish()
    }
}

impl Review {
    /// A line for each action of each person on things that are alike; people who are not named are counted.
    fn write_things<W: Write>(
        &self,
        product: &ReviewProduct,
        lines: &mut CsvDoor<W>,
    ) -> io::Result<()> {
        let people = self.people.iter();
        let people: HashMap<&str, &ReviewPerson> = people
            .map(|person| (person.user.as_str(), person))
            .collect();
        for kind in &product.kinds {
            for alike in &kind.things {
                let ids: Vec<&str> = alike.things.iter().map(|thing| &*thing.id).collect();
                let more = match alike.more_things {
                    0 => String::new(),
                    more => format!(" and {more} more"),
                };
                let on = format!("{} {}{more}", kind.kind, ids.join(" "));
                for who in &alike.access {
                    let named = who.users.iter().map(|user| people.get(&**user).copied());
                    let counted = (who.more_users > 0).then_some(None);
                    for person in named.chain(counted) {
                        self.write_on_things((product, &on), who, person, lines)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// What somebody may do on things. Nobody stands for those who are not named.
    fn write_on_things<W: Write>(
        &self,
        (product, on): (&ReviewProduct, &str),
        who: &UserActions,
        person: Option<&ReviewPerson>,
        lines: &mut CsvDoor<W>,
    ) -> io::Result<()> {
        let more = format!("{} more", who.more_users);
        let [user, name, enabled] = match person {
            Some(person) if person.enabled => [&person.user, &person.name, "true"],
            Some(person) => [&person.user, &person.name, "false"],
            None => ["", &more, ""],
        };
        let [dormant, conflicts, trusted] =
            person.map_or_else(Default::default, |person| beside(product, &person.user));
        let through = on_things::through(&who.through);
        let reason = through.trim().trim_matches(['(', ')']);
        for action in &who.actions {
            let facts = facts(&action.facts);
            lines.record([
                &*product.product,
                user,
                name,
                enabled,
                &action.action,
                &facts,
                "things",
                on,
                "allow",
                "",
                reason,
                "",
                "",
                &dormant,
                &conflicts,
                &trusted,
            ])?;
        }
        Ok(())
    }
}

/// Facts in a cell: `status=open kind=note`.
fn facts(facts: &[(String, String)]) -> String {
    let facts = facts.iter().map(|(name, value)| format!("{name}={value}"));
    facts.collect::<Vec<_>>().join(" ")
}

/// The dormant roles of somebody, the conflicts that they hold, and those that a role lets pass.
fn beside(product: &ReviewProduct, user: &String) -> [String; 3] {
    let dormant = product.dormant.iter().filter(|one| one.user == *user);
    let dormant: Vec<&str> = dormant
        .flat_map(|one| &one.roles)
        .map(String::as_str)
        .collect();
    let conflicts = |of: fn(&ReviewConflict) -> &Vec<String>| {
        let held = product.conflicts.iter();
        let held = held.filter(|conflict| of(conflict).contains(user));
        held.map(|conflict| conflict.conflict.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    };
    [
        dormant.join(" "),
        conflicts(|conflict| &conflict.users),
        conflicts(|conflict| &conflict.trusted),
    ]
}

fn on(targets: Option<&ReviewTargets>) -> String {
    match targets {
        None => String::new(),
        Some(ReviewTargets::Themselves) => "themselves".to_owned(),
        Some(ReviewTargets::Others(count)) => format!("{count} others"),
        Some(ReviewTargets::Users(users)) => users.join(" "),
    }
}
