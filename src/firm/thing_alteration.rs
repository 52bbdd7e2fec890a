//! What changes alter of things and groups, and the firm afterwards.

use std::sync::Arc;

use super::Firm;
use super::ends::{EntryPlace, ListMember, ListPlace};
use super::groups::ListEntries;
use super::things::{NumberedThing, ThingListEntries};
use crate::value::Value;

/// One list, property or group that differs afterwards, with what it is then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ThingAlteration {
    Property {
        thing: NumberedThing,
        /// The number of the property in the kind.
        property: usize,
        to: Value,
    },
    List {
        list: ListPlace,
        /// None where it is as if the firm file said nothing about the list.
        to: Option<ListEntries>,
        /// Whether all entries were written anew, those that had ended included.
        anew: bool,
    },
    Group {
        group: u32,
        to: ListEntries,
    },
}

impl ThingAlteration {
    /// Whether it alters the same list, property or group.
    pub(crate) fn is_of_same(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Property {
                    thing, property, ..
                },
                Self::Property {
                    thing: of,
                    property: one,
                    ..
                },
            ) => (thing, property) == (of, one),
            (Self::List { list, .. }, Self::List { list: one, .. }) => list == one,
            (Self::Group { group, .. }, Self::Group { group: one, .. }) => group == one,
            _ => false,
        }
    }
}

impl ListEntries {
    /// Whether somebody stands there themselves.
    pub(crate) fn has_entry(&self, member: ListMember) -> bool {
        ThingListEntries::from(self).has_entry(member)
    }

    /// Puts somebody there. Entries stay in ascending order.
    pub(crate) fn insert(&mut self, member: ListMember) {
        let (list, number) = match member {
            ListMember::User(user) => (&mut self.users, user),
            ListMember::Group(group) => (&mut self.groups, group),
        };
        if let Err(place) = list.binary_search(&number) {
            list.insert(place, number);
        }
    }

    /// Everybody who stands there themselves: people, then groups.
    pub(crate) fn members(&self) -> impl Iterator<Item = ListMember> + use<'_> {
        ThingListEntries::from(self).members()
    }
}

impl<'f> ThingListEntries<'f> {
    /// Whether somebody stands there themselves.
    pub(crate) fn has_entry(self, member: ListMember) -> bool {
        let (list, number) = match member {
            ListMember::User(user) => (self.users, user),
            ListMember::Group(group) => (self.groups, group),
        };
        list.binary_search(&number).is_ok()
    }

    /// Everybody who stands there themselves: people, then groups.
    pub(crate) fn members(self) -> impl Iterator<Item = ListMember> + use<'f> {
        let users = self.users.iter().copied().map(ListMember::User);
        users.chain(self.groups.iter().copied().map(ListMember::Group))
    }
}

impl ListPlace {
    /// The thing whose list it is.
    pub(crate) fn of_thing(self) -> NumberedThing {
        NumberedThing {
            product: self.product,
            kind: self.kind,
            number: self.thing,
        }
    }
}

impl Firm {
    /// The entries of a list; none where the firm file says nothing about it.
    pub(crate) fn list_entries(&self, list: ListPlace) -> Option<ListEntries> {
        let things = self.things.of_kind(list.product, list.kind)?;
        let entries = things.list(list.thing, list.list)?;
        Some(ListEntries {
            users: entries.users.to_vec(),
            groups: entries.groups.to_vec(),
        })
    }

    /// The entries of a group.
    pub(crate) fn group_entries(&self, group: u32) -> ListEntries {
        let entries = self.things.groups.entries(group);
        entries.cloned().unwrap_or_default()
    }

    /// The firm after alterations of things and groups: another state, unless there are none.
    pub(crate) fn with_altered_things(mut self, alterations: &[ThingAlteration]) -> Self {
        for alteration in alterations {
            self.alter_thing(alteration);
        }
        if !alterations.is_empty() {
            self.is_another_state();
        }
        self
    }

