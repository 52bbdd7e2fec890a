//! Firms as data: the shape of a firm file, for writing and for other programs.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::shapes::{EntryShape, NamedShapes, SeatShape, SettingShape, UserShape};
use super::thing_shapes::{GroupShapes, ThingShapes};
use super::{Firm, profile};
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::{Layout, Word};
use crate::link::product::{ConflictWords, ReadingId, RoleId, SettingId};
use crate::value::Day;

/// All users of a firm, one after the other.
struct UserShapes<'f>(&'f Firm);

impl Serialize for UserShapes<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let users = 0..self.0.roster.len() as u32;
        serializer.collect_seq(users.map(|user| self.0.shape(user)))
    }
}

/// A group with its people and groups.
#[derive(serde::Serialize)]
struct GroupShape<'f> {
    id: &'f str,
    members: Vec<EntryShape<'f>>,
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
    /// All users in the shape of a firm file, in its order.
    ///
    /// ```
    /// let firm = clio_rules::Firm::example(&clio_rules::Rulebook::builtin()?)?;
    /// let first = firm.user_records().next().expect("somebody works here");
    /// assert_eq!(serde_json::to_value(first)?["id"], "nadia");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn user_records(&self) -> impl Iterator<Item = impl Serialize + '_> {
        (0..self.roster.len() as u32).map(|user| self.shape(user))
    }

    /// All groups in the order of the firm file, each with its id under `id` and its people and groups under `members`.
    ///
    /// ```
    /// let firm = clio_rules::Firm::example(&clio_rules::Rulebook::builtin()?)?;
    /// let ids = firm.group_records().map(|group| Ok(serde_json::to_value(group)?["id"].clone()));
    /// assert!(ids.collect::<Result<Vec<_>, serde_json::Error>>()?.contains(&"litigation".into()));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn group_records(&self) -> impl Iterator<Item = impl Serialize + '_> {
        self.group_shapes()
            .map(|(id, members)| GroupShape { id, members })
    }

    /// All things of a kind in the shape of a firm file, in its order.
    ///
    /// ```
    /// let firm = clio_rules::Firm::example(&clio_rules::Rulebook::builtin()?)?;
    /// assert_eq!(firm.thing_records("matter").count(), firm.things_of_kind("matter").count());
    /// # Ok::<(), clio_rules::LoadError>(())
    /// ```
    pub fn thing_records(&self, kind: &str) -> impl Iterator<Item = impl Serialize + '_> {
        let kinds = self.kinds_of_things().into_iter();
        let of_kind = kinds.filter(|(known, _)| *known == kind);
        let products: Vec<_> = of_kind.flat_map(|(_, products)| products).collect();
        let first = products.first();
        let things = first.and_then(|(product, kind)| self.things.of_kind(*product, *kind));
        let count = things.map_or(0, |things| things.len() as u32);
        (0..count).map(move |thing| self.thing_shape(&products, thing))
    }

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
