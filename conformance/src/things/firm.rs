//! Firms with groups and things by chance: as data, and as the file that clio-rules reads.

use std::fmt::Write;

use fastrand::Rng;

use super::kind::{ThingKind, ThingList};
use crate::Failed;
use crate::kinds::{Kind, kinds};
use crate::model::{Model, Word};
use crate::readings::Readings;

/// A firm.
#[derive(Debug, Clone)]
pub(crate) struct ThingFirm {
    pub(crate) people: Vec<Member>,
    pub(crate) groups: Vec<Group>,
    pub(crate) things: Vec<Thing>,
    pub(crate) readings: Readings,
}

/// A person.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) id: String,
    pub(crate) kind: Kind,
}

/// A group, with the people and groups in it.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub(crate) id: String,
    pub(crate) members: Vec<String>,
}

/// A thing, with what is known of it.
#[derive(Debug, Clone)]
pub(crate) struct Thing {
    pub(crate) id: String,
    pub(crate) kind: Word,
    /// What it is part of.
    pub(crate) whole: Option<String>,
    pub(crate) properties: Vec<(Word, Word)>,
    /// A list that is missing here is one of which nothing is said.
    pub(crate) lists: Vec<(Word, Vec<String>)>,
}

const PEOPLE: usize = 7;
const GROUPS: usize = 5;
const THINGS_OF_A_KIND: usize = 4;

impl ThingFirm {
    /// The firm of a seed.
    pub(crate) fn by_chance(model: &Model, seed: u64) -> Result<Self, Failed> {
        let rng = &mut Rng::with_seed(seed);
        let people = people(model, rng)?;
        let mut names: Vec<String> = people.iter().map(|person| person.id.clone()).collect();
        let mut groups = Vec::new();
        for number in 0..rng.usize(..=GROUPS) {
            // The groups before it only, so that none is in itself; the last of them often, so that they are deep.
            let mut members = some(rng, &names, 4);
            let before = number.checked_sub(1).map(|number| format!("g{number}"));
            members.extend(before.filter(|id| !members.contains(id) && rng.bool()));
            let id = format!("g{number}");
            names.push(id.clone());
            groups.push(Group { id, members });
        }
        let mut firm = Self {
            people,
            groups,
            things: Vec::new(),
            readings: Readings(rng.usize(..Readings::count(model))),
        };
        for kind in &model.things {
            for number in 0..rng.usize(1..=THINGS_OF_A_KIND) {
                let thing = firm.thing(rng, kind, number, &names);
                firm.things.push(thing);
            }
        }
        Ok(firm)
    }

    fn thing(&self, rng: &mut Rng, kind: &ThingKind, number: usize, names: &[String]) -> Thing {
        let wholes: Vec<&Thing> = self.of_kind(kind.part_of.as_deref()).collect();
        let whole = rng.choice(&wholes).filter(|_| rng.usize(..6) > 0);
        let properties = kind.properties.iter().filter_map(|property| {
            let value = rng.choice(&property.values).filter(|_| rng.bool())?;
            Some((property.id.clone(), value.clone()))
        });
        let properties = properties.collect();
        Thing {
            id: format!("{}_{number}", kind.id),
            kind: kind.id.clone(),
            whole: whole.map(|whole| whole.id.clone()),
            properties,
            lists: kind
                .lists
                .iter()
                .filter_map(|list| Some((list.id.clone(), entries(rng, list, names)?)))
                .collect(),
        }
    }

    /// The things of a kind.
    pub(crate) fn of_kind(&self, kind: Option<&str>) -> impl Iterator<Item = &Thing> {
        let things = self.things.iter();
        things.filter(move |thing| kind == Some(&*thing.kind))
    }

    /// The thing with this id.
    pub(crate) fn named(&self, id: &str) -> Option<&Thing> {
        self.things.iter().find(|thing| thing.id == id)
    }

