//! What writes leave of things and groups. Lists and groups are not copied: a few entries are laid over those that the firm has, so
//! that judging a change costs the same however many stand there.

use std::collections::HashMap;

use smallvec::SmallVec;

use super::thing_writes::{EntriesPlace, ThingWrite};
use super::written_entries::{EntriesBase, WrittenEntries};
use crate::firm::ends::ListMember;
use crate::firm::things::NumberedThing;
use crate::firm::{Firm, ThingAlteration};
use crate::value::Value;

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum WrittenPlace {
    Property(NumberedThing, usize),
    Entries(EntriesPlace),
}

/// What it is afterwards.
#[derive(Debug)]
enum WrittenContent {
    Property(Value),
    Entries(WrittenEntries),
}

/// Every property, list and group that was written, in the order in which it was first written.
#[derive(Debug, Default)]
pub(crate) struct WrittenThings {
    all: SmallVec<[(WrittenPlace, WrittenContent); 2]>,
    /// The index of each place. It is built only when there are more than a few.
    places: Option<HashMap<WrittenPlace, usize>>,
}

impl WrittenThings {
    /// Up to this many, a linear search is faster than any index.
    const FEW: usize = 16;

    /// What these writes leave in a firm.
    pub(super) fn of(firm: &Firm, writes: &[ThingWrite]) -> Self {
        let mut written = Self::default();
        for write in writes {
            match *write {
                ThingWrite::Property(thing, property, to) => {
                    let content = written.at(firm, WrittenPlace::Property(thing, property));
                    if let Some(WrittenContent::Property(known)) = content {
                        *known = to;
                    }
                }
                ThingWrite::Entry(place, member, how) => {
                    let content = written.at(firm, WrittenPlace::Entries(place));
                    if let Some(WrittenContent::Entries(entries)) = content {
                        entries.write(firm, place, (member, how));
                    }
                }
                ThingWrite::Reset(list) => {
                    let place = EntriesPlace::List(list);
                    let content = written.at(firm, WrittenPlace::Entries(place));
                    if let Some(WrittenContent::Entries(entries)) = content {
                        entries.start_over(EntriesBase::Silent);
                    }
                }
            }
        }
        written
    }

    /// What is written at a place, at first as it is in the firm.
    fn at(&mut self, firm: &Firm, place: WrittenPlace) -> Option<&mut WrittenContent> {
        let next = self.all.len();
        let number = if next > Self::FEW {
            let all = self.all.iter().enumerate();
            let places = self
                .places
                .get_or_insert_with(|| all.map(|(number, (known, _))| (*known, number)).collect());
            *places.entry(place).or_insert(next)
        } else {
            let known = self.all.iter().position(|(known, _)| *known == place);
            known.unwrap_or(next)
        };
        if number == next {
            let content = match place {
                WrittenPlace::Property(..) => WrittenContent::Property(Value::NO),
                WrittenPlace::Entries(place) => {
                    WrittenContent::Entries(WrittenEntries::of(firm.entries_at(place)))
                }
            };
            self.all.push((place, content));
        }
        self.all.get_mut(number).map(|(_, content)| content)
    }

    /// How many places differ from what the firm has.
    pub(super) fn altered(&self, firm: &Firm) -> usize {
        let altered = self.all.iter();
        altered.filter(|written| is_altered(firm, written)).count()
    }

    /// What differs from what the firm has.
    pub(super) fn alterations(&self, firm: &Firm) -> Vec<ThingAlteration> {
        let altered = self.all.iter().filter(|written| is_altered(firm, written));
        let alterations = altered.filter_map(|(place, content)| match (*place, content) {
            (WrittenPlace::Property(thing, property), WrittenContent::Property(to)) => {
                Some(ThingAlteration::Property {
                    thing,
                    property,
                    to: *to,
                })
            }
            (WrittenPlace::Entries(place), WrittenContent::Entries(entries)) => {
                let to = entries.entries(firm.entries_at(place));
                Some(match place {
                    EntriesPlace::List(list) => ThingAlteration::List {
                        list,
                        to,
                        anew: entries.anew,
                    },
                    EntriesPlace::Group(group) => ThingAlteration::Group {
                        group,
                        to: to.unwrap_or_default(),
                    },
                })
            }
            _ => None,
        });
        alterations.collect()
    }

    /// Whether a group would be in itself, directly or through others.
    pub(super) fn closes_circle(&self, firm: &Firm) -> bool {
        let groups = self
            .all
            .iter()
            .filter_map(|(place, content)| match (place, content) {
                (
                    WrittenPlace::Entries(EntriesPlace::Group(group)),
                    WrittenContent::Entries(entries),
                ) => Some((*group, entries)),
                _ => None,
            });
        // Only a group that is put somewhere closes a circle.
        let mut joined = groups.filter(|(_, entries)| entries.groups_put().next().is_some());
        joined.any(|(group, _)| {
            let (mut open, mut seen) = (self.groups_in(firm, group), SmallVec::<[u32; 16]>::new());
            while let Some(next) = open.pop() {
                if next == group {
                    return true;
                }
                if !seen.contains(&next) {
                    seen.push(next);
                    open.extend(self.groups_in(firm, next));
                }
            }
            false
        })
    }

    /// The groups that are directly in a group afterwards.
    fn groups_in(&self, firm: &Firm, group: u32) -> SmallVec<[u32; 16]> {
        let place = EntriesPlace::Group(group);
        let stored = firm.entries_at(place).unwrap_or_default();
        let written = self.all.iter().find_map(|(known, content)| match content {
            WrittenContent::Entries(entries) => {
                (*known == WrittenPlace::Entries(place)).then_some(entries)
            }
            WrittenContent::Property(_) => None,
        });
        let Some(written) = written else {
            return stored.groups.into();
        };
        let stay = stored.groups.iter().copied().filter(|group| {
            let over = written.over.get(ListMember::Group(*group));
            written.base == EntriesBase::Stored && over.is_none()
        });
        stay.chain(written.groups_put()).collect()
    }
}

fn is_altered(firm: &Firm, (place, content): &(WrittenPlace, WrittenContent)) -> bool {
    match (*place, content) {
        (WrittenPlace::Property(thing, property), WrittenContent::Property(to)) => {
            let things = firm.things.of_kind(thing.product, thing.kind);
            things.is_some_and(|things| things.property(thing.number, property) != Some(*to))
        }
        (WrittenPlace::Entries(place), WrittenContent::Entries(entries)) => {
            entries.differ_from(firm.entries_at(place))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
