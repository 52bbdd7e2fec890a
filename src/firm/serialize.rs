//! Firms as data: the shape of a firm file, for writing and for other programs.

use std::collections::BTreeMap;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Firm, profile};
use crate::explore::compile::CompiledProduct;
use crate::explore::layout::{Layout, Word};
use crate::link::product::{ConflictWords, ReadingId, SettingId};
use crate::value::Domain;

/// A firm serializes in the shape of a firm file: defaults are left out.
impl Serialize for Firm {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let users: Vec<UserShape<'_>> = (0..self.roster.len() as u32)
            .map(|user| self.shape(user))
            .collect();
        let readings: Vec<ReadingsShape<'_>> = self.chosen_readings().collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("firm", self.name())?;
        map.serialize_entry("users", &users)?;
        if !readings.is_empty() {
            map.serialize_entry("readings", &ReadingsAsMap(&readings))?;
        }
        let conflicts = self.own_conflicts();
        if !conflicts.is_empty() {
            map.serialize_entry("conflicts", &conflicts)?;
        }
        map.end()
    }
}

/// A user in the shape of a firm file.
pub(crate) struct UserShape<'f> {
    firm: &'f Firm,
    user: u32,
}

struct SeatShape<'f> {
    compiled: &'f CompiledProduct,
    words: &'f [Word],
}

struct ReadingsShape<'f> {
    compiled: &'f CompiledProduct,
    words: &'f [Word],
}

/// A sequence of named parts, written as one map.
struct ReadingsAsMap<'r, 'f>(&'r [ReadingsShape<'f>]);

impl Firm {
    /// A user in the shape of a firm file.
    pub(crate) fn shape(&self, user: u32) -> UserShape<'_> {
        UserShape { firm: self, user }
    }

    /// The firm's own conflicts, by product and id.
    fn own_conflicts(&self) -> BTreeMap<&str, BTreeMap<&str, ConflictWords<'_>>> {
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

    /// The products for which this firm chose another reading than the rule file.
    fn chosen_readings(&self) -> impl Iterator<Item = ReadingsShape<'_>> {
        let shapes = self.rulebook.compiled().iter().zip(self.readings.iter());
        shapes
            .map(|(compiled, words)| ReadingsShape { compiled, words })
            .filter(|shape| shape.chosen().next().is_some())
    }
}

impl ReadingsShape<'_> {
    fn chosen(&self) -> impl Iterator<Item = (&str, bool)> {
        self.compiled
            .product
            .readings
            .iter()
            .enumerate()
            .filter_map(|(number, reading)| {
                let choice = Layout::reading(ReadingId::from(number))
                    .read(self.words)
                    .is_yes();
                (choice != reading.default).then_some((&*reading.id, choice))
            })
    }
}

impl Serialize for ReadingsAsMap<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let choices = |shape: &ReadingsShape<'_>| {
            shape
                .chosen()
                .map(|(id, choice)| (id.to_owned(), choice))
                .collect()
        };
        serializer.collect_map(self.0.iter().map(|shape| {
            let chosen: BTreeMap<String, bool> = choices(shape);
            (&*shape.compiled.product.id, chosen)
        }))
    }
}

impl Serialize for UserShape<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { firm, user } = *self;
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", firm.roster.id(user))?;
        if firm.roster.name_of(user) != firm.roster.id(user) {
            map.serialize_entry("name", firm.roster.name_of(user))?;
        }
        if !profile::is_enabled(firm.roster.profile(0, user)) {
            map.serialize_entry("enabled", &false)?;
        }
        for (number, compiled) in firm.rulebook.compiled().iter().enumerate() {
            let words = firm.roster.profile(number, user);
            if profile::has_seat(words) {
                map.serialize_entry(&*compiled.product.id, &SeatShape { compiled, words })?;
            }
        }
        map.end()
    }
}

impl Serialize for SeatShape<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (layout, product) = (&self.compiled.layout, &self.compiled.product);
        let roles: Vec<&str> = profile::roles(layout, product, self.words)
            .map(|role| product.role_name(role))
            .collect();
        let mut map = serializer.serialize_map(None)?;
        if !roles.is_empty() {
            map.serialize_entry("roles", &roles)?;
        }
        for (number, setting) in product.settings.iter().enumerate() {
            let value = layout.setting(SettingId::from(number)).read(self.words);
            if value == setting.default {
                continue;
            }
            match setting.domain {
                Domain::Flag => map.serialize_entry(&*setting.id, &value.is_yes())?,
                Domain::Words(_) => {
                    map.serialize_entry(&*setting.id, setting.domain.word(value))?
                }
            }
        }
        map.end()
    }
}
