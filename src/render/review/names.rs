//! The words of a review that name people.

use std::collections::HashMap;

use super::words;
use crate::render::words::{counted, short};
use crate::render::{difference, on_things};
use crate::{
    AccessOnThings, Accesses, FirmDifference, Review, ReviewConflict, ReviewEnding,
    ReviewEndingPlace, ReviewKind, ReviewNote, ReviewProduct, ReviewTargets, UserDifference,
};

/// What everybody and everything in a review is called.
pub(super) struct ReviewNames<'r> {
    people: HashMap<&'r str, &'r str>,
    products: &'r [ReviewProduct],
}

impl<'r> ReviewNames<'r> {
    pub(super) fn of(review: &'r Review) -> Self {
        let people = review.people.iter();
        let people = people.map(|person| (person.user.as_str(), person.name.as_str()));
        let before = review.since.iter().flat_map(|since| &since.users);
        let before = before.map(|user| (&*user.user, &*user.name));
        Self {
            people: before.chain(people).collect(),
            products: &review.products,
        }
    }

    fn product(&self, id: &str) -> Option<&'r ReviewProduct> {
        self.products.iter().find(|product| product.product == id)
    }

    /// What somebody is called, cut where it is very long.
    pub(super) fn of_user(&self, user: &str) -> String {
        short(self.people.get(user).copied().unwrap_or(user))
    }

    /// What ends soon, and when.
    pub(super) fn ending(&self, ending: &ReviewEnding) -> String {
        let what = match &ending.entry {
            ReviewEndingPlace::Role { product, role } => match self.product(product) {
                Some(product) => format!("{} in {}", words::role(product, role), product.title),
                None => role.clone(),
            },
            ReviewEndingPlace::Group { group } => format!("in the group {}", short(group)),
            ReviewEndingPlace::List { kind, thing, list } => {
                format!("on {list} of the {kind} {}", short(thing))
            }
        };
        let left = match ending.days {
            0 => "today is the last day".to_owned(),
            1 => "one day left".to_owned(),
            days => format!("{days} days left"),
        };
        format!("{what}, until {}: {left}", ending.until)
    }

    /// The things of a kind: some of them, who, and what these may do there and through which lists. So many are named in a cell.
    pub(super) fn on_things(&self, kind: &ReviewKind, most: usize) -> Vec<[String; 3]> {
        let rows = kind.things.iter().flat_map(|alike| {
            let more = (alike.more_things, most);
            let things = on_things::some(&alike.things, more, |thing| short(&thing.title));
            let nobody = [things.clone(), "nobody".to_owned(), String::new()];
            let nobody = alike.access.is_empty().then_some(nobody);
            let access = alike.access.iter().map(move |who| {
                let more = (who.more_users, most);
                let users = on_things::some(&who.users, more, |user| self.of_user(user));
                let what = words::actions_on_things(kind, who);
                [things.clone(), users, what]
            });
            nobody.into_iter().chain(access)
        });
        rows.collect()
    }

    /// What people gain and lose on things, each in a line.
    pub(super) fn since_on_things(&self, since: &FirmDifference) -> Vec<String> {
        let AccessOnThings { gained, lost, .. } = &since.on_things;
        let gained = gained.iter().map(|row| ("gained by", row));
        let lost = lost.iter().map(|row| ("lost by", row));
        let lines = gained.chain(lost).map(|(word, row)| {
            let line = difference::of_access(row, |user| self.of_user(user));
            format!("{word} {line}")
        });
        let left_out = difference::of_left_out(&since.on_things);
        let left_out = left_out.map(|left_out| format!("not compared: {left_out}"));
        lines.chain(left_out).collect()
    }

    /// Some people: all where they are few, else the first of them with the number of the others.
    pub(super) fn some(&self, users: &[String], most: usize) -> String {
        let named = if users.len() <= most + 1 {
            users.len()
        } else {
            most
        };
        let names: Vec<String> = users
            .iter()
            .take(named)
            .map(|user| self.of_user(user))
            .collect();
        match users.len() - named {
            0 => names.join(", "),
            others => format!("{} and {others} others", names.join(", ")),
        }
    }

    /// The same, where there may be nobody.
    pub(super) fn some_or_nobody(&self, users: &[String], most: usize) -> String {
        if users.is_empty() {
            "nobody".to_owned()
        } else {
            self.some(users, most)
        }
    }

    /// Who holds both sides of a conflict, and who is trusted with both: `Ana; trusted with both: Ben`.
    pub(super) fn of_conflict(&self, conflict: &ReviewConflict, most: usize) -> String {
        let who = self.some_or_nobody(&conflict.users, most);
        if conflict.trusted.is_empty() {
            who
        } else {
            let trusted = self.some(&conflict.trusted, most);
            format!("{who}; trusted with both: {trusted}")
        }
    }

    /// What a note says, all of it.
    pub(super) fn note(&self, product: &ReviewProduct, note: &ReviewNote) -> String {
        let column = product.actions.get(note.column);
        let mut text = column.map(words::action).unwrap_or_default();
        for answer in &note.answers {
            let on = match &answer.on {
                None => String::new(),
                Some(ReviewTargets::Themselves) => "on themselves ".to_owned(),
                Some(ReviewTargets::Others(1)) => "on 1 other ".to_owned(),
                Some(ReviewTargets::Others(count)) => format!("on {count} others "),
                Some(ReviewTargets::Users(users)) => {
                    let names: Vec<String> = users.iter().map(|user| self.of_user(user)).collect();
                    format!("on {} ", names.join(", "))
                }
            };
            text.push_str(&format!("\n{on}{}", words::answer(answer)));
        }
        text
    }

    /// What is different of somebody, with actions counted.
    pub(super) fn user_in_brief(&self, user: &UserDifference) -> String {
        let mut parts = self.altered(user);
        for (word, list) in [("gains", user.gained()), ("loses", user.lost())] {
            if !list.is_empty() {
                parts.push(format!("{word} {}", counted(list.len(), "action")));
            }
        }
        parts.extend(impossible(user));
        parts.join("; ")
    }

    /// What is different of somebody, in one line.
    pub(super) fn user_line(&self, user: &UserDifference) -> String {
        let mut parts = self.altered(user);
        for (word, list) in [("gains", user.gained()), ("loses", user.lost())] {
            let accesses = self.accesses(list).into_iter();
            parts.extend(accesses.map(|access| format!("{word} {access}")));
        }
        parts.extend(impossible(user));
        parts.join("; ")
    }

    /// What is different of somebody: what they hold and are, what they may do more, and what less.
    pub(super) fn different(&self, user: &UserDifference) -> [Vec<String>; 3] {
        let mut altered = self.altered(user);
        altered.extend(impossible(user));
        [
            altered,
            self.accesses(user.gained()),
            self.accesses(user.lost()),
        ]
    }

    /// What somebody is and holds that is different: `given billing in Clio Manage`.
    fn altered(&self, user: &UserDifference) -> Vec<String> {
        let title = |id: &str| match self.product(id) {
            Some(product) => product.title.clone(),
            None => id.to_owned(),
        };
        let rows = difference::of_user(user, title).into_iter();
        let words = rows.map(|(label, text)| match label {
            "outside" => text.to_string(),
            label => format!("{label} {text}"),
        });
        words.collect()
    }

    /// What may be done in one state alone: `Create a bill`.
    fn accesses(&self, list: Accesses<'_>) -> Vec<String> {
        let words = list.iter().map(|access| {
            let product = self.product(&access.product);
            let title = product.map_or(&*access.action, |product| {
                words::action_title(product, &access.action)
            });
            let beside = difference::beside(&access, |user| self.of_user(user));
            format!("{title}{beside}")
        });
        words.collect()
    }
}

/// What no permitted change brings about.
fn impossible(user: &UserDifference) -> impl Iterator<Item = String> {
    let impossible = user.impossible.iter();
    impossible.map(|impossible| {
        let what = difference::of_impossible(impossible);
        format!("no permitted change makes it so: {what}")
    })
}
