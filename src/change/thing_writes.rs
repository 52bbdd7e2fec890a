//! What changes write into things and groups: entries of lists and groups, and properties.

use std::collections::HashMap;

use super::resolve::ResolvedChange;
use crate::firm::ends::{ListMember, ListPlace};
use crate::firm::groups::ListEntries;
use crate::firm::things::NumberedThing;
use crate::firm::{Firm, ThingAlteration};
use crate::link::product::{ArgumentChoice, LinkedChange, StepPlace, ThingStep};
use crate::value::Value;

/// One write into a thing or a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ThingWrite {
    Property(NumberedThing, usize, Value),
    Entry(EntriesPlace, ListMember, EntryWrite),
    Reset(ListPlace),
}

/// Where entries stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum EntriesPlace {
    List(ListPlace),
    Group(u32),
}

/// What is done with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EntryWrite {
    Add,
    Remove,
    /// It stands there alone; together with others that are put there in the same step.
    Only,
}

/// What two writes must not both set to different values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum WrittenSlot {
    Property(NumberedThing, usize),
    Entry(EntriesPlace, ListMember),
    /// The list as a whole: it has entries, or nobody says anything about it.
    Whole(ListPlace),
    /// The one entry of a list for one.
    Single(ListPlace),
}

/// The value of a slot; what it means depends on the slot.
type SlotValue = (bool, Option<ListMember>, Value);

impl ThingWrite {
    /// What the steps of a change or an effect write. `holder` finds the one who holds a role.
    pub(super) fn of(
        steps: &[ThingStep],
        declared: &LinkedChange,
        resolved: &ResolvedChange,
        member: impl Fn(crate::link::product::AlteredPerson) -> Option<ListMember>,
    ) -> Vec<Self> {
        let list = |choice: ArgumentChoice<usize>| {
            let thing = resolved.thing(declared)?;
            Some(ListPlace {
                product: thing.product,
                kind: thing.kind,
                thing: thing.number,
                list: choice.or(resolved.arguments.list)?,
            })
        };
        let place = |place| match place {
            StepPlace::List(choice) => list(choice).map(EntriesPlace::List),
            StepPlace::Group => resolved.arguments.group.map(EntriesPlace::Group),
        };
        let entry = |at, who, how| Some(Self::Entry(place(at)?, member(who)?, how));
        let write = |step: &ThingStep| match *step {
            ThingStep::Add(at, who) => entry(at, who, EntryWrite::Add),
            ThingStep::Remove(at, who) => entry(at, who, EntryWrite::Remove),
            ThingStep::Only(at, who) => entry(at, who, EntryWrite::Only),
            ThingStep::Reset(choice) => Some(Self::Reset(list(choice)?)),
            ThingStep::Set(property, to) => {
                let (thing, to) = (resolved.thing(declared)?, to.or(resolved.arguments.value)?);
                Some(Self::Property(thing, property, to))
            }
        };
        steps.iter().filter_map(write).collect()
    }

    /// What it sets, and to which values. Parts of one bulk change that set the same to different values contradict each other.
    pub(super) fn slots(self, firm: &Firm) -> Vec<(WrittenSlot, SlotValue)> {
        let flag = |flag| (flag, None, Value::NO);
        match self {
            Self::Property(thing, property, to) => {
                vec![(WrittenSlot::Property(thing, property), (true, None, to))]
            }
            Self::Reset(list) => vec![(WrittenSlot::Whole(list), flag(false))],
            Self::Entry(place, member, how) => {
                let stands = how != EntryWrite::Remove;
                let mut slots = vec![(WrittenSlot::Entry(place, member), flag(stands))];
                if let EntriesPlace::List(list) = place {
                    slots.push((WrittenSlot::Whole(list), flag(true)));
                    if stands && firm.is_single(list) {
                        let one = (true, Some(member), Value::NO);
                        slots.push((WrittenSlot::Single(list), one));
                    }
                }
                slots
            }
        }
    }
}

/// A list or group as writes leave it.
struct WrittenEntries {
    /// None where nobody says anything about the list.
    entries: Option<ListEntries>,
    /// Who was put there; they stay when others are put there alone.
    put: Vec<ListMember>,
    /// Whether all entries were written anew.
    anew: bool,
}

impl WrittenEntries {
    fn write(&mut self, member: ListMember, how: EntryWrite, is_open: bool, is_single: bool) {
        match how {
            // Whoever is put on a list on which everyone stands stands there already.
            EntryWrite::Add if self.entries.is_none() && is_open => {}
            EntryWrite::Add => {
                let entries = self.entries.get_or_insert_default();
                if is_single && !entries.has_entry(member) {
                    *entries = ListEntries::default();
                    self.anew = true;
                }
                entries.set(member, true);
                self.put.push(member);
            }
            EntryWrite::Remove => {
                self.put.retain(|other| *other != member);
                if let Some(entries) = &mut self.entries {
                    entries.set(member, false);
                }
            }
            EntryWrite::Only => {
                if is_single {
                    self.put.clear();
                }
                self.put.push(member);
                let mut entries = ListEntries::default();
                self.put.iter().for_each(|one| entries.set(*one, true));
                self.entries = Some(entries);
                self.anew = true;
            }
        }
    }
}

