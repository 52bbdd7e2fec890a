//! Firms with groups and things by chance, and what their rules say of them, worked out anew: no numbers, no tables.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::tests::dice::Dice;

/// The people and groups on a list, by id; none where the firm file says nothing.
pub(super) type ListModel = Option<Vec<String>>;

/// A thing as a firm file has it.
#[derive(Debug, Clone, Default)]
pub(super) struct ThingModel {
    pub(super) id: String,
    /// Keys with one word: properties, and what it is part of.
    pub(super) words: BTreeMap<&'static str, String>,
    pub(super) lists: BTreeMap<&'static str, ListModel>,
}

/// A person as a firm file has them.
#[derive(Debug, Clone)]
pub(super) struct PersonModel {
    pub(super) id: String,
    pub(super) enabled: bool,
    /// The roles and the office; none without a seat.
    pub(super) seat: Option<(Vec<&'static str>, &'static str)>,
}

/// A firm as its file has it.
#[derive(Debug, Clone, Default)]
pub(super) struct FirmModel {
    pub(super) people: Vec<PersonModel>,
    pub(super) groups: Vec<(String, Vec<String>)>,
    pub(super) things: BTreeMap<&'static str, Vec<ThingModel>>,
    pub(super) guests_look: bool,
}

/// A list by chance: silent, empty, or with some people and groups.
fn list(dice: &mut Dice, names: &[String], most: usize) -> ListModel {
    match dice.roll(4) {
        0 => None,
        1 => Some(Vec::new()),
        _ => {
            let names: Vec<&String> = names.iter().collect();
            let some = dice.some(&names, 4).into_iter().cloned();
            Some(some.take(most).collect())
        }
    }
}

impl FirmModel {
    pub(super) fn by_chance(seed: u64) -> Self {
        let dice = &mut Dice(seed);
        let people = (0..7).map(|number| PersonModel {
            id: format!("u{number}"),
            enabled: dice.roll(6) > 0,
            seat: (dice.roll(7) > 0).then(|| {
                let roles = dice.some(&["owner", "guest"], 3);
                (roles, dice.one(&["north", "south"]))
            }),
        });
        let people: Vec<PersonModel> = people.collect();
        let mut names: Vec<String> = people.iter().map(|person| person.id.clone()).collect();
        let mut groups = Vec::new();
        for number in 0..4 {
            // Only earlier groups, so that there are no circles.
            let all: Vec<&String> = names.iter().collect();
            let members = dice.some(&all, 4).into_iter().cloned().collect();
            groups.push((format!("g{number}"), members));
            names.push(format!("g{number}"));
        }
        let mut firm = Self {
            people,
            groups,
            guests_look: dice.roll(2) == 0,
            things: BTreeMap::new(),
        };
        firm.add_things(dice, &names);
        firm
    }

    fn add_things(&mut self, dice: &mut Dice, names: &[String]) {
        for number in 0..5 {
            let mut thing = ThingModel {
                id: format!("r{number}"),
                ..ThingModel::default()
            };
            thing.word(dice, "archived", &["false", "true"]);
            thing.word(dice, "office", &["north", "south"]);
            for id in ["admin", "write", "read"] {
                thing.lists.insert(id, list(dice, names, usize::MAX));
            }
            thing.lists.insert("lead", list(dice, names, 1));
            self.things.entry("repository").or_default().push(thing);
        }
        for number in 0..5 {
            let mut thing = ThingModel {
                id: format!("i{number}"),
                ..ThingModel::default()
            };
            thing.word(dice, "state", &["open", "closed", "locked"]);
            thing.word(dice, "repository", &["r0", "r1", "r2", "r3", "r4"]);
            thing.lists.insert("assignee", list(dice, names, 2));
            self.things.entry("issue").or_default().push(thing);
        }
        for number in 0..3 {
            let mut thing = ThingModel {
                id: format!("f{number}"),
                ..ThingModel::default()
            };
            if number > 0 {
                thing.word(dice, "folder", &[["f0", "f1"][number - 1]]);
            }
            thing.lists.insert("view", list(dice, names, 2));
            self.things.entry("folder").or_default().push(thing);
        }
    }

