//! The groups and things that are different.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::firm::Firm;
use crate::firm::things::{KindThings, NumberedThing, ThingListEntries};

/// A group or a thing that is different.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ThingChange {
    /// The kind of the thing; none for a group of people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<Arc<str>>,
    /// Its id.
    pub id: Arc<str>,
    /// How it is different.
    pub change: ThingChangeKind,
    /// What is different of one that both states have.
    pub parts: Vec<ThingPartChange>,
}

/// How a group or a thing is different.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ThingChangeKind {
    /// Only the new state has it.
    Added,
    /// Only the old state has it.
    Removed,
    /// Something about it is different.
    Altered,
}

/// A part of a group or thing that is different: its title, a property, a list, or what it is part of.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ThingPartChange {
    /// The part; `members` of a group.
    pub part: Arc<str>,
    /// What it was: a word, ids in brackets, or nothing.
    pub from: String,
    /// What it is.
    pub to: String,
}

/// The parts of a group or thing, in words.
type PartWords = BTreeMap<Arc<str>, String>;

/// Groups or things in the order of the firm file, by their kind and id.
type Described = Vec<((Option<Arc<str>>, Arc<str>), PartWords)>;

/// The groups that are different.
pub(super) fn groups([old, new]: [&Firm; 2]) -> Vec<ThingChange> {
    changes([old, new].map(|firm| {
        let groups = firm.things.groups.iter();
        let described = groups.map(|(id, entries)| {
            let entries = ThingListEntries {
                users: &entries.users,
                groups: &entries.groups,
            };
            let members = Arc::from("members");
            let words = PartWords::from([(members, in_brackets(firm, entries))]);
            ((None, Arc::from(id)), words)
        });
        described.collect()
    }))
}

/// The things that are different.
pub(super) fn things([old, new]: [&Firm; 2]) -> Vec<ThingChange> {
    changes([described(old), described(new)])
}

fn changes([old, new]: [Described; 2]) -> Vec<ThingChange> {
    let before: BTreeMap<_, _> = old.iter().map(|(name, words)| (name, words)).collect();
    let after: BTreeMap<_, _> = new.iter().map(|(name, words)| (name, words)).collect();
    let change = |(kind, id): &(Option<Arc<str>>, Arc<str>), change, parts| ThingChange {
        kind: kind.clone(),
        id: Arc::clone(id),
        change,
        parts,
    };
    let there = new
        .iter()
        .filter_map(|(name, words)| match before.get(name) {
            None => Some(change(name, ThingChangeKind::Added, Vec::new())),
            Some(before) if *before == words => None,
            Some(before) => {
                let parts = parts(before, words);
                Some(change(name, ThingChangeKind::Altered, parts))
            }
        });
    let gone = old.iter().filter(|(name, _)| !after.contains_key(name));
    let gone = gone.map(|(name, _)| change(name, ThingChangeKind::Removed, Vec::new()));
    there.chain(gone).collect()
}

fn parts(before: &PartWords, after: &PartWords) -> Vec<ThingPartChange> {
    let word = |words: &PartWords, part: &Arc<str>| words.get(part).cloned().unwrap_or_default();
    let mut all: Vec<&Arc<str>> = before.keys().chain(after.keys()).collect();
    all.sort_unstable();
    all.dedup();
    let change = |part: &Arc<str>| ThingPartChange {
        part: Arc::clone(part),
        from: word(before, part),
        to: word(after, part),
    };
    let changes = all.into_iter().map(change);
    changes.filter(|change| change.from != change.to).collect()
}

/// All things of a firm. What several products know of one stands together.
fn described(firm: &Firm) -> Described {
    let mut all: Described = Vec::new();
    let mut places: BTreeMap<(Arc<str>, Arc<str>), usize> = BTreeMap::new();
    for (product, kind, things) in firm.things.kinds() {
        let compiled = firm.rulebook.product(product);
        let declared = compiled.and_then(|compiled| compiled.product.kind(kind));
        let name = declared.map_or_else(|| "?".into(), |kind| Arc::clone(&kind.id));
        for number in 0..things.len() as u32 {
            let thing = NumberedThing {
                product,
                kind,
                number,
            };
            let id: Arc<str> = things.id(number).into();
            let place = *places
                .entry((Arc::clone(&name), Arc::clone(&id)))
                .or_insert_with(|| {
                    all.push(((Some(Arc::clone(&name)), id), PartWords::new()));
                    all.len() - 1
                });
            if let Some((_, words)) = all.get_mut(place) {
                add_words(firm, (things, thing), words);
            }
        }
    }
    all
}

fn add_words(firm: &Firm, (things, thing): (&KindThings, NumberedThing), words: &mut PartWords) {
    let Some(compiled) = firm.rulebook.product(thing.product) else {
        return;
    };
    let product = &compiled.product;
    let Some(kind) = product.kind(thing.kind) else {
        return;
    };
    words.insert("title".into(), things.title(thing.number).to_owned());
    for (property, value) in kind.properties.iter().zip(things.properties(thing.number)) {
        let fact = product.fact(property.fact);
        let word = fact.map_or("", |fact| fact.domain.word(value));
        words.insert(Arc::clone(&property.id), word.to_owned());
    }
    for (list, entries) in kind.lists.iter().zip(things.lists(thing.number)) {
        if let Some(entries) = entries {
            words.insert(Arc::clone(&list.id), in_brackets(firm, entries));
        }
    }
    if let Some(whole) = firm.things.next_above(thing)
        && let Some(above) = firm.things.of_kind(whole.product, whole.kind)
        && let Some(kind) = product.kind(whole.kind)
    {
        words.insert(Arc::clone(&kind.id), above.id(whole.number).to_owned());
    }
}

/// The ids of people and groups, sorted: their numbers differ from firm to firm.
fn in_brackets(firm: &Firm, entries: ThingListEntries<'_>) -> String {
    let users = entries.users.iter().map(|user| firm.roster.id(*user));
    let groups = entries.groups.iter();
    let groups = groups.map(|group| firm.things.groups.id(*group));
    let mut ids: Vec<&str> = users.chain(groups).collect();
    ids.sort_unstable();
    format!("[{}]", ids.join(", "))
}
