//! Firms with groups and things by chance, and what a plain reading of their text says of a user and a thing.

use std::fmt::Write;

use fastrand::Rng;

use super::book::{Book, PRODUCT};
use super::kind::{TakenFact, ThingKind};
use crate::kinds::Kind;
use crate::model::Word;
use crate::people::People;

/// The day on which firms are looked at.
pub(super) const DAY: &str = "2026-06-30";

/// The last days of entries: one has ended, the others hold.
const LAST_DAYS: [&str; 3] = ["2026-06-29", DAY, "2099-12-31"];

/// How many users there are, besides the one who holds what exactly one person holds.
const USERS: usize = 5;

/// How many things of each kind.
const THINGS: usize = 4;

/// A person or group on a list, with the last day on which it holds.
#[derive(Debug, Clone)]
struct ListedName {
    id: Word,
    until: Option<&'static str>,
}

/// A thing as the firm file has it: what it is silent about is missing.
#[derive(Debug, Clone)]
pub(super) struct FirmThing {
    pub(super) id: Word,
    pub(super) kind: Word,
    whole: Option<Word>,
    words: Vec<(Word, Word)>,
    lists: Vec<(Word, Vec<ListedName>)>,
}

/// A firm as its file has it.
#[derive(Debug, Clone)]
pub(super) struct ThingFirm {
    pub(super) people: Vec<(Word, Kind)>,
    groups: Vec<(Word, Vec<ListedName>)>,
    pub(super) things: Vec<FirmThing>,
}

impl ThingFirm {
    /// A firm for a rulebook. The same seed makes the same people again.
    pub(super) fn of_chance(seed: u64, book: &Book, people: &People) -> Self {
        let rng = &mut Rng::with_seed(seed);
        let mut all: Vec<Kind> = people.owners.first().into_iter().cloned().collect();
        all.extend((0..USERS).map(|_| people.others[rng.usize(..people.others.len())].clone()));
        let ids = (0..).map(|number| Word::from(format!("user_{number}")));
        let mut firm = Self {
            people: ids.zip(all).collect(),
            groups: Vec::new(),
            things: Vec::new(),
        };
        let mut names: Vec<Word> = firm.people.iter().map(|(id, _)| id.clone()).collect();
        for number in 0..3 {
            // Only earlier groups, so that there are no circles.
            let id = Word::from(format!("group_{number}"));
            let members = some_names(rng, &names);
            firm.groups.push((id.clone(), members));
            names.push(id);
        }
        for kind in &book.kinds {
            for _ in 0..THINGS {
                firm.add_thing(rng, kind, &names);
            }
        }
        firm
    }

    fn add_thing(&mut self, rng: &mut Rng, kind: &ThingKind, names: &[Word]) {
        let above = |thing: &&FirmThing| {
            Some(&thing.kind) == kind.part_of.as_ref()
                && (thing.kind != kind.id || self.alike_above(thing) < kind.depth)
        };
        let wholes: Vec<&FirmThing> = self.things.iter().filter(above).collect();
        let is_part = !wholes.is_empty() && rng.u8(..4) > 0;
        let whole = is_part.then(|| wholes[rng.usize(..wholes.len())].id.clone());
        let mut words = Vec::new();
        for one in &kind.properties {
            if rng.u8(..4) > 0 {
                let word = &one.values[rng.usize(..one.values.len())];
                words.push((one.id.clone(), word.clone()));
            }
        }
        let mut lists = Vec::new();
        for list in &kind.lists {
            if rng.u8(..4) > 0 {
                let mut entries = some_names(rng, names);
                if list.is_single {
                    entries.truncate(1);
                }
                lists.push((list.id.clone(), entries));
            }
        }
        self.things.push(FirmThing {
            id: format!("thing_{}", self.things.len()).into(),
            kind: kind.id.clone(),
            whole,
            words,
            lists,
        });
    }

    /// How many things of its own kind are above one.
    fn alike_above(&self, thing: &FirmThing) -> usize {
        let whole = self.whole(thing).filter(|whole| whole.kind == thing.kind);
        whole.map_or(0, |whole| 1 + self.alike_above(whole))
    }

    fn whole(&self, thing: &FirmThing) -> Option<&FirmThing> {
        let whole = thing.whole.as_ref()?;
        self.things.iter().find(|other| other.id == *whole)
    }

    /// The file.
    pub(super) fn text(&self, book: &Book) -> String {
        let mut text = self.people_alone();
        // Writing to a string cannot fail.
        let _ = writeln!(text, "groups:");
        for (id, members) in &self.groups {
            let _ = writeln!(text, "  {id}: {}", written(members));
        }
        if !self.things.is_empty() {
            let _ = writeln!(text, "things:");
        }
        for kind in &book.kinds {
            let _ = writeln!(text, "  {}:", kind.id);
            for thing in self.things.iter().filter(|thing| thing.kind == kind.id) {
                let mut line = format!("    - {{ id: {}", thing.id);
                if let Some((key, whole)) = kind.part_of.as_ref().zip(thing.whole.as_ref()) {
                    let _ = write!(line, ", {key}: {whole}");
                }
                for (id, word) in &thing.words {
                    let _ = write!(line, ", {id}: {word}");
                }
                for (id, entries) in &thing.lists {
                    let _ = write!(line, ", {id}: {}", written(entries));
                }
                let _ = writeln!(text, "{line} }}");
            }
        }
        text
    }