impl Firm {
    /// Whether a list has one entry at most.
    fn is_single(&self, list: ListPlace) -> bool {
        self.declared_list(list).is_some_and(|list| list.is_single)
    }

    fn declared_list(&self, list: ListPlace) -> Option<&crate::link::product::KindList> {
        let compiled = self.rulebook.product(list.product)?;
        compiled.product.kind(list.kind)?.lists.get(list.list)
    }

    /// What differs of things and groups after these writes, in the order in which it is first written.
    pub(super) fn altered_things(&self, writes: &[ThingWrite]) -> Vec<ThingAlteration> {
        let mut order: Vec<WrittenSlot> = Vec::new();
        let mut properties: HashMap<(NumberedThing, usize), Value> = HashMap::new();
        let mut entries: HashMap<EntriesPlace, WrittenEntries> = HashMap::new();
        for write in writes {
            match *write {
                ThingWrite::Property(thing, property, to) => {
                    if properties.insert((thing, property), to).is_none() {
                        order.push(WrittenSlot::Property(thing, property));
                    }
                }
                ThingWrite::Entry(place, member, how) => {
                    let declared = match place {
                        EntriesPlace::List(list) => self.declared_list(list),
                        EntriesPlace::Group(_) => None,
                    };
                    let is_open = declared.is_some_and(|list| list.is_open);
                    let is_single = declared.is_some_and(|list| list.is_single);
                    let written = entries.entry(place).or_insert_with(|| {
                        order.push(WrittenSlot::Entry(place, member));
                        self.entries_at(place)
                    });
                    written.write(member, how, is_open, is_single);
                }
                ThingWrite::Reset(list) => {
                    let written = entries.entry(EntriesPlace::List(list)).or_insert_with(|| {
                        order.push(WrittenSlot::Whole(list));
                        self.entries_at(EntriesPlace::List(list))
                    });
                    written.entries = None;
                    written.anew = true;
                }
            }
        }
        let altered = order.into_iter().filter_map(|slot| match slot {
            WrittenSlot::Property(thing, property) => {
                let to = properties.remove(&(thing, property))?;
                let things = self.things.of_kind(thing.product, thing.kind)?;
                let is_altered = things.property(thing.number, property) != Some(to);
                is_altered.then_some(ThingAlteration::Property {
                    thing,
                    property,
                    to,
                })
            }
            WrittenSlot::Entry(place, _) => self.altered_entries(place, entries.remove(&place)?),
            WrittenSlot::Whole(list) | WrittenSlot::Single(list) => {
                let place = EntriesPlace::List(list);
                self.altered_entries(place, entries.remove(&place)?)
            }
        });
        altered.collect()
    }

    fn entries_at(&self, place: EntriesPlace) -> WrittenEntries {
        WrittenEntries {
            entries: match place {
                EntriesPlace::List(list) => self.list_entries(list),
                EntriesPlace::Group(group) => Some(self.group_entries(group)),
            },
            put: Vec::new(),
            anew: false,
        }
    }

    fn altered_entries(
        &self,
        place: EntriesPlace,
        written: WrittenEntries,
    ) -> Option<ThingAlteration> {
        let WrittenEntries { entries, anew, .. } = written;
        let is_altered = entries != self.entries_at(place).entries;
        let alteration = match place {
            EntriesPlace::List(list) => ThingAlteration::List {
                list,
                to: entries,
                anew,
            },
            EntriesPlace::Group(group) => ThingAlteration::Group {
                group,
                to: entries.unwrap_or_default(),
            },
        };
        is_altered.then_some(alteration)
    }

    /// Whether a group would be in itself after these alterations, directly or through others.
    pub(super) fn is_in_circle(&self, alterations: &[ThingAlteration]) -> bool {
        if alterations.is_empty() {
            return false;
        }
        let altered: HashMap<u32, &ListEntries> = alterations
            .iter()
            .filter_map(|alteration| match alteration {
                ThingAlteration::Group { group, to } => Some((*group, to)),
                _ => None,
            })
            .collect();
        let inner = |group: u32| {
            let written = altered.get(&group).copied();
            let entries = written.or_else(|| self.things.groups.entries(group));
            entries.map_or(&[][..], |entries| entries.groups.as_slice())
        };
        altered.keys().any(|group| {
            let (mut open, mut seen) = (inner(*group).to_vec(), Vec::new());
            while let Some(next) = open.pop() {
                if next == *group {
                    return true;
                }
                if !seen.contains(&next) {
                    seen.push(next);
                    open.extend(inner(next));
                }
            }
            false
        })
    }
}

#[cfg(test)]
mod tests;
