//! Firms as data: the shape of a firm file, for writing and for other programs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::ends::{ListMember, ThingList};
use super::things::{KindThings, ThingListEntries};
use super::{Firm, profile};
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::{Layout, Word};
use crate::link::product::{ConflictWords, KindId, ReadingId, RoleId, SettingId};
use crate::value::{Day, Domain, Value};

/// A user in the shape of a firm file. Defaults are left out.
#[derive(serde::Serialize)]
pub(crate) struct UserShape<'f> {
    pub(crate) id: &'f str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<&'f str>,
    #[serde(skip_serializing_if = "Clone::clone")]
    pub(crate) enabled: bool,
    #[serde(flatten)]
    pub(crate) seats: NamedShapes<'f, SeatShape<'f>>,
}

/// A seat in the shape of a firm file.
#[derive(serde::Serialize)]
pub(crate) struct SeatShape<'f> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) roles: Vec<EntryShape<'f>>,
    #[serde(flatten)]
    pub(crate) settings: NamedShapes<'f, SettingShape<'f>>,
}

/// An id on a list, alone or with the day until which it stands there.
#[derive(Clone, Copy, serde::Serialize)]
#[serde(untagged)]
pub(crate) enum EntryShape<'f> {
    Id(&'f str),
    Until { id: &'f str, until: Day },
}

impl<'f> EntryShape<'f> {
    pub(crate) fn of(id: &'f str, until: Option<Day>) -> Self {
        match until {
            Some(until) => Self::Until { id, until },
            None => Self::Id(id),
        }
    }
}

/// As it stands in a list of a firm file.
impl fmt::Display for EntryShape<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => f.write_str(id),
            Self::Until { id, until } => write!(f, "{{ id: {id}, until: {until} }}"),
        }
    }
}

/// The value of a setting. A flag stands without quotes.
#[derive(serde::Serialize)]
#[serde(untagged)]
pub(crate) enum SettingShape<'f> {
    Flag(bool),
    Word(&'f str),
}

impl<'f> SettingShape<'f> {
    fn of(domain: &'f Domain, value: Value) -> Self {
        match domain {
            Domain::Flag => Self::Flag(value.is_yes()),
            domain => Self::Word(domain.word(value)),
        }
    }
}

/// Named parts, written as a map.
pub(crate) struct NamedShapes<'f, T>(pub(crate) Vec<(&'f str, T)>);

impl<T: Serialize> Serialize for NamedShapes<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, part)| (name, part)))
    }
}

/// All users of a firm, one after the other.
struct UserShapes<'f>(&'f Firm);

impl Serialize for UserShapes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let users = 0..self.0.roster.len() as u32;
        serializer.collect_seq(users.map(|user| self.0.shape(user)))
    }
}

impl Firm {
    /// The people and groups on a list as they are written, with those whose time there has ended. `ends` are the entries of
    /// this list that end.
    fn entry_shapes<'f>(
        &'f self,
        entries: ThingListEntries<'f>,
        ends: impl Iterator<Item = (ListMember, Day)>,
    ) -> Vec<EntryShape<'f>> {
        let id = |member| match member {
            ListMember::User(user) => self.roster.id(user),
            ListMember::Group(group) => self.things.groups.id(group),
        };
        let users = entries.users.iter().map(|user| ListMember::User(*user));
        let groups = entries.groups.iter().map(|group| ListMember::Group(*group));
        let ends: BTreeMap<ListMember, Day> = ends.collect();
        let here: BTreeSet<ListMember> = users.chain(groups).collect();
        let all: BTreeSet<ListMember> = here.iter().chain(ends.keys()).copied().collect();
        all.into_iter()
            .map(|member| EntryShape::of(id(member), ends.get(&member).copied()))
            .collect()
    }

    /// The people and groups in a group.
    pub(crate) fn group_shape(&self, group: u32) -> Vec<EntryShape<'_>> {
        let entries = self.things.groups.entries(group);
        let entries = entries.map_or_else(ThingListEntries::default, |entries| ThingListEntries {
            users: &entries.users,
            groups: &entries.groups,
        });
        self.entry_shapes(entries, self.ends.of_group(group))
    }

    /// The people and groups on a list of a thing; none where the firm file says nothing about it.
    fn list_shape(&self, list: ThingList) -> Option<Vec<EntryShape<'_>>> {
        let things = self.things.of_kind(list.product, list.kind)?;
        let entries = things.list(list.thing, list.list)?;
        Some(self.entry_shapes(entries, self.ends.of_list(list)))
    }
}