    /// The file without groups and things.
    pub(super) fn people_alone(&self) -> String {
        let mut text = "firm: By chance\nusers:\n".to_owned();
        for (id, kind) in &self.people {
            let mut line = format!("  - {{ id: {id}, enabled: {}", kind.enabled);
            if let Some(held) = &kind.seat {
                let roles = held.roles.join(", ");
                let _ = write!(line, ", {PRODUCT}: {{ roles: [{roles}]");
                for (setting, value) in &held.settings {
                    let _ = write!(line, ", {setting}: {value}");
                }
                line.push_str(" }");
            }
            let _ = writeln!(text, "{line} }}");
        }
        text
    }

    /// Everything that is known of a thing for a user, by the names that conditions have for it.
    pub(super) fn known(&self, book: &Book, user: &str, thing: &FirmThing) -> Vec<(String, Word)> {
        let mut known = Vec::new();
        let mut at = Some(thing);
        for (name, kind) in book.chain(&thing.kind, &thing.kind) {
            for one in &kind.properties {
                let of_thing = at.and_then(|thing| given(&thing.words, &one.id));
                if let Some(word) = of_thing.or(one.values.first()) {
                    known.push((format!("{name}.{}", one.id), word.clone()));
                }
            }
            for list in &kind.lists {
                let stands = at.is_some_and(|thing| self.stands(user, thing, kind, &list.id));
                known.push((format!("{name}.{}", list.id), stands.to_string().into()));
            }
            at = at.and_then(|thing| self.whole(thing));
        }
        known
    }

    /// The word of a fact that follows from a list; none where there is no such thing.
    pub(super) fn taken(
        &self,
        book: &Book,
        user: &str,
        thing: &FirmThing,
        taken: &TakenFact,
    ) -> Option<Word> {
        let [open, listed, not_listed] = &taken.words;
        let mut at = Some(thing);
        for (name, kind) in book.chain(&thing.kind, &thing.kind) {
            let list = taken.list.strip_prefix(&format!("{name}."));
            if let Some(list) = list.filter(|list| !list.contains('.')) {
                let Some(thing) = at else {
                    return Some(not_listed.clone());
                };
                let entries = given(&thing.lists, list);
                let own = entries.is_some_and(|entries| self.is_among(user, entries));
                let word = if own || self.is_brought(user, thing, kind, list) {
                    listed
                } else if entries.is_none() {
                    open
                } else {
                    not_listed
                };
                return Some(word.clone());
            }
            at = at.and_then(|thing| self.whole(thing));
        }
        None
    }

    fn stands(&self, user: &str, thing: &FirmThing, kind: &ThingKind, list: &str) -> bool {
        let own = match given(&thing.lists, list) {
            Some(entries) => self.is_among(user, entries),
            None => kind.lists.iter().any(|one| *one.id == *list && one.is_open),
        };
        own || self.is_brought(user, thing, kind, list)
    }

    /// Whether a user stands on a list that brings this one.
    fn is_brought(&self, user: &str, thing: &FirmThing, kind: &ThingKind, list: &str) -> bool {
        let brings = kind.lists.iter();
        let mut brings = brings.filter(|one| one.brings.iter().any(|brought| **brought == *list));
        brings.any(|one| self.stands(user, thing, kind, &one.id))
    }

    fn is_among(&self, user: &str, entries: &[ListedName]) -> bool {
        let holds = |entry: &&ListedName| entry.until.is_none_or(|until| until >= DAY);
        entries.iter().filter(holds).any(|entry| {
            let members = given(&self.groups, &entry.id);
            *entry.id == *user || members.is_some_and(|members| self.is_among(user, members))
        })
    }
}

/// What is given for an id, if anything is.
fn given<'t, T>(all: &'t [(Word, T)], id: &str) -> Option<&'t T> {
    let mut all = all.iter();
    all.find(|(one, _)| **one == *id).map(|(_, given)| given)
}

/// Some of the people and groups; some of them until a day.
fn some_names(rng: &mut Rng, names: &[Word]) -> Vec<ListedName> {
    let mut some = Vec::new();
    for id in names {
        if rng.u8(..4) == 0 {
            let ends = rng.u8(..3) == 0;
            some.push(ListedName {
                id: id.clone(),
                until: ends.then(|| LAST_DAYS[rng.usize(..LAST_DAYS.len())]),
            });
        }
    }
    rng.shuffle(&mut some);
    some
}

/// `[one, { id: other, until: 2026-06-30 }]`
fn written(entries: &[ListedName]) -> String {
    let entries = entries.iter().map(|ListedName { id, until }| match until {
        Some(until) => format!("{{ id: {id}, until: {until} }}"),
        None => id.to_string(),
    });
    format!("[{}]", entries.collect::<Vec<_>>().join(", "))
}
