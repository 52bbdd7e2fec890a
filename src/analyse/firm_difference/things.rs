//! The groups and things that are different.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::ends::MemberEndChange;
use super::steps::DifferenceStep;
use super::thing_parts::{MembersHome, PartContent, PartMembers, member_ends};
use crate::firm::Firm;
use crate::firm::ends::ListPlace;
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
    /// The entries of one that both states have that end on another day.
    pub ends: Vec<MemberEndChange>,
    /// The changes made for it. All steps in order are [`FirmDifference::steps`](super::FirmDifference::steps).
    pub steps: Vec<DifferenceStep>,
    /// The parts that the rules know changes of, and that no permitted change makes as they are: properties, lists, and `members`.
    pub impossible: Vec<Arc<str>>,
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

/// The parts of a group or thing.
type Parts<'f> = BTreeMap<Arc<str>, PartContent<'f>>;

/// Groups or things in the order of the firm file, by their kind and id.
type Described<'f> = Vec<((Option<Arc<str>>, Arc<str>), Parts<'f>)>;

/// The groups that are different.
pub(super) fn groups([old, new]: [&Firm; 2]) -> Vec<ThingChange> {
    changes([described_groups(old), described_groups(new)])
}

/// The things that are different.
pub(super) fn things([old, new]: [&Firm; 2]) -> Vec<ThingChange> {
    changes([described(old), described(new)])
}

fn changes([old, new]: [Described<'_>; 2]) -> Vec<ThingChange> {
    let before: BTreeMap<_, _> = old.iter().map(|(name, parts)| (name, parts)).collect();
    let after: BTreeMap<_, _> = new.iter().map(|(name, parts)| (name, parts)).collect();
    let change = |(kind, id): &(Option<Arc<str>>, Arc<str>), change| ThingChange {
        kind: kind.clone(),
        id: Arc::clone(id),
        change,
        parts: Vec::new(),
        ends: Vec::new(),
        steps: Vec::new(),
        impossible: Vec::new(),
    };
    let there = new
        .iter()
        .filter_map(|(name, parts)| match before.get(name) {
            None => Some(change(name, ThingChangeKind::Added)),
            Some(before) if *before == parts => None,
            Some(before) => Some(altered(
                change(name, ThingChangeKind::Altered),
                before,
                parts,
            )),
        });
    let gone = old.iter().filter(|(name, _)| !after.contains_key(name));
    let gone = gone.map(|(name, _)| change(name, ThingChangeKind::Removed));
    there.chain(gone).collect()
}

/// The change with each part that is different.
fn altered(mut change: ThingChange, before: &Parts<'_>, after: &Parts<'_>) -> ThingChange {
    let mut all: Vec<&Arc<str>> = before.keys().chain(after.keys()).collect();
    all.sort_unstable();
    all.dedup();
    for part in all {
        let both = [before, after].map(|parts| parts.get(part));
        let [from, to] = both.map(|part| part.map(PartContent::word).unwrap_or_default());
        if from != to {
            let part = Arc::clone(part);
            change.parts.push(ThingPartChange { part, from, to });
        }
        change.ends.extend(member_ends(part, both));
    }
    change
}

fn described_groups(firm: &Firm) -> Described<'_> {
    let groups = (0..).zip(firm.things.groups.iter());
    let described = groups.map(|(number, (id, entries))| {
        let members = PartMembers {
            firm,
            entries: ThingListEntries {
                users: &entries.users,
                groups: &entries.groups,
            },
            home: MembersHome::Group(number),
        };
        let parts = Parts::from([(Arc::from("members"), PartContent::Members(members))]);
        ((None, Arc::from(id)), parts)
    });
    described.collect()
}

/// All things of a firm. What several products know of one stands together.
fn described(firm: &Firm) -> Described<'_> {
    let mut all: Described<'_> = Vec::new();
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
                    all.push(((Some(Arc::clone(&name)), id), Parts::new()));
                    all.len() - 1
                });
            if let Some((_, parts)) = all.get_mut(place) {
                add_parts(firm, (things, thing), parts);
            }
        }
    }
    all
}

fn add_parts<'f>(
    firm: &'f Firm,
    (things, thing): (&'f KindThings, NumberedThing),
    parts: &mut Parts<'f>,
) {
    let Some(compiled) = firm.rulebook.product(thing.product) else {
        return;
    };
    let product = &compiled.product;
    let Some(kind) = product.kind(thing.kind) else {
        return;
    };
    parts.insert(
        "title".into(),
        PartContent::Word(things.title(thing.number)),
    );
    for (property, value) in kind.properties.iter().zip(things.properties(thing.number)) {
        let fact = product.fact(property.fact);
        let word = fact.map_or("", |fact| fact.domain.word(value));
        parts.insert(Arc::clone(&property.id), PartContent::Word(word));
    }
    let lists = kind.lists.iter().zip(things.lists(thing.number));
    for (number, (list, entries)) in lists.enumerate() {
        if let Some(entries) = entries {
            let members = PartMembers {
                firm,
                entries,
                home: MembersHome::List(ListPlace {
                    product: thing.product,
                    kind: thing.kind,
                    thing: thing.number,
                    list: number,
                }),
            };
            parts.insert(Arc::clone(&list.id), PartContent::Members(members));
        }
    }
    if let Some(whole) = firm.things.next_above(thing)
        && let Some(above) = firm.things.of_kind(whole.product, whole.kind)
        && let Some(kind) = product.kind(whole.kind)
    {
        parts.insert(
            Arc::clone(&kind.id),
            PartContent::Word(above.id(whole.number)),
        );
    }
}
