//! What changes of things and groups should lead to: each property, list and group as another state has it, by ids.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{ThingChange, ThingChangeKind};
use crate::firm::ends::{ListMember, ListPlace};
use crate::firm::groups::ListEntries;
use crate::firm::things::NumberedThing;
use crate::firm::{Firm, ThingAlteration};
use crate::value::Value;

/// A property, list or group that differs, by numbers of the firm that changes are made in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OpenPart {
    Property(NumberedThing, usize),
    List(ListPlace),
    Group(u32),
}

/// A differing part, and the number of the difference that it belongs to.
#[derive(Debug, Clone)]
pub(super) struct OpenDifference {
    pub(super) part: OpenPart,
    pub(super) of: DifferencePlace,
    pub(super) name: Arc<str>,
}

/// A group or a thing among those that differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DifferencePlace {
    Group(usize),
    Thing(usize),
}

/// What a part says, by ids. For a list or group: whether anything is said at all, and who stands there, groups apart from people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PartState<'f> {
    Property(Value),
    Entries(BTreeSet<EntryId<'f>>),
}

/// An entry by its id; none for the mark that anything is said of a list.
pub(super) type EntryId<'f> = Option<(bool, &'f str)>;

impl<'f> PartState<'f> {
    /// What a firm says of a part.
    pub(super) fn of(firm: &'f Firm, part: OpenPart) -> Option<Self> {
        Some(match part {
            OpenPart::Property(thing, property) => {
                let things = firm.things.of_kind(thing.product, thing.kind)?;
                Self::Property(things.property(thing.number, property)?)
            }
            OpenPart::List(list) => {
                let things = firm.things.of_kind(list.product, list.kind)?;
                let entries = things.list(list.thing, list.list);
                Self::Entries(ids(firm, entries.map(|entries| entries.members())))
            }
            OpenPart::Group(group) => {
                let entries = firm.things.groups.entries(group)?;
                Self::Entries(ids(firm, Some(entries.members())))
            }
        })
    }

    /// Whether what was altered is nearer to a goal than before, and nothing is further from it.
    pub(super) fn is_nearer(&self, before: &Self, goal: &Self) -> bool {
        match (self, before, goal) {
            (Self::Property(now), Self::Property(before), Self::Property(goal)) => {
                now == goal && before != goal
            }
            (Self::Entries(now), Self::Entries(before), Self::Entries(goal)) => {
                let left: BTreeSet<_> = now.symmetric_difference(goal).collect();
                let was: BTreeSet<_> = before.symmetric_difference(goal).collect();
                left.len() < was.len() && left.is_subset(&was)
            }
            _ => false,
        }
    }
}

fn ids<'f>(
    firm: &'f Firm,
    members: Option<impl Iterator<Item = ListMember>>,
) -> BTreeSet<EntryId<'f>> {
    let Some(members) = members else {
        return BTreeSet::new();
    };
    let entry = |member| {
        let is_group = matches!(member, ListMember::Group(_));
        Some((is_group, firm.member_id(member)))
    };
    let said: EntryId<'f> = None;
    members.map(entry).chain([said]).collect()
}

impl OpenPart {
    /// The part that a change alters.
    pub(super) fn of(altered: &ThingAlteration) -> Self {
        match altered {
            ThingAlteration::Property {
                thing, property, ..
            } => Self::Property(*thing, *property),
            ThingAlteration::List { list, .. } => Self::List(*list),
            ThingAlteration::Group { group, .. } => Self::Group(*group),
        }
    }

    /// The thing whose part it is; none for a group.
    pub(super) fn thing(self) -> Option<NumberedThing> {
        match self {
            Self::Property(thing, _) => Some(thing),
            Self::List(list) => Some(list.of_thing()),
            Self::Group(_) => None,
        }
    }

    /// The same part by numbers of another state; none where that has no such thing or group.
    pub(super) fn moved(self, from: &Firm, to: &Firm) -> Option<Self> {
        let moved = |thing: NumberedThing| {
            let things = from.things.of_kind(thing.product, thing.kind)?;
            let others = to.things.of_kind(thing.product, thing.kind)?;
            let number = others.find(things.id(thing.number))?;
            Some(NumberedThing { number, ..thing })
        };
        Some(match self {
            Self::Property(thing, property) => Self::Property(moved(thing)?, property),
            Self::List(list) => Self::List(ListPlace {
                thing: moved(list.of_thing())?.number,
                ..list
            }),
            Self::Group(group) => {
                let groups = &from.things.groups;
                Self::Group(to.things.groups.find(groups.id(group))?)
            }
        })
    }