/// All groups of a firm by their ids.
struct GroupShapes<'f>(&'f Firm);

impl Serialize for GroupShapes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let groups = self.0.things.groups.iter();
        let numbered = (0..).zip(groups);
        serializer.collect_map(numbered.map(|(group, (id, _))| (id, self.0.group_shape(group))))
    }
}

/// All things of a kind, one after the other. Several products can have a kind of one name: each says what it knows.
struct ThingShapes<'f>(&'f Firm, Vec<(usize, KindId)>);

impl Serialize for ThingShapes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(firm, kinds) = self;
        let first = kinds
            .first()
            .and_then(|(product, kind)| firm.things.of_kind(*product, *kind));
        let things = 0..first.map_or(0, KindThings::len) as u32;
        serializer.collect_seq(things.map(|thing| ThingShape(firm, kinds, thing)))
    }
}

/// One thing in the shape of a firm file. What is as the rule file has it is left out.
struct ThingShape<'f>(&'f Firm, &'f [(usize, KindId)], u32);

impl Serialize for ThingShape<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(firm, kinds, thing) = *self;
        let mut map = serializer.serialize_map(None)?;
        let mut written: BTreeSet<&str> = BTreeSet::new();
        for (product, kind) in kinds {
            let compiled = firm.rulebook.product(*product);
            let declared = compiled.and_then(|compiled| compiled.product.kind(*kind));
            let things = firm.things.of_kind(*product, *kind);
            let (Some(compiled), Some(declared), Some(things)) = (compiled, declared, things)
            else {
                continue;
            };
            if written.insert("id") {
                map.serialize_entry("id", things.id(thing))?;
            }
            if things.title(thing) != things.id(thing) && written.insert("title") {
                map.serialize_entry("title", things.title(thing))?;
            }
            for (number, property) in declared.properties.iter().enumerate() {
                let value = things.property(thing, number);
                let fact = compiled.product.fact(property.fact);
                if let (Some(value), Some(fact)) = (value, fact)
                    && value != property.default
                    && written.insert(&property.id)
                {
                    map.serialize_entry(&*property.id, &SettingShape::of(&fact.domain, value))?;
                }
            }
            for (number, list) in declared.lists.iter().enumerate() {
                let place = ThingList {
                    product: *product,
                    kind: *kind,
                    thing,
                    list: number,
                };
                if let Some(entries) = firm.list_shape(place)
                    && written.insert(&list.id)
                {
                    map.serialize_entry(&*list.id, &entries)?;
                }
            }
        }
        map.end()
    }
}

/// A firm serializes in the shape of a firm file: defaults are left out.
impl Serialize for Firm {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let sorted = |(product, chosen): (_, Vec<(_, bool)>)| {
            let sorted: BTreeMap<&str, bool> = chosen.into_iter().collect();
            (product, sorted)
        };
        let readings: Vec<_> = self.chosen_readings().into_iter().map(sorted).collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("firm", self.name())?;
        map.serialize_entry("users", &UserShapes(self))?;
        if !readings.is_empty() {
            map.serialize_entry("readings", &NamedShapes(readings))?;
        }
        let conflicts = self.own_conflicts();
        if !conflicts.is_empty() {
            map.serialize_entry("conflicts", &conflicts)?;
        }
        if self.things.groups.len() > 0 {
            map.serialize_entry("groups", &GroupShapes(self))?;
        }
        let kinds = self.kinds_of_things();
        if !kinds.is_empty() {
            let kinds = kinds.into_iter();
            let shapes = kinds.map(|(kind, of)| (kind, ThingShapes(self, of)));
            map.serialize_entry("things", &NamedShapes(shapes.collect()))?;
        }
        map.end()
    }
}