    /// The firm file.
    pub(super) fn text(&self) -> String {
        let mut text = "firm: Chance\nusers:\n".to_owned();
        for PersonModel { id, enabled, seat } in &self.people {
            write!(text, "  - {{ id: {id}, enabled: {enabled}").unwrap();
            if let Some((roles, office)) = seat {
                let roles = roles.join(", ");
                write!(text, ", hub: {{ roles: [{roles}], office: {office} }}").unwrap();
            }
            text.push_str(" }\n");
        }
        text.push_str("groups:\n");
        for (group, members) in &self.groups {
            writeln!(text, "  {group}: [{}]", members.join(", ")).unwrap();
        }
        text.push_str("things:\n");
        // What is part of something stands in front of it.
        for (kind, things) in &self.things {
            writeln!(text, "  {kind}:").unwrap();
            for ThingModel { id, words, lists } in things {
                write!(text, "    - {{ id: {id}").unwrap();
                for (key, word) in words {
                    write!(text, ", {key}: {word}").unwrap();
                }
                for (key, names) in lists {
                    if let Some(names) = names {
                        write!(text, ", {key}: [{}]", names.join(", ")).unwrap();
                    }
                }
                text.push_str(" }\n");
            }
        }
        let guests_look = self.guests_look;
        writeln!(
            text,
            "readings: {{ hub: {{ guests_look: {guests_look} }} }}"
        )
        .unwrap();
        text
    }

    fn is_in(&self, user: &str, names: &[String]) -> bool {
        names.iter().any(|name| {
            let mut groups = self.groups.iter();
            let group = groups.find(|(id, _)| id == name);
            name == user || group.is_some_and(|(_, members)| self.is_in(user, members))
        })
    }

    fn whole(&self, kind: &str, thing: Option<&ThingModel>) -> Option<&ThingModel> {
        let whole = thing?.words.get(kind)?;
        let mut all = self.things[kind].iter();
        all.find(|other| other.id == *whole)
    }

    /// Whether a user stands on a list, themselves or because another list brings it.
    fn stands(&self, user: &str, thing: Option<&ThingModel>, list: &'static str) -> bool {
        let names = thing.and_then(|thing| thing.lists.get(list).cloned().flatten());
        let own = match names {
            Some(names) => self.is_in(user, &names),
            None => list == "read",
        };
        let bringer = match list {
            "write" => Some("admin"),
            "read" => Some("write"),
            _ => None,
        };
        own || bringer.is_some_and(|bringer| self.stands(user, thing, bringer))
    }

    /// Whether somebody is enabled and has a seat.
    pub(super) fn may_enter(&self, user: &str) -> bool {
        let person = self.people.iter().find(|person| person.id == user);
        person.is_some_and(|person| person.enabled && person.seat.is_some())
    }

    /// Whether the rules of the hub allow it; none for a thing means one of which nothing is known.
    pub(super) fn allows(&self, user: &str, action: &str, thing: Option<&ThingModel>) -> bool {
        let person = self.people.iter().find(|person| person.id == user).unwrap();
        let Some((roles, office)) = person.seat.as_ref().filter(|_| person.enabled) else {
            return false;
        };
        let holds = |role| roles.contains(&role);
        let on = |list| self.stands(user, thing, list);
        let word = |key, default: &str| {
            let word = thing.and_then(|thing| thing.words.get(key).cloned());
            word.unwrap_or_else(|| default.to_owned())
        };
        let repository = self.whole("repository", thing);
        let on_whole = |list| self.stands(user, repository, list);
        match action {
            "look" => {
                (on("read") || holds("owner"))
                    && !(holds("guest") && !self.guests_look && !on("admin"))
            }
            "push" => {
                let is_open = word("archived", "false") == "false" || on("lead");
                is_open && (on("write") || holds("owner"))
            }
            "audit" => word("office", "south") == *office,
            "fork" => {
                let names = thing.and_then(|thing| thing.lists["read"].clone());
                names.is_none() || on("read")
            }
            "close" => {
                (on("assignee") || on_whole("write"))
                    && (word("state", "open") != "locked" || on_whole("admin"))
            }
            "reopen" => (holds("owner") || on_whole("lead")) && word("state", "open") == "closed",
            "browse" => {
                let one = self.whole("folder", thing);
                let two = self.whole("folder", one);
                [thing, one, two]
                    .into_iter()
                    .any(|folder| self.stands(user, folder, "view"))
            }
            other => panic!("{other} is no action"),
        }
    }
}

impl ThingModel {
    /// A key with a word by chance, or without it.
    fn word(&mut self, dice: &mut Dice, key: &'static str, words: &[&str]) {
        if dice.roll(4) > 0 {
            self.words.insert(key, dice.one(words).to_owned());
        }
    }
}