    /// The firm file.
    pub(crate) fn text(&self, model: &Model) -> String {
        // Writing to a string cannot fail.
        let (mut text, product) = ("firm: By chance\n".to_owned(), &model.product);
        let _ = writeln!(text, "readings:\n  {product}: {{ {} }}", {
            let choices = self.readings.choices(model);
            let choices = choices.map(|(reading, choice)| format!("{reading}: {choice}"));
            choices.collect::<Vec<_>>().join(", ")
        });
        if !self.groups.is_empty() {
            text.push_str("groups:\n");
        }
        for Group { id, members } in &self.groups {
            let _ = writeln!(text, "  {id}: [{}]", members.join(", "));
        }
        text.push_str("things:\n");
        for kind in &model.things {
            let _ = writeln!(text, "  {}:", kind.id);
            for thing in self.of_kind(Some(&kind.id)) {
                let _ = writeln!(text, "    - {{ {} }}", thing.words(kind));
            }
        }
        text.push_str("users:\n");
        for Member { id, kind } in &self.people {
            let _ = write!(text, "  - {{ id: {id}, enabled: {}", kind.enabled);
            if let Some(held) = &kind.seat {
                let _ = write!(text, ", {product}: {{ roles: [{}]", held.roles.join(", "));
                for (setting, value) in &held.settings {
                    let _ = write!(text, ", {setting}: {value}");
                }
                text.push_str(" }");
            }
            text.push_str(" }\n");
        }
        text
    }
}

impl Thing {
    /// A thing of which nothing is known.
    pub(crate) fn silent(id: String, kind: &Word) -> Self {
        Self {
            id,
            kind: kind.clone(),
            whole: None,
            properties: Vec::new(),
            lists: Vec::new(),
        }
    }

    /// What a firm file says of it.
    fn words(&self, kind: &ThingKind) -> String {
        let whole = kind.part_of.iter().zip(&self.whole);
        let whole = whole.map(|(of, whole)| format!("{of}: {whole}"));
        let properties = self.properties.iter();
        let properties = properties.map(|(property, value)| format!("{property}: {value}"));
        let lists = self.lists.iter();
        let lists = lists.map(|(list, entries)| format!("{list}: [{}]", entries.join(", ")));
        let id = [format!("id: {}", self.id)];
        let all = id.into_iter().chain(whole).chain(properties).chain(lists);
        all.collect::<Vec<_>>().join(", ")
    }
}

/// People of any kind, and one who owns the account where there has to be one.
fn people(model: &Model, rng: &mut Rng) -> Result<Vec<Member>, Failed> {
    let (owners, others): (Vec<Kind>, Vec<Kind>) = kinds(model)
        .into_iter()
        .partition(|kind| kind.is_owner(model));
    // Most are enabled and have a seat: all others are denied whatever a thing says.
    let (usual, kept_out): (Vec<Kind>, Vec<Kind>) = others
        .into_iter()
        .partition(|kind| kind.enabled && kind.seat.is_some());
    let owner = rng.choice(owners);
    let mut kinds: Vec<Kind> = owner.into_iter().collect();
    while kinds.len() < PEOPLE {
        let from = if rng.usize(..6) > 0 {
            &usual
        } else {
            &kept_out
        };
        let kind = rng.choice(from);
        kinds.push(kind.ok_or_else(|| Failed::new("there is nobody"))?.clone());
    }
    let ids = (0..).map(|number| format!("u{number}"));
    let people = ids.zip(kinds);
    Ok(people.map(|(id, kind)| Member { id, kind }).collect())
}

/// The people and groups on a list; none where nothing is said about it.
fn entries(rng: &mut Rng, list: &ThingList, names: &[String]) -> Option<Vec<String>> {
    let most = if list.holds_one { 1 } else { 4 };
    match rng.usize(..5) {
        0 => None,
        1 => Some(Vec::new()),
        _ => Some(some(rng, names, most)),
    }
}

/// Some of these names, each once, and rather the last of them, which are groups.
fn some(rng: &mut Rng, names: &[String], most: usize) -> Vec<String> {
    let mut names = names.to_vec();
    rng.shuffle(&mut names);
    names.sort_by_key(|name| name.starts_with('u') && rng.usize(..3) > 0);
    names.truncate(rng.usize(1..=most));
    names
}
