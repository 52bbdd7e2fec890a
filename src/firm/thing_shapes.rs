//! Groups and things in the shape of a firm file, for writing and for other programs.

use std::collections::{BTreeMap, BTreeSet};

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::ends::{ListMember, ListPlace};
use super::things::{KindThings, NumberedThing, ThingListEntries};
use super::{EntryShape, Firm, SettingShape};
use crate::link::product::KindId;
use crate::value::Day;

/// All groups of a firm by their ids.
pub(super) struct GroupShapes<'f>(pub(super) &'f Firm);

impl Serialize for GroupShapes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.group_shapes())
    }
}

/// All things of a kind, one after the other. Several products can have a kind of one name: each says what it knows.
pub(super) struct ThingShapes<'f>(pub(super) &'f Firm, pub(super) Vec<(usize, KindId)>);

impl Serialize for ThingShapes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.thing_shapes(&self.1))
    }
}

/// One thing in the shape of a firm file. What is as the rule file has it is left out.
#[derive(Default)]
pub(crate) struct ThingShape<'f> {
    pub(crate) id: &'f str,
    pub(crate) title: Option<&'f str>,
    /// What it is part of: the kind of that, and its id.
    pub(crate) whole: Option<(&'f str, &'f str)>,
    pub(crate) properties: Vec<(&'f str, SettingShape<'f>)>,
    pub(crate) lists: Vec<(&'f str, Vec<EntryShape<'f>>)>,
}

impl Serialize for ThingShape<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", self.id)?;
        if let Some(title) = self.title {
            map.serialize_entry("title", title)?;
        }
        if let Some((kind, id)) = self.whole {
            map.serialize_entry(kind, id)?;
        }
        for (property, value) in &self.properties {
            map.serialize_entry(property, value)?;
        }
        for (list, entries) in &self.lists {
            map.serialize_entry(list, entries)?;
        }
        map.end()
    }
}

impl Firm {
    /// The people and groups in each group, by its id.
    pub(crate) fn group_shapes(&self) -> impl Iterator<Item = (&str, Vec<EntryShape<'_>>)> {
        let groups = (0..).zip(self.things.groups.iter());
        groups.map(|(group, (id, entries))| {
            let entries = ThingListEntries {
                users: &entries.users,
                groups: &entries.groups,
            };
            (id, self.entry_shapes(entries, self.ends.of_group(group)))
        })
    }

    /// The things of a kind, which these products have.
    pub(crate) fn thing_shapes(
        &self,
        kinds: &[(usize, KindId)],
    ) -> impl Iterator<Item = ThingShape<'_>> {
        let first = kinds.first();
        let first = first.and_then(|(product, kind)| self.things.of_kind(*product, *kind));
        let things = 0..first.map_or(0, KindThings::len) as u32;
        things.map(|thing| self.thing_shape(kinds, thing))
    }

    pub(crate) fn thing_shape(&self, kinds: &[(usize, KindId)], thing: u32) -> ThingShape<'_> {
        let mut shape = ThingShape::default();
        let mut written: BTreeSet<&str> = BTreeSet::new();
        for (product, kind) in kinds {
            let compiled = self.rulebook.product(*product);
            let declared = compiled.and_then(|compiled| compiled.product.kind(*kind));
            let things = self.things.of_kind(*product, *kind);
            let (Some(compiled), Some(declared), Some(things)) = (compiled, declared, things)
            else {
                continue;
            };
            shape.id = things.id(thing);
            shape.title = Some(things.title(thing)).filter(|title| *title != shape.id);
            let this = NumberedThing {
                product: *product,
                kind: *kind,
                number: thing,
            };
            if let Some(whole) = self.things.next_above(this)
                && let Some(above) = self.things.of_kind(whole.product, whole.kind)
                && let Some(kind) = compiled.product.kind(whole.kind)
                && written.insert(&kind.id)
            {
                shape.whole = Some((&kind.id, above.id(whole.number)));
            }
            for (number, property) in declared.properties.iter().enumerate() {
                let value = things.property(thing, number);
                let fact = compiled.product.fact(property.fact);
                if let (Some(value), Some(fact)) = (value, fact)
                    && value != property.default
                    && written.insert(&property.id)
                {
                    let value = SettingShape::of(&fact.domain, value);
                    shape.properties.push((&property.id, value));
                }
            }
            for (number, list) in declared.lists.iter().enumerate() {
                let place = ListPlace {
                    product: *product,
                    kind: *kind,
                    thing,
                    list: number,
                };
                if let Some(entries) = things.list(thing, number)
                    && written.insert(&list.id)
                {
                    let entries = self.entry_shapes(entries, self.ends.of_list(place));
                    shape.lists.push((&list.id, entries));
                }
            }
        }
        shape
    }

    /// The people and groups on a list as they are written, with those whose time there has ended. `ends` are the entries of
    /// this list that end.
    fn entry_shapes<'f>(
        &'f self,
        entries: ThingListEntries<'f>,
        ends: impl Iterator<Item = (ListMember, Day)>,
    ) -> Vec<EntryShape<'f>> {
        let users = entries.users.iter().map(|user| ListMember::User(*user));
        let groups = entries.groups.iter().map(|group| ListMember::Group(*group));
        let ends: BTreeMap<ListMember, Day> = ends.collect();
        let ending = ends.keys().copied();
        let all: BTreeSet<ListMember> = users.chain(groups).chain(ending).collect();
        all.into_iter()
            .map(|member| EntryShape::of(self.member_id(member), ends.get(&member).copied()))
            .collect()
    }

    /// The kinds of which the firm has things, by their id, each with the products that have it.
    pub(crate) fn kinds_of_things(&self) -> Vec<(&str, Vec<(usize, KindId)>)> {
        let mut kinds: Vec<(&str, Vec<(usize, KindId)>)> = Vec::new();
        for (product, kind, _) in self.things.kinds() {
            let compiled = self.rulebook.product(product);
            let declared = compiled.and_then(|compiled| compiled.product.kind(kind));
            let id = declared.map_or("?", |kind| &kind.id);
            match kinds.iter_mut().find(|(known, _)| *known == id) {
                Some((_, products)) => products.push((product, kind)),
                None => kinds.push((id, vec![(product, kind)])),
            }
        }
        kinds
    }
}