    fn alter_thing(&mut self, alteration: &ThingAlteration) {
        match alteration {
            ThingAlteration::Property {
                thing,
                property,
                to,
            } => {
                for (thing, property) in self.same_property(*thing, *property) {
                    Arc::make_mut(&mut self.things).set_property(thing, property, *to);
                }
            }
            ThingAlteration::List { list, to, anew } => {
                for list in self.same_list(*list) {
                    let before = self.list_entries(list).unwrap_or_default();
                    let place = |member| EntryPlace::Listed { list, member };
                    let ends: Vec<ListMember> = self.ends.of_list(list).map(|(m, _)| m).collect();
                    let after = to.clone().unwrap_or_default();
                    self.forget_ends(ends, (&before, &after, *anew), place);
                    Arc::make_mut(&mut self.things).set_list(
                        list.of_thing(),
                        list.list,
                        to.clone(),
                    );
                }
            }
            ThingAlteration::Group { group, to } => {
                let before = self.group_entries(*group);
                let place = |member| EntryPlace::Member {
                    group: *group,
                    member,
                };
                let ends: Vec<ListMember> = self.ends.of_group(*group).map(|(m, _)| m).collect();
                self.forget_ends(ends, (&before, to, false), place);
                Arc::make_mut(&mut self.things).set_group(*group, to.clone());
            }
        }
    }

    /// Entries that are removed or written anew do not end as it was written.
    fn forget_ends(
        &mut self,
        ending: Vec<ListMember>,
        (before, after, anew): (&ListEntries, &ListEntries, bool),
        place: impl Fn(ListMember) -> EntryPlace,
    ) {
        for member in ending {
            let (was, is) = (before.has_entry(member), after.has_entry(member));
            if was != is || (anew && !is) {
                Arc::make_mut(&mut self.ends).forget(place(member));
            }
        }
    }

    /// The same thing in each product that knows its kind.
    fn same_thing(&self, thing: NumberedThing) -> Vec<NumberedThing> {
        let things = self.things.of_kind(thing.product, thing.kind);
        let declared = self.kind_of(thing);
        let (Some(things), Some(declared)) = (things, declared) else {
            return Vec::new();
        };
        let id = things.id(thing.number);
        let kinds = self.things.kinds();
        let same = kinds.filter_map(|(product, kind, things)| {
            let one = NumberedThing {
                product,
                kind,
                number: things.find(id)?,
            };
            (self.kind_of(one)?.id == declared.id).then_some(one)
        });
        same.collect()
    }

    /// What the rules declare of the kind of a thing.
    pub(crate) fn kind_of(&self, thing: NumberedThing) -> Option<&crate::link::product::ThingKind> {
        self.rulebook
            .product(thing.product)?
            .product
            .kind(thing.kind)
    }

    fn same_property(&self, thing: NumberedThing, property: usize) -> Vec<(NumberedThing, usize)> {
        let id = self
            .kind_of(thing)
            .and_then(|kind| kind.properties.get(property));
        let Some(id) = id.map(|property| Arc::clone(&property.id)) else {
            return Vec::new();
        };
        let place = |one: &NumberedThing| {
            let kind = self.kind_of(*one)?;
            kind.properties.iter().position(|other| other.id == id)
        };
        let same = self.same_thing(thing).into_iter();
        same.filter_map(|one| Some((one, place(&one)?))).collect()
    }

    /// The same list in each product that knows it.
    fn same_list(&self, list: ListPlace) -> Vec<ListPlace> {
        let thing = list.of_thing();
        let id = self
            .kind_of(thing)
            .and_then(|kind| kind.lists.get(list.list));
        let Some(id) = id.map(|list| Arc::clone(&list.id)) else {
            return Vec::new();
        };
        let same = self.same_thing(thing).into_iter();
        same.filter_map(|one| {
            let kind = self.kind_of(one)?;
            Some(ListPlace {
                product: one.product,
                kind: one.kind,
                thing: one.number,
                list: kind.lists.iter().position(|other| other.id == id)?,
            })
        })
        .collect()
    }
}
