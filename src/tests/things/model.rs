//! Firms with groups and things by chance, and what their rules say of them, worked out anew: no numbers, no tables.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::ListStanding;
use crate::tests::dice::Dice;

/// A list of a thing: the kind, the thing and the list.
pub(super) type ListName<'m> = (&'m str, &'m str, &'m str);

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

impl PersonModel {
    pub(super) fn has_seat(&self) -> bool {
        self.seat.is_some()
    }
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

    /// The same with one id in place of another, wherever it stands.
    pub(super) fn renamed(&self, from: &str, to: &str) -> Self {
        let mut firm = self.clone();
        let people = firm.people.iter_mut().map(|person| &mut person.id);
        let groups = firm.groups.iter_mut().flat_map(|(id, members)| {
            let members = members.iter_mut();
            std::iter::once(id).chain(members)
        });
        let things = firm.things.values_mut().flatten().flat_map(|thing| {
            let lists = thing.lists.values_mut().flatten().flatten();
            let words = thing.words.values_mut();
            std::iter::once(&mut thing.id).chain(words).chain(lists)
        });
        for word in people.chain(groups).chain(things) {
            if word == from {
                to.clone_into(word);
            }
        }
        firm
    }

    /// The same with one more person or group on one list.
    pub(super) fn with_one_more_on_a_list(&self, seed: u64) -> Self {
        let mut firm = self.clone();
        let dice = &mut Dice(seed);
        let name = dice.one(&["u0", "u1", "u2", "g1", "g3"]);
        let repositories = firm.things.get_mut("repository").unwrap();
        let thing = &mut repositories[dice.roll(5)];
        let list = thing.lists.get_mut(dice.one(&["admin", "write", "read"]));
        let names = list.unwrap().get_or_insert_default();
        if !names.iter().any(|one| one == name) {
            names.push(name.to_owned());
        }
        firm
    }

    /// The same without somebody in a group.
    pub(super) fn without_member(&self, user: &str, group: &str) -> Self {
        let mut firm = self.clone();
        let groups = firm.groups.iter_mut();
        for (_, members) in groups.filter(|(id, _)| id == group) {
            members.retain(|member| member != user);
        }
        firm
    }

    /// The same without somebody on a list: kind, thing and list.
    pub(super) fn without_entry(&self, user: &str, (kind, thing, list): ListName<'_>) -> Self {
        let mut firm = self.clone();
        let things = firm.things.get_mut(kind).unwrap().iter_mut();
        for thing in things.filter(|one| one.id == thing) {
            let names = thing.lists.get_mut(list).unwrap().as_mut().unwrap();
            let before = names.len();
            names.retain(|name| name != user);
            assert!(names.len() < before);
        }
        firm
    }

    /// Everybody whom a list names.
    pub(super) fn entries(&self) -> Vec<(String, ListName<'_>)> {
        let mut all = Vec::new();
        for (kind, things) in &self.things {
            for thing in things {
                for (list, names) in &thing.lists {
                    let people = names.iter().flatten().filter(|name| name.starts_with('u'));
                    let place = (*kind, &*thing.id, *list);
                    all.extend(people.map(|name| (name.clone(), place)));
                }
            }
        }
        all
    }

    /// The same with the groups and readings of another.
    pub(super) fn with_other_groups_of(&self, other: &Self) -> Self {
        Self {
            groups: other.groups.clone(),
            guests_look: other.guests_look,
            ..self.clone()
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

    pub(super) fn is_in(&self, user: &str, names: &[String]) -> bool {
        names.iter().any(|name| {
            let mut groups = self.groups.iter();
            let group = groups.find(|(id, _)| id == name);
            name == user || group.is_some_and(|(_, members)| self.is_in(user, members))
        })
    }

    pub(super) fn whole(&self, kind: &str, thing: Option<&ThingModel>) -> Option<&ThingModel> {
        let whole = thing?.words.get(kind)?;
        let mut all = self.things[kind].iter();
        all.find(|other| other.id == *whole)
    }

    /// Whether a user or a group stands on a list, themselves or because another list brings it.
    pub(super) fn stands(
        &self,
        user: &str,
        thing: Option<&ThingModel>,
        list: &'static str,
    ) -> bool {
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

    /// Whether a user stands so on a list as rules name it: `issue.repository.write`.
    pub(super) fn stands_by(
        &self,
        user: &str,
        thing: &ThingModel,
        list: &str,
        by: &ListStanding,
    ) -> bool {
        let steps: Vec<&str> = list.split('.').collect();
        let (list, kinds) = steps.split_last().unwrap();
        let mut thing = Some(thing);
        for kind in &kinds[1..] {
            thing = self.whole(kind, thing);
        }
        let names = thing.and_then(|thing| thing.lists[list].clone());
        let is_named = |name: &str| names.iter().flatten().any(|one| one == name);
        match by {
            ListStanding::Themselves => is_named(user),
            ListStanding::Group(group) => is_named(group) && self.is_in(user, &[group.to_string()]),
            ListStanding::Everyone => names.is_none() && *list == "read",
        }
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