impl Firm {
    /// A user in the shape of a firm file.
    pub(crate) fn shape(&self, user: u32) -> UserShape<'_> {
        let (id, name) = (self.roster.id(user), self.roster.name_of(user));
        let products = self.rulebook.compiled().iter().enumerate();
        let seats = products.filter_map(|(number, compiled)| {
            let words = self.roster.profile(number, user);
            profile::has_seat(words).then(|| {
                let roles = self.written_roles(compiled, number, user);
                (&*compiled.product.id, seat(compiled, words, roles))
            })
        });
        UserShape {
            id,
            name: Some(name).filter(|name| *name != id),
            enabled: profile::is_enabled(self.roster.profile(0, user)),
            seats: NamedShapes(seats.collect()),
        }
    }

    /// The roles of a seat as a firm file lists them, with those that have ended.
    pub(crate) fn written_roles<'f>(
        &self,
        compiled: &'f CompiledProduct,
        number: usize,
        user: u32,
    ) -> Vec<EntryShape<'f>> {
        let (layout, product) = (&compiled.layout, &compiled.product);
        let words = self.roster.profile(number, user);
        let ends = self.ends.roles(user).filter(|(of, ..)| *of == number);
        let ends: BTreeMap<RoleId, Day> = ends.map(|(_, role, until)| (role, until)).collect();
        let roles = product.role_ids().filter_map(|role| {
            let until = ends.get(&role).copied();
            let is_written = until.is_some() || layout.role(role).read(words).is_yes();
            is_written.then(|| EntryShape::of(product.role_name(role), until))
        });
        roles.collect()
    }

    /// The firm's own conflicts, by product and id.
    pub(super) fn own_conflicts(&self) -> BTreeMap<&str, BTreeMap<&str, ConflictWords<'_>>> {
        let mut own: BTreeMap<&str, BTreeMap<&str, ConflictWords<'_>>> = BTreeMap::new();
        for (number, compiled) in self.rulebook.compiled().iter().enumerate() {
            let product = &compiled.product;
            for conflict in self.roster.conflicts(number) {
                let of_product = own.entry(&product.id).or_default();
                of_product.insert(&conflict.id, conflict.in_words(product));
            }
        }
        own
    }

    /// The kinds of which the firm has things, by their id, each with the products that have it.
    fn kinds_of_things(&self) -> Vec<(&str, Vec<(usize, KindId)>)> {
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

    /// For each product, the readings that are not as the rule file has them. Other products are left out.
    pub(crate) fn chosen_readings(&self) -> Vec<(&str, Vec<(&str, bool)>)> {
        let products = self.rulebook.compiled().iter().zip(self.readings.iter());
        let chosen = products.map(|(compiled, words)| {
            let readings = compiled.product.readings.iter().enumerate();
            let chosen = readings.filter_map(|(number, reading)| {
                let field = Layout::reading(ReadingId::from(number));
                let choice = field.read(words).is_yes();
                (choice != reading.default).then_some((&*reading.id, choice))
            });
            (&*compiled.product.id, chosen.collect::<Vec<_>>())
        });
        chosen.filter(|(_, chosen)| !chosen.is_empty()).collect()
    }
}

fn seat<'f>(
    compiled: &'f CompiledProduct,
    words: &'f [Word],
    roles: Vec<EntryShape<'f>>,
) -> SeatShape<'f> {
    let (layout, product) = (&compiled.layout, &compiled.product);
    let settings = product
        .settings
        .iter()
        .enumerate()
        .filter_map(|(number, setting)| {
            let value = layout.setting(SettingId::from(number)).read(words);
            let shape = SettingShape::of(&setting.domain, value);
            (value != setting.default).then_some((&*setting.id, shape))
        });
    SeatShape {
        roles,
        settings: NamedShapes(settings.collect()),
    }
}