    /// The alteration that gives a firm this part as another one has it. Whoever the firm does not have is left out.
    pub(super) fn taken_from(self, other: &Firm, firm: &Firm) -> Option<ThingAlteration> {
        let mine = self.moved(other, firm)?;
        let entries = |entries: ListEntries| {
            let mut taken = ListEntries::default();
            for member in entries.members() {
                let id = other.member_id(member);
                let mine = match member {
                    ListMember::User(_) => firm.roster.find(id).map(ListMember::User),
                    ListMember::Group(_) => firm.things.groups.find(id).map(ListMember::Group),
                };
                mine.into_iter().for_each(|mine| taken.insert(mine));
            }
            taken
        };
        Some(match (self, mine) {
            (Self::Property(from, property), Self::Property(thing, _)) => {
                let things = other.things.of_kind(from.product, from.kind)?;
                let to = things.property(from.number, property)?;
                ThingAlteration::Property {
                    thing,
                    property,
                    to,
                }
            }
            (Self::List(from), Self::List(list)) => ThingAlteration::List {
                list,
                to: other.list_entries(from).map(entries),
                anew: false,
            },
            (Self::Group(from), Self::Group(group)) => ThingAlteration::Group {
                group,
                to: entries(other.group_entries(from)),
            },
            _ => return None,
        })
    }
}

/// Every property, list and group that differs of those that both states have, by numbers of the old one.
pub(super) fn open_differences(
    [old, new]: [&Firm; 2],
    groups: &[ThingChange],
    things: &[ThingChange],
) -> Vec<OpenDifference> {
    let mut open = Vec::new();
    let is_there = |change: &ThingChange| change.change == ThingChangeKind::Altered;
    for (at, change) in groups
        .iter()
        .enumerate()
        .filter(|(_, change)| is_there(change))
    {
        let group = old.things.groups.find(&change.id);
        let part = group.map(OpenPart::Group);
        let differing = part.filter(|part| is_open(*part, [old, new]));
        open.extend(differing.map(|part| OpenDifference {
            part,
            of: DifferencePlace::Group(at),
            name: Arc::from("members"),
        }));
    }
    for (at, change) in things
        .iter()
        .enumerate()
        .filter(|(_, change)| is_there(change))
    {
        for (part, name) in parts_of(old, change) {
            if is_open(part, [old, new]) {
                open.push(OpenDifference {
                    part,
                    of: DifferencePlace::Thing(at),
                    name,
                });
            }
        }
    }
    open
}

/// Whether a part of the first firm is another one in the second.
pub(super) fn is_open(part: OpenPart, [firm, new]: [&Firm; 2]) -> bool {
    let goal = part.moved(firm, new);
    let goal = goal.and_then(|part| PartState::of(new, part));
    PartState::of(firm, part) != goal
}

/// The properties and lists that differ of a thing, in each product that knows it. What several products know is named once.
fn parts_of(firm: &Firm, change: &ThingChange) -> Vec<(OpenPart, Arc<str>)> {
    let mut parts: Vec<(OpenPart, Arc<str>)> = Vec::new();
    for (product, kind, things) in firm.things.kinds() {
        let compiled = firm.rulebook.product(product);
        let declared = compiled.and_then(|compiled| compiled.product.kind(kind));
        let is_it = |id: &Arc<str>| Some(id) == change.kind.as_ref();
        let Some(declared) = declared.filter(|declared| is_it(&declared.id)) else {
            continue;
        };
        let Some(number) = things.find(&change.id) else {
            continue;
        };
        let thing = NumberedThing {
            product,
            kind,
            number,
        };
        let properties = declared.properties.iter().enumerate();
        let properties = properties
            .map(|(property, of)| (OpenPart::Property(thing, property), Arc::clone(&of.id)));
        let lists = declared.lists.iter().enumerate().map(|(list, of)| {
            let place = ListPlace {
                product,
                kind,
                thing: number,
                list,
            };
            (OpenPart::List(place), Arc::clone(&of.id))
        });
        let new: Vec<_> = properties.chain(lists).collect();
        parts.extend(new);
    }
    parts
}
